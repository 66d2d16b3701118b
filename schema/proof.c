/* proof: which fields that say ! can never be null, whatever is in the tables, and what speaks
 * against it for the others.
 *
 * It is about data: a database that does not answer makes everything null up to the nearest place
 * that may be. What C code makes is not looked into.
 */
#include "schema/loading.h"

#include "base/arena.h"

/* ---- columns ---- */

/* Whether all numbers of the column are an Int (specification §3.5.1). */
static bool fits_int(const struct catalogue_column *column)
{
    struct str type = column->column_type;
    bool small = str_starts(type, STR("tinyint")) || str_starts(type, STR("smallint")) ||
                 str_starts(type, STR("mediumint")) || str_starts(type, STR("year"));
    return small || (str_starts(type, STR("int")) && !column->is_unsigned);
}

static struct str doubt_of_half(struct loading *loading, const struct half *half)
{
    return half == NULL || half->proven
               ? (struct str){0}
               : str_printf(loading->arena,
                            "no foreign key proves that there is a row of " STR_FMT
                            "; @join(required: true) says so",
                            STR_ARG(half->table->name));
}

static struct str doubt_of_column(struct loading *loading, const struct type *type,
                                  const struct table *table, const struct half *half,
                                  struct str name)
{
    struct str doubt = doubt_of_half(loading, half);
    const struct catalogue_column *column =
        catalogue_column(catalogued_table(loading, half == NULL ? table : half->table), name);
    if (doubt.len > 0 || !str_is(type->name, "Int") || fits_int(column))
        return doubt;
    return str_printf(loading->arena,
                      "column " STR_FMT " is " STR_FMT
                      ", and a number beyond 32 bits is an error; make it BigInt",
                      STR_ARG(name), STR_ARG(column->column_type));
}

/* ---- rows that columns name ---- */

static bool refers(const struct catalogue_reference *reference, struct str from, struct str to)
{
    for (uint32_t i = 0; i < reference->column_count; i++) {
        if (str_equal(reference->columns[i]->name, from) &&
            str_equal(reference->referred_columns[i], to))
            return true;
    }
    return false;
}

/* A foreign key of which one column is NULL is not looked at. */
static bool is_binding(const struct catalogue_reference *reference)
{
    for (uint32_t i = 0; i < reference->column_count; i++) {
        if (reference->columns[i]->nullable)
            return false;
    }
    return true;
}

/* A foreign key says that the row is there, and, unless it is everybody's, that it is of the same
 * customer. */
static struct str doubt_of_one(struct loading *loading, const struct table *parent,
                               const struct binding *binding)
{
    const struct table *target = binding->target;
    const struct catalogue_table *table = catalogued_table(loading, parent);
    bool there = false;
    for (size_t i = 0; i < table->references.count; i++) {
        const struct catalogue_reference *reference = table->references.entries[i].value;
        if (!str_equal(reference->table, target->name) || !is_binding(reference) ||
            !refers(reference, binding->column, binding->target_key))
            continue;
        there = true;
        if (target->open || refers(reference, parent->scope_customer, target->scope_customer))
            return (struct str){0};
    }
    if (!there)
        return str_printf(loading->arena,
                          "no foreign key proves that column " STR_FMT " names a row of " STR_FMT,
                          STR_ARG(binding->column), STR_ARG(target->name));
    return str_printf(loading->arena,
                      "no foreign key proves that the row of " STR_FMT " is of the same customer",
                      STR_ARG(target->name));
}

/* A row of an interface's or union's table may hold a kind that is no type's. */
static struct str doubt_of_kinds(struct loading *loading, const struct type *named)
{
    const struct table *table = type_is_abstract(named) ? named->binding : NULL;
    if (table == NULL || table->kind_column.len == 0)
        return (struct str){0};
    const struct catalogue_column *column =
        catalogue_column(catalogued_table(loading, table), table->kind_column);
    if (column->value_count > 0)
        return (struct str){0};
    return str_printf(loading->arena,
                      "column " STR_FMT " may hold what is the @value of no type; make it an ENUM",
                      STR_ARG(table->kind_column));
}

/* ---- fields ---- */

static bool says_non_null(const struct type_use *use)
{
    for (; use->kind != USE_NAMED; use = use->of) {
        if (use->kind == USE_NON_NULL)
            return true;
    }
    return false;
}

static struct str doubt_of(struct loading *loading, const struct field *field)
{
    const struct binding *binding = field->binding;
    const struct table *table = table_of(field->parent);
    if (binding == NULL)
        return STR("made by C code");
    switch (binding->kind) {
    case BIND_COLUMN:
        return doubt_of_column(loading, field->type->named, table, binding->half, binding->column);
    case BIND_EMBEDDED:
        return doubt_of_half(loading, binding->half);
    case BIND_ONE:
        return doubt_of_one(loading, table, binding);
    case BIND_RESOLVER:
    case BIND_COMPUTED:
        return STR("made by C code");
    default:
        return doubt_of_kinds(loading, field->type->named);
    }
}

/* The fields of an embedded type are as certain as they are in each of its uses. */
static void prove_embedded(struct loading *loading, const struct field *use)
{
    const struct binding *binding = use->binding;
    const struct type *type = use->type->named;
    for (uint32_t i = 0; i < type->field_count; i++) {
        struct field *field = &type->fields[i];
        struct str doubt = doubt_of_column(loading, field->type->named, table_of(use->parent),
                                           binding->half, binding->embedded[i]);
        if (doubt.len > 0 && field->doubt.len == 0)
            field->doubt = str_printf(loading->arena, "in " STR_FMT ": " STR_FMT,
                                      STR_ARG(field_coordinate(loading, use)), STR_ARG(doubt));
    }
}

static bool is_embedded(const struct type *type)
{
    return type_directive(type, "embedded") != NULL;
}

static void prove_fields(struct loading *loading, const struct type *type)
{
    for (uint32_t i = 0; i < type->field_count; i++) {
        struct field *field = &type->fields[i];
        const struct binding *binding = field->binding;
        if (binding != NULL && binding->kind == BIND_EMBEDDED)
            prove_embedded(loading, field);
        if (!is_embedded(type) && says_non_null(field->type))
            field->doubt = doubt_of(loading, field);
    }
}

static bool is_told(const struct type *type)
{
    return type->kind == TYPE_OBJECT && is_ours(type);
}

void proof_make(struct loading *loading)
{
    const struct schema *schema = loading->schema;
    for (uint32_t i = 0; i < schema->type_count; i++) {
        if (is_told(schema->types[i]))
            prove_fields(loading, schema->types[i]);
    }
}

void proof_print(const struct schema *schema, struct buf *out)
{
    uint32_t proven = 0, count = 0;
    for (uint32_t i = 0; i < schema->type_count; i++) {
        const struct type *type = schema->types[i];
        for (uint32_t j = 0; is_told(type) && j < type->field_count; j++) {
            const struct field *field = &type->fields[j];
            if (!says_non_null(field->type))
                continue;
            count++;
            proven += field->doubt.len == 0;
            if (field->doubt.len > 0)
                buf_printf(out, STR_FMT "." STR_FMT ": " STR_FMT "\n", STR_ARG(type->name),
                           STR_ARG(field->name), STR_ARG(field->doubt));
        }
    }
    buf_printf(out, "%u of %u fields with ! can never be null.\n", proven, count);
}

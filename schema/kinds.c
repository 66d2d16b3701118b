/* kinds: interfaces and unions over one table, whose rows say of which type they are. */
#include "schema/loading.h"

#include "base/arena.h"
#include <stdlib.h>

static bool is_member(const struct type *abstract, const struct type *type)
{
    return type_is_abstract(abstract) && type_directive(abstract, "discriminator") != NULL &&
           type_is_possible(abstract, type);
}

const struct type *kinds_owner(const struct loading *loading, const struct type *type)
{
    if (type->kind != TYPE_OBJECT)
        return NULL;
    for (uint32_t i = 0; i < loading->schema->type_count; i++) {
        if (is_member(loading->schema->types[i], type))
            return loading->schema->types[i];
    }
    return NULL;
}

bool kind_value(struct loading *loading, const struct type *type, struct str text,
                const struct catalogue_column *column, struct cell *value)
{
    *value = cell_text(text);
    if (column->kind != CATALOGUE_INTEGER)
        return true;
    char *end;
    *value = cell_int(strtoll(text.at, &end, 10));
    if (text.len > 0 && end == text.at + text.len)
        return true;
    mistake(loading, type->name, "@value %.*s is no number, but column %.*s holds numbers",
            STR_ARG(text), STR_ARG(column->name));
    return false;
}

static bool is_known(const struct table *table, const struct cell *value)
{
    for (uint32_t i = 0; i < table->kind_count; i++) {
        const struct cell *known = &table->kinds[i].value;
        if (known->kind == CELL_TEXT ? str_equal(cell_str(known), cell_str(value))
                                     : known->integer == value->integer)
            return true;
    }
    return false;
}

/* A member has the table of its interface or union, seen as its own. */
static void bind_member(struct loading *loading, struct table *table, struct type *member,
                        const struct catalogue_column *column)
{
    struct str text = directive_text(type_directive(member, "value"), "name");
    if (text.at == NULL) {
        mistake(loading, member->name,
                "which rows of %.*s are its own? add @value(name:) with what column %.*s holds",
                STR_ARG(table->name), STR_ARG(column->name));
        return;
    }
    struct cell value;
    if (!kind_value(loading, member, text, column, &value))
        return;
    if (is_known(table, &value))
        mistake(loading, member->name, "another type has the @value %.*s already", STR_ARG(text));
    struct table *own = arena_new(loading->arena, struct table);
    struct kind *kind = &table->kinds[table->kind_count++];
    *kind = (struct kind){.value = value, .table = own};
    *own = *table;
    own->type = member;
    own->global_ids = has_global_ids(member);
    if (own->global_ids)
        need_unique_key(loading, member->name, own, "a global id names one row");
    own->kinds = kind;
    own->kind_count = 1;
    own->half_count = 0;
    halves_bind(loading, member, own);
    member->binding = own;
}

static void check_values(struct loading *loading, const struct table *table,
                         const struct catalogue_column *column)
{
    for (uint32_t i = 0; i < column->value_count; i++) {
        const struct cell value = cell_text(column->values[i]);
        if (!is_known(table, &value))
            mistake(loading, table->type->name,
                    "column %.*s may hold %.*s, which is the @value of no type",
                    STR_ARG(column->name), STR_ARG(column->values[i]));
    }
}

void kinds_bind(struct loading *loading, struct type *type, struct table *table)
{
    const struct ast_directive *directive = type_directive(type, "discriminator");
    if (!type_is_abstract(type))
        return;
    if (directive == NULL) {
        mistake(loading, type->name,
                "of which type is a row? add @discriminator(column:), and @value to each type");
        return;
    }
    table->kind_column = directive_text(directive, "column");
    const struct catalogue_column *column =
        need_column(loading, type->name, table, table->kind_column);
    if (column == NULL)
        return;
    if (column->nullable)
        mistake(loading, type->name, "column %.*s may be NULL: then a row is of no type",
                STR_ARG(column->name));
    table->kinds = arena_array(loading->arena, struct kind, type->possible_count);
    for (uint32_t i = 0; i < type->possible_count; i++) {
        struct type *member = schema_type(loading->schema, type->possible[i]->name, UINT64_MAX);
        bind_member(loading, table, member, column);
    }
    check_values(loading, table, column);
}

static uint32_t count_owners(const struct loading *loading, const struct type *type)
{
    uint32_t count = 0;
    for (uint32_t i = 0; i < loading->schema->type_count && type->kind == TYPE_OBJECT; i++)
        count += is_member(loading->schema->types[i], type);
    return count;
}

void kinds_check(struct loading *loading, const struct type *type)
{
    const struct type *owner = kinds_owner(loading, type);
    if (type_directive(type, "discriminator") != NULL && type_directive(type, "table") == NULL)
        mistake(loading, type->name, "@discriminator is a column of a table: add @table");
    if (owner == NULL) {
        if (type_directive(type, "value") != NULL && !nodes_lead_to(loading, type))
            mistake(loading, type->name,
                    "@value belongs to types of an interface or union with @discriminator, or "
                    "that @one(kind:) leads to");
        return;
    }
    if (count_owners(loading, type) > 1)
        mistake(loading, type->name,
                "two interfaces or unions with @discriminator claim its rows; it can have one");
    static const char *const inherited[] = {"table", "scope", "public"};
    for (size_t i = 0; i < sizeof(inherited) / sizeof(*inherited); i++) {
        if (type_directive(type, inherited[i]) != NULL)
            mistake(loading, type->name, "its rows are those of %.*s, which says @%s for it",
                    STR_ARG(owner->name), inherited[i]);
    }
}

bool kinds_may_hide(const struct table *table)
{
    if (table->kind_count > 0 && !type_is_abstract(table->type))
        return true;
    for (uint32_t i = 0; i < table->kind_count; i++) {
        if ((table->kinds[i].table->type->needs & ~table->type->needs) != 0)
            return true;
    }
    return false;
}

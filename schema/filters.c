/* filters: what is behind the input types of filters and orders: columns, relations, rights. */
#include "schema/loading.h"

#include "base/arena.h"
#include "base/log.h"
#include "plan/filter.h"

/* ---- filters ---- */

static const struct {
    const char *name;
    enum filter_operation operation;
} operations[] = {
    {"equal", FILTER_EQUAL},
    {"in", FILTER_IN},
    {"startsWith", FILTER_STARTS_WITH},
    {"contains", FILTER_CONTAINS},
    {"atLeast", FILTER_AT_LEAST},
    {"from", FILTER_AT_LEAST},
    {"atMost", FILTER_AT_MOST},
    {"until", FILTER_AT_MOST},
    {"moreThan", FILTER_MORE_THAN},
    {"after", FILTER_MORE_THAN},
    {"lessThan", FILTER_LESS_THAN},
    {"before", FILTER_LESS_THAN},
    {"isNull", FILTER_IS_NULL},
    {"not", FILTER_VALUE_NOT},
};

/* What the members of a value's filter type ask. */
static const enum filter_operation *value_operations(struct loading *loading,
                                                     const struct type *input)
{
    enum filter_operation *found =
        arena_array(loading->arena, enum filter_operation, input->input_count);
    for (uint32_t i = 0; i < input->input_count; i++) {
        for (size_t j = 0; j < sizeof(operations) / sizeof(*operations); j++) {
            if (str_is(input->inputs[i].name, operations[j].name))
                found[i] = operations[j].operation;
        }
    }
    return found;
}

static void bind_value(struct loading *loading, struct str coordinate, const struct table *table,
                       const struct field *field, struct str column_name, struct str id_type,
                       const struct input_value *member, struct filter_member *out)
{
    const struct catalogue_column *column = need_column(loading, coordinate, table, column_name);
    out->kind = FILTER_VALUE;
    out->operations = value_operations(loading, member->type->named);
    if (column != NULL)
        compared_bind(loading, coordinate, field->type->named, column, &out->compared);
    out->compared.id_type = id_type;
}

/* The filter of an embedded type is about other columns wherever it is used. */
static const struct filter *embedded_filter(struct loading *loading, struct str coordinate,
                                            const struct field *field, const struct table *table,
                                            const struct type *input)
{
    struct filter *filter = arena_new(loading->arena, struct filter);
    const struct binding *binding = field->binding;
    const struct type *embedded = field->type->named;
    *filter = (struct filter){
        .input = input,
        .table = table,
        .members = arena_array(loading->arena, struct filter_member, input->input_count),
    };
    for (uint32_t i = 0; i < input->input_count; i++) {
        const struct input_value *member = &input->inputs[i];
        const struct field *inner =
            schema_field(loading->schema, embedded, member->name, UINT64_MAX);
        if (str_is(member->name, "and"))
            filter->members[i].kind = FILTER_ALL;
        else if (str_is(member->name, "or"))
            filter->members[i].kind = FILTER_ANY;
        else if (str_is(member->name, "not"))
            filter->members[i].kind = FILTER_NOT;
        else
            bind_value(loading, coordinate, table, inner,
                       binding->embedded[inner - embedded->fields], (struct str){0}, member,
                       &filter->members[i]);
    }
    return filter;
}

static const struct type *named_without(struct loading *loading, struct str name,
                                        const char *before, const char *behind)
{
    size_t head = strlen(before), tail = strlen(behind);
    if (name.len <= head + tail || !str_starts(name, str_of(before)) ||
        !str_ends(name, str_of(behind)))
        return NULL;
    const struct str inner = {.at = name.at + head, .len = name.len - head - tail};
    const struct type *type = schema_type(loading->schema, inner, UINT64_MAX);
    return type != NULL && (type->kind == TYPE_OBJECT || type->kind == TYPE_ENUM) ? type : NULL;
}

/* What a generated filter is of: an object, a list of them, or an enum; NULL: a scalar. */
static const struct type *filtered_type(struct loading *loading, struct str name)
{
    static const char *const around[][2] = {
        {"", "Filter"}, {"", "ListFilter"}, {"Optional", "Filter"}};
    const struct type *type = NULL;
    for (size_t i = 0; i < 3 && type == NULL; i++)
        type = named_without(loading, name, around[i][0], around[i][1]);
    return type;
}

static void bind_member(struct loading *loading, struct filter *filter, const struct field *field,
                        struct input_value *member, struct filter_member *out)
{
    const struct binding *binding = field->binding;
    struct str coordinate = field_coordinate(loading, field);
    member->needs = field->needs;
    if (binding == NULL)
        return; /* that is a mistake already */
    if (binding->half != NULL) {
        mistake(loading, coordinate, "@filter needs a column of the type's own table");
        return;
    }
    out->relation = binding;
    switch (binding->kind) {
    case BIND_COLUMN:
        bind_value(loading, coordinate, filter->table, field, binding->column, binding->id_type,
                   member, out);
        return;
    case BIND_EMBEDDED:
        out->kind = FILTER_EMBEDDED;
        out->inner =
            embedded_filter(loading, coordinate, field, filter->table, member->type->named);
        return;
    case BIND_ONE:
        out->kind = FILTER_ONE;
        out->inner = member->type->named->binding;
        return;
    case BIND_LIST:
    case BIND_CONNECTION:
        out->kind = FILTER_MANY;
        out->inner = member->type->named->inputs[0].type->named->binding;
        if (binding->predicate == NULL)
            return;
        break;
    default:
        break;
    }
    mistake(loading, coordinate, "@filter needs a column, an embedded object or a relation");
}

/* Made for all tables first, because they refer to each other. */
static void create_filters(struct loading *loading)
{
    for (uint32_t i = 0; i < loading->schema->type_count; i++) {
        struct type *input = loading->schema->types[i];
        const struct type *type =
            input->kind == TYPE_INPUT_OBJECT ? filtered_type(loading, input->name) : NULL;
        if (type == NULL)
            continue;
        input->needs = type->needs;
        bool whole = input->name.len == type->name.len + strlen("Filter");
        if (!whole || table_of(type) == NULL)
            continue;
        struct filter *filter = arena_new(loading->arena, struct filter);
        *filter = (struct filter){
            .input = input,
            .table = table_of(type),
            .members = arena_array(loading->arena, struct filter_member, input->input_count),
        };
        input->binding = filter;
    }
}

static void bind_filter(struct loading *loading, struct filter *filter)
{
    const struct type *input = filter->input, *type = filter->table->type;
    for (uint32_t i = 0; i < input->input_count; i++) {
        struct input_value *member = &input->inputs[i];
        const struct field *field = schema_field(loading->schema, type, member->name, UINT64_MAX);
        if (member->type->named != input)
            bind_member(loading, filter, field, member, &filter->members[i]);
        else
            filter->members[i].kind = str_is(member->name, "and")  ? FILTER_ALL
                                      : str_is(member->name, "or") ? FILTER_ANY
                                                                   : FILTER_NOT;
    }
}

/* ---- orders ---- */

static void bind_sort_term(struct loading *loading, const struct type *type,
                           const struct field *field, struct order_term *out)
{
    const struct binding *binding = field->binding;
    struct str coordinate = field_coordinate(loading, field);
    if (binding == NULL)
        return;
    struct str name = directive_text(field_directive(field, "sort"), "column");
    if (name.len == 0 && binding->kind == BIND_COLUMN && binding->half == NULL)
        name = binding->column;
    const struct catalogue_column *column =
        name.len == 0 ? NULL : need_column(loading, coordinate, table_of(type), name);
    if (column == NULL)
        mistake(loading, coordinate, "@sort needs a column of the type's own table");
    else
        order_term_bind(loading, coordinate, column, out);
}

static void bind_sort(struct loading *loading, struct type *values, const struct type *type)
{
    struct sort *sort = arena_new(loading->arena, struct sort);
    *sort = (struct sort){
        .terms = arena_array(loading->arena, struct order_term, values->value_count),
        .indexed = arena_array(loading->arena, bool, values->value_count),
        .count = values->value_count,
    };
    values->needs = type->needs;
    values->binding = sort;
    for (uint32_t i = 0; i < values->value_count; i++) {
        for (uint32_t j = 0; j < type->field_count; j++) {
            const struct field *field = &type->fields[j];
            if (!str_equal(sort_value(loading->arena, field->name), values->values[i].name))
                continue;
            values->values[i].needs = field->needs;
            sort->indexed[i] = directive_flag(field_directive(field, "sort"), "indexed");
            bind_sort_term(loading, type, field, &sort->terms[i]);
        }
    }
}

static void bind_sorts(struct loading *loading)
{
    for (uint32_t i = 0; i < loading->schema->type_count; i++) {
        struct type *input = loading->schema->types[i];
        if (input->kind != TYPE_INPUT_OBJECT || !str_ends(input->name, STR("Sort")))
            continue;
        struct str name = {.at = input->name.at, .len = input->name.len - strlen("Sort")};
        const struct type *type = schema_type(loading->schema, name, UINT64_MAX);
        struct str fields = str_printf(loading->arena, STR_FMT "Field", STR_ARG(input->name));
        struct type *values = schema_type(loading->schema, fields, UINT64_MAX);
        if (type == NULL || table_of(type) == NULL || values == NULL)
            continue;
        input->needs = type->needs;
        bind_sort(loading, values, type);
    }
}

/* ---- the arguments that take them ---- */

/* A list from the root is read from one end of an index, or sorted as a whole; where C code narrows
 * it, that is not all rows. */
static void check_sort_indexes(struct loading *loading, const struct field *field,
                               const struct binding *binding, const struct type *values)
{
    const struct sort *sort = values->binding;
    const struct catalogue_table *table = catalogued_table(loading, binding->target);
    for (uint32_t i = 0; i < sort->count && table != NULL; i++) {
        if (sort->terms[i].column.len == 0 ||
            catalogue_is_indexed(table, &sort->terms[i].column, 1))
            continue;
        struct str coordinate = str_printf(loading->arena, STR_FMT "(orderBy:)",
                                           STR_ARG(field_coordinate(loading, field)));
        if (sort->indexed[i])
            mistake(loading, coordinate,
                    "no index of %.*s begins with %.*s, by which @sort(indexed: true) sorts",
                    STR_ARG(binding->target->name), STR_ARG(sort->terms[i].column));
        else if (binding->predicate == NULL)
            log_event(LOG_WARN, "an order that no index has reads all rows", "coordinate",
                      coordinate.at, "value", log_format(STR_FMT, STR_ARG(values->values[i].name)),
                      NULL);
    }
}

static void bind_arguments(struct loading *loading, const struct field *field,
                           struct binding *binding)
{
    for (uint32_t i = 0; i < field->argument_count; i++) {
        const struct input_value *argument = &field->arguments[i];
        const struct type *input = argument->type->named;
        if (str_is(argument->name, "where") && input->binding != NULL)
            binding->where_argument = argument;
        if (!str_is(argument->name, "orderBy") || input->kind != TYPE_INPUT_OBJECT)
            continue;
        const struct type *values = input->inputs[0].type->named;
        if (values->binding == NULL)
            continue;
        binding->sort_argument = argument;
        binding->sort = values->binding;
        if (binding->target_key.len == 0)
            check_sort_indexes(loading, field, binding, values);
    }
}

void filters_bind(struct loading *loading)
{
    const struct schema *schema = loading->schema;
    create_filters(loading);
    for (uint32_t i = 0; i < schema->type_count; i++) {
        struct type *type = schema->types[i];
        if (type->kind == TYPE_INPUT_OBJECT && type->binding != NULL)
            bind_filter(loading, type->binding);
    }
    bind_sorts(loading);
    for (uint32_t i = 0; i < schema->type_count; i++) {
        struct type *type = schema->types[i];
        for (uint32_t j = 0; j < type->field_count && is_ours(type); j++) {
            struct binding *binding = type->fields[j].binding;
            if (binding != NULL && (binding->kind == BIND_LIST || binding->kind == BIND_CONNECTION))
                bind_arguments(loading, &type->fields[j], binding);
        }
    }
}

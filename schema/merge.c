/* merge: connections over several tables in one order (@merge). */
#include "schema/loading.h"

#include "base/arena.h"

/* The columns of such a list as its statement names them; see server/plan/merge.c. */
#define MERGED_AT   "`at`"
#define MERGED_KIND "`kind`"
#define MERGED_ID   "`id`"

/* The interface or union whose types' rows are listed. */
static const struct type *listed_type(struct loading *loading, const struct field *field)
{
    const struct str *element = map_get(&loading->generated, field->type->named->name);
    const struct type *type =
        element == NULL ? NULL : schema_type(loading->schema, *element, UINT64_MAX);
    if (type != NULL && type_is_abstract(type) && table_of(type) == NULL)
        return type;
    mistake(loading, field_coordinate(loading, field),
            "@merge gives a connection of an interface or union over several tables: XConnection");
    return NULL;
}

/* The column behind "ProductOrder." in one of the texts; .at NULL: none is. */
static struct str column_of(const struct ast_value *texts, struct str type)
{
    for (uint32_t i = 0; i < texts->count; i++) {
        struct str text = texts->items[i].text;
        if (text.len > type.len + 1 && str_starts(text, type) && text.at[type.len] == '.')
            return (struct str){.at = text.at + type.len + 1, .len = text.len - type.len - 1};
    }
    return (struct str){0};
}

static bool is_moment(const struct catalogue_column *column)
{
    return column->kind == CATALOGUE_DATE || column->kind == CATALOGUE_DATETIME;
}

/* `first` is the column of the first table, with which the others are compared. */
static void check_order(struct loading *loading, struct str coordinate, const struct table *table,
                        struct str key, const struct catalogue_column *at,
                        const struct catalogue_column *first)
{
    const struct str columns[] = {key, at->name};
    uint32_t skipped = key.len == 0;
    if (!is_moment(at) && at->kind != CATALOGUE_INTEGER)
        mistake(loading, coordinate,
                "column %.*s of %.*s is %.*s: one order needs dates or whole numbers",
                STR_ARG(at->name), STR_ARG(table->name), STR_ARG(at->column_type));
    else if (is_moment(at) != is_moment(first))
        mistake(loading, coordinate, "column %.*s of %.*s is %.*s, but others are %.*s",
                STR_ARG(at->name), STR_ARG(table->name), STR_ARG(at->column_type),
                STR_ARG(first->column_type));
    if (at->nullable)
        mistake(loading, coordinate, "column %.*s of %.*s may be NULL: pages need one that may not",
                STR_ARG(at->name), STR_ARG(table->name));
    if (!catalogue_is_indexed(catalogued_table(loading, table), columns + skipped, 2 - skipped))
        mistake(loading, coordinate, "no index of %.*s begins with %.*s%s%.*s",
                STR_ARG(table->name), STR_ARG(key), skipped ? "" : ", ", STR_ARG(at->name));
}

/* The list of one table: its rows of a parent in their own order. NULL: there is a mistake. */
static const struct catalogue_column *bind_branch(struct loading *loading, struct str coordinate,
                                                  const struct type *type,
                                                  const struct binding *whole, struct str column,
                                                  struct binding *out)
{
    const struct table *table = table_of(type);
    if (table == NULL || column.at == NULL) {
        mistake(loading, coordinate,
                table == NULL ? "%.*s has no @table"
                              : "by which column are rows of %.*s ordered? add it to @merge(of:)",
                STR_ARG(type->name));
        return NULL;
    }
    struct order_term *order = arena_new(loading->arena, struct order_term);
    *order = (struct order_term){.column = column, .descending = whole->order[0].descending};
    *out = (struct binding){
        .kind = BIND_CONNECTION,
        .target = table,
        .target_key = whole->target_key,
        .parent_key = whole->parent_key,
        .order = order,
        .order_count = 1,
        .average = whole->average,
    };
    bool key_is_there = whole->target_key.len == 0 ||
                        need_column(loading, coordinate, table, whole->target_key) != NULL;
    bool unique =
        need_unique_key(loading, coordinate, table, "rows of a @merge are told apart by it");
    const struct catalogue_column *at = need_column(loading, coordinate, table, column);
    return key_is_there && unique ? at : NULL;
}

static void bind_branches(struct loading *loading, struct str coordinate, const struct type *type,
                          const struct ast_value *texts, struct binding *binding)
{
    uint32_t count = type->possible_count;
    struct binding *branches = arena_array(loading->arena, struct binding, count);
    struct binding *nodes = arena_array(loading->arena, struct binding, count);
    const struct catalogue_column *first = NULL;
    for (uint32_t i = 0; i < count; i++) {
        const struct type *possible = type->possible[i];
        const struct catalogue_column *at = bind_branch(
            loading, coordinate, possible, binding, column_of(texts, possible->name), &branches[i]);
        if (at == NULL)
            return;
        first = first == NULL ? at : first;
        check_order(loading, coordinate, branches[i].target, binding->target_key, at, first);
        branches[i].kind_value = cell_int(i);
        nodes[i] = (struct binding){
            .kind = BIND_ONE,
            .target = branches[i].target,
            .target_key = branches[i].target->primary_key,
            .column = STR(MERGED_ID),
            .kind_column = STR(MERGED_KIND),
            .kind_value = cell_int(i),
            .average = 1,
        };
    }
    binding->branches = branches;
    binding->branch_count = count;
    binding->nodes = nodes;
}

/* Of the same moment, rows are in the order of their types, then of their keys. */
static void bind_order(struct loading *loading, struct binding *binding, bool descending)
{
    static const struct str columns[] = {STR(MERGED_AT), STR(MERGED_KIND), STR(MERGED_ID)};
    binding->order_count = sizeof(columns) / sizeof(*columns);
    binding->order = arena_array(loading->arena, struct order_term, binding->order_count);
    for (uint32_t i = 0; i < binding->order_count; i++)
        binding->order[i] = (struct order_term){.column = columns[i], .descending = descending};
}

/* What a list over several tables is called, also in its cursors: by what it is made of. */
static struct str merged_name(struct loading *loading, const struct ast_value *texts)
{
    struct buf name;
    buf_init(&name, loading->arena, 64);
    for (uint32_t i = 0; i < texts->count; i++)
        buf_printf(&name, "%s" STR_FMT, i == 0 ? "" : " + ", STR_ARG(texts->items[i].text));
    return buf_str(&name);
}

/* Whoever sees the field sees one of the types. */
static void check_rights(struct loading *loading, const struct field *field,
                         const struct type *type)
{
    uint64_t held = type->needs | field->needs | field->parent->needs;
    for (uint32_t i = 0; i < type->possible_count; i++) {
        if ((type->possible[i]->needs & ~held) == 0)
            return;
    }
    mistake(loading, field_coordinate(loading, field),
            "who may see none of its types would see an empty list; give it the @right of one");
}

void merge_bind(struct loading *loading, struct field *field, const struct ast_directive *directive)
{
    const struct type *type = listed_type(loading, field);
    const struct table *parent = table_of(field->parent);
    struct str coordinate = field_coordinate(loading, field),
               key = directive_text(directive, "key");
    const struct ast_argument *of = ast_argument(&directive->arguments, "of");
    if (type == NULL)
        return;
    if ((key.at == NULL) != (parent == NULL)) {
        mistake(loading, coordinate,
                "@merge(key:) names the column that holds this row's own key; the root has none");
        return;
    }
    struct table *merged = arena_new(loading->arena, struct table);
    *merged = (struct table){
        .name = merged_name(loading, &of->value), .type = type, .primary_key = STR("`k`")};
    struct binding *binding = arena_new(loading->arena, struct binding);
    *binding = (struct binding){
        .kind = BIND_CONNECTION,
        .target = merged,
        .target_key = key,
        .parent_key = parent == NULL ? (struct str){0} : parent->primary_key,
        .average = directive_number(directive, "average", 10),
    };
    bind_order(loading, binding, directive_flag(directive, "descending"));
    bind_branches(loading, coordinate, type, &of->value, binding);
    check_rights(loading, field, type);
    if (parent != NULL)
        need_unique_key(loading, coordinate, parent, "@merge tells its rows' parents apart by it");
    arguments_bind(loading, field, binding);
    field->binding = binding;
}

/* resolvers: fields made by C code, and whether that code is there. */
#include "schema/loading.h"

#include "base/arena.h"

/* A column of the type's table, or of another half by table.column. */
static void bind_need(struct loading *loading, struct str coordinate, const struct table *table,
                      struct str name, struct needed *out)
{
    const char *dot = memchr(name.at, '.', name.len);
    *out = (struct needed){.column = name};
    if (dot == NULL) {
        need_column(loading, coordinate, table, name);
        return;
    }
    struct str half = {.at = name.at, .len = (size_t)(dot - name.at)};
    out->column = (struct str){.at = dot + 1, .len = name.len - half.len - 1};
    if (half_named(loading, coordinate, table, half, &out->half))
        need_column(loading, coordinate, out->half == NULL ? table : out->half->table, out->column);
}

static void bind_needs(struct loading *loading, struct field *field, const struct table *table,
                       struct binding *binding)
{
    struct str coordinate = field_coordinate(loading, field);
    const struct ast_directive *directive = field_directive(field, "resolver");
    const struct ast_argument *needs = ast_argument(&directive->arguments, "needs");
    if (needs == NULL || needs->value.kind != AST_VALUE_LIST)
        return;
    if (table == NULL && needs->value.count > 0) {
        mistake(loading, coordinate, "@resolver(needs:) names columns, and its type has no @table");
        return;
    }
    binding->need_count = needs->value.count;
    binding->needs = arena_array(loading->arena, struct needed, needs->value.count);
    for (uint32_t i = 0; i < needs->value.count; i++)
        bind_need(loading, coordinate, table, needs->value.items[i].text, &binding->needs[i]);
}

static void check_leaves(struct loading *loading, const struct field *field)
{
    const struct type *made = field->type->named;
    const struct resolver *leaves = resolver_find(loading->sources->resolvers, made->name);
    if (leaves == NULL || leaves->leaf == NULL)
        mistake(loading, field_coordinate(loading, field),
                "resolvers/index.c has no leaf function for %.*s", STR_ARG(made->name));
}

void resolver_bind(struct loading *loading, struct field *field, const struct table *table)
{
    struct str coordinate = field_coordinate(loading, field);
    const struct resolver *resolver = resolver_find(loading->sources->resolvers, coordinate);
    bool leaf = !type_is_composite(field->type->named);
    if (leaf && table == NULL) {
        mistake(loading, coordinate,
                "@resolver makes objects, and leaves of types with @table; other leaves come from "
                "the leaf function of their type");
        return;
    }
    if (resolver == NULL ||
        (leaf ? resolver->batch == NULL : resolver->objects == NULL && resolver->later == NULL)) {
        mistake(loading, coordinate, "resolvers/index.c has no %s function for it",
                leaf ? "batch" : "objects");
        return;
    }
    if (!leaf)
        check_leaves(loading, field);
    struct binding *binding = arena_new(loading->arena, struct binding);
    *binding = (struct binding){
        .kind = leaf ? BIND_COMPUTED : BIND_RESOLVER,
        .resolver = resolver,
        .average = directive_number(field_directive(field, "resolver"), "average", 10),
    };
    bind_needs(loading, field, table, binding);
    field->binding = binding;
}

/* A name that changed on one side only is found here. */
static bool is_served(const struct loading *loading, struct str coordinate)
{
    const char *dot = memchr(coordinate.at, '.', coordinate.len);
    struct str type_name = {.at = coordinate.at,
                            .len = dot == NULL ? coordinate.len : (size_t)(dot - coordinate.at)};
    const struct type *type = schema_type(loading->schema, type_name, UINT64_MAX);
    if (type == NULL || dot == NULL)
        return type != NULL;
    const struct field *field = schema_field(loading->schema, type, str_of(dot + 1), UINT64_MAX);
    return field != NULL && field_directive(field, "resolver") != NULL;
}

void resolvers_check(struct loading *loading)
{
    for (const struct resolver *each = loading->sources->resolvers; each->coordinate != NULL;
         each++) {
        if (!is_served(loading, str_of(each->coordinate)))
            mistake(loading, str_of(each->coordinate),
                    "resolvers/index.c lists it, the schema has no such type or @resolver field");
    }
}

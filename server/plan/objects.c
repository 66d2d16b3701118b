/* objects: fields whose values a source in memory makes: introspection, resolvers, the wiring of
 * tests. */
#include "plan/planner.h"

static uint32_t list_depth(const struct type_use *use)
{
    uint32_t depth = 0;
    for (; use != NULL; use = use->of)
        depth += use->kind == USE_LIST;
    return depth;
}

static enum object_source source_of(const struct planner *planner, const struct fetch *parent,
                                    const struct field *field)
{
    const struct schema *schema = planner->options->schema;
    if (field == schema->schema_field || field == schema->type_field)
        return OBJECTS_INTROSPECTION;
    return parent->kind == FETCH_OBJECTS ? parent->source : OBJECTS_RESOLVER;
}

/* One fetch for each level of lists; the innermost one has the objects. */
static struct fetch *create_object_fetches(struct planner *planner, struct fetch *parent,
                                           const struct group *group,
                                           const struct shape_field *field)
{
    uint32_t depth = list_depth(field->type);
    struct fetch *first = NULL, *innermost = parent;
    for (uint32_t level = 0; level == 0 || level < depth; level++) {
        struct fetch *fetch =
            fetch_create(planner, FETCH_OBJECTS, innermost, level == 0 ? group : NULL);
        fetch->source = source_of(planner, parent, field->field);
        fetch->field = field->field;
        fetch->ast = field->ast;
        fetch->arguments = fetch_arguments(planner, field->field, field->ast);
        fetch->list_level = level;
        fetch->parent_column = OBJECT_COLUMN;
        fetch->condition = level == 0 ? field->condition : 0;
        if (first == NULL) {
            first = fetch;
        } else {
            fetch_add_child(planner, innermost, fetch);
            innermost->inner = fetch;
        }
        innermost = fetch;
    }
    return first;
}

void objects_build(struct planner *planner, struct site site, const struct group *group,
                   struct shape_field *out)
{
    const struct fetch wanted = {
        .kind = FETCH_OBJECTS, .field = out->field, .parent_column = OBJECT_COLUMN};
    out->kind = list_depth(out->type) == 0 ? SHAPE_ONE : SHAPE_LIST;
    if (share_child(planner, site, &wanted, group, out))
        return;
    struct fetch *fetch = create_object_fetches(planner, site.fetch, group, out);
    if (site.fetch->kind == FETCH_ROWS)
        fetch->need_columns = computed_columns(planner, site, out->field->binding);
    share_limit(planner, site, fetch);
    out->child = fetch_add_child(planner, site.fetch, fetch);
    struct fetch *innermost = fetch;
    while (innermost->inner != NULL)
        innermost = (struct fetch *)innermost->inner;
    shapes_build(planner, (struct site){.fetch = innermost}, out->type->named, group, &out->shapes,
                 &out->shape_types, &out->shape_count);
    share_offer(fetch, out);
}

void object_leaf_build(struct planner *planner, struct site site, const struct type *type,
                       struct shape_field *out)
{
    out->kind = SHAPE_LEAF;
    out->form = shape_form(out->type->named);
    out->arguments = fetch_arguments(planner, out->field, out->ast);
    out->column = fetch_object_column(planner, site.fetch, type, out->field, out->arguments);
}

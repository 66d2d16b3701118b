/* build: from a selection of fields to the shape that writes it, and the fetches it needs. */
#include "plan/planner.h"

#include "base/arena.h"
#include "base/buf.h"
#include "graphql/errors.h"
#include <assert.h>

enum { COMPARISONS = 100000 }; /* looking for equal fetches */

static struct shape *build_object(struct planner *planner, struct site site,
                                  const struct type *type, const struct selected *selected);

/* ---- shapes ---- */

struct shape *shape_build(struct planner *planner, struct site site, const struct type *type,
                          const struct group *group)
{
    struct selected selected;
    if (site.fetch->has_types && site.join == 0)
        site.row_type = type;
    select_fields(planner, type, group->items, group->count, &selected);
    return build_object(planner, site, type, &selected);
}

void shapes_build(struct planner *planner, struct site site, const struct type *named,
                  const struct group *group, struct shape ***shapes, const struct type ***types,
                  uint32_t *count)
{
    *count = named->possible_count;
    *types = (const struct type **)named->possible;
    *shapes = arena_array(planner->arena, struct shape *, named->possible_count);
    for (uint32_t i = 0; i < named->possible_count && !planner->failed; i++)
        (*shapes)[i] = shape_build(planner, site, named->possible[i], group);
}

enum form shape_form(const struct type *type)
{
    static const struct {
        const char *name;
        enum form form;
    } forms[] = {
        {"Int", FORM_INT},         {"Float", FORM_FLOAT}, {"String", FORM_STRING},
        {"Boolean", FORM_BOOLEAN}, {"ID", FORM_ID},       {"BigInt", FORM_BIG_INT},
        {"Decimal", FORM_BIG_INT}, {"Date", FORM_DATE},   {"DateTime", FORM_DATE_TIME},
        {"JSON", FORM_JSON},
    };
    if (type->kind == TYPE_ENUM)
        return FORM_ENUM;
    for (size_t i = 0; i < sizeof(forms) / sizeof(*forms); i++) {
        if (str_is(type->name, forms[i].name))
            return forms[i].form;
    }
    return FORM_ANY;
}

static void build_column(struct planner *planner, struct site site, const struct binding *binding,
                         struct shape_field *out)
{
    out->kind = SHAPE_LEAF;
    out->form = shape_form(out->type->named);
    out->column = site_column(planner, site, binding->half, binding->column);
    if (binding->id_type.len > 0) {
        out->form = FORM_GLOBAL_ID;
        out->constant = binding->id_type;
    }
}

/* A field of an object that is made of columns of its parent's row. */
static void build_embedded_column(struct planner *planner, struct site site,
                                  struct shape_field *out)
{
    const struct field *field = out->field;
    uint32_t index = (uint32_t)(field - field->parent->fields);
    out->kind = SHAPE_LEAF;
    out->form = shape_form(field->type->named);
    out->column = site_column(planner, site, site.embedded->half, site.embedded->embedded[index]);
}

static void build_embedded(struct planner *planner, struct site site, const struct binding *binding,
                           const struct group *group, struct shape_field *out)
{
    struct site inner = {.fetch = site.fetch, .join = site.join, .embedded = binding};
    out->kind = SHAPE_EMBEDDED;
    out->column = site_column(planner, site, binding->half, binding->embedded[0]);
    shapes_build(planner, inner, out->type->named, group, &out->shapes, &out->shape_types,
                 &out->shape_count);
}

/* ---- fields ---- */

static struct str lead_of(struct planner *planner, struct str key)
{
    return str_printf(planner->arena, ",\"" STR_FMT "\":", STR_ARG(key));
}

/* Duplicates under conditions: the first one that is live decides where the field stands (§6.3.2).
 */
static bool set_places(struct planner *planner, const struct group *group, struct shape_field *out)
{
    out->places = arena_array(planner->arena, struct shape_place, group->count);
    out->place_count = group->count;
    for (uint32_t i = 0; i < group->count; i++) {
        const struct condition_term **term =
            arena_array(planner->arena, const struct condition_term *, 1);
        term[0] = group->items[i].term;
        out->places[i] = (struct shape_place){.position = group->items[i].position,
                                              .condition = condition_any(planner, term, 1)};
    }
    return group->count > 1 && group->items[0].term != NULL;
}

static void build_by_binding(struct planner *planner, struct site site, const struct group *group,
                             const struct binding *binding, struct shape_field *out)
{
    switch (binding->kind) {
    case BIND_COLUMN:
        build_column(planner, site, binding, out);
        break;
    case BIND_VALID_UNTIL:
    case BIND_CHANGES:
        history_part_build(planner, site, binding, out);
        break;
    case BIND_EMBEDDED:
        build_embedded(planner, site, binding, group, out);
        break;
    case BIND_COMPUTED:
        computed_build(planner, site, binding, out);
        break;
    case BIND_ONE:
        if (one_is_joined(planner, site, group, binding))
            joined_build(planner, site, group, binding, out);
        else
            rows_build(planner, site, group, binding, out);
        break;
    case BIND_LIST:
        rows_build(planner, site, group, binding, out);
        break;
    case BIND_NODE:
        node_build(planner, site, group, binding, out);
        break;
    case BIND_CONNECTION:
        connection_build(planner, site, group, binding, out);
        break;
    default:
        connection_field_build(planner, site.fetch, binding->kind, group, out);
        break;
    }
}

/* True when the order of the selection set depends on this field's conditions. */
static bool build_field(struct planner *planner, struct site site, const struct type *type,
                        const struct group *group, struct shape_field *out)
{
    const struct ast_selection *ast = group->items[0].field;
    const struct field *field =
        schema_field(planner->options->schema, type, ast->name.text, UINT64_MAX);
    assert(field != NULL); /* the document is valid */
    *out = (struct shape_field){
        .lead = lead_of(planner, group->key),
        .key = group->key,
        .condition = group_condition(planner, group),
        .arguments = UINT32_MAX,
        .type = field->type,
        .field = field,
        .ast = ast,
    };
    const struct binding *binding = field->binding;
    if (field == planner->options->schema->typename_field) {
        out->kind = SHAPE_TYPENAME;
        out->constant = str_printf(planner->arena, "\"" STR_FMT "\"", STR_ARG(type->name));
    } else if (site.embedded != NULL) {
        build_embedded_column(planner, site, out);
    } else if (binding != NULL && binding->kind != BIND_RESOLVER) {
        build_by_binding(planner, site, group, binding, out);
    } else if (type_is_composite(field->type->named)) {
        objects_build(planner, site, group, out);
    } else {
        object_leaf_build(planner, site, type, out);
    }
    return set_places(planner, group, out);
}

static struct shape *build_object(struct planner *planner, struct site site,
                                  const struct type *type, const struct selected *selected)
{
    struct shape *shape = arena_new(planner->arena, struct shape);
    *shape = (struct shape){
        .type = type,
        .fields = arena_array(planner->arena, struct shape_field, selected->count),
        .field_count = selected->count,
    };
    for (uint32_t i = 0; i < selected->count && !planner->failed; i++)
        shape->reordered |=
            build_field(planner, site, type, &selected->groups[i], &shape->fields[i]);
    return shape;
}

/* Once all columns are known, those that others have added to a fetch among them. */
static void finish_statements(struct planner *planner)
{
    for (uint32_t i = 0; i < planner->plan->fetch_count; i++) {
        struct fetch *fetch = planner->plan->fetches[i];
        if (fetch->kind == FETCH_ROWS || fetch->kind == FETCH_COUNT || fetch->kind == FETCH_BRANCH)
            sql_finish(planner, fetch);
    }
}

static const struct type *root_type(const struct schema *schema,
                                    const struct ast_operation *operation)
{
    switch (operation->kind) {
    case AST_MUTATION:
        return schema->mutation;
    case AST_SUBSCRIPTION:
        return schema->subscription;
    default:
        return schema->query;
    }
}

struct plan *plan_make(struct arena *arena, const struct plan_options *options,
                       const struct document *document, const struct ast_operation *operation,
                       struct errors *errors)
{
    struct plan *plan = arena_new(arena, struct plan);
    *plan = (struct plan){
        .arena = arena,
        .schema = options->schema,
        .document = document,
        .operation = operation,
        .consistent = ast_directive(&operation->directives, "consistent") != NULL,
        .needs = document_needs(options->schema, document),
        .conditions = arena_array(arena, struct condition, 8),
        .condition_count = 1, /* 0 always holds */
    };
    struct planner planner = {.arena = arena,
                              .options = options,
                              .plan = plan,
                              .errors = errors,
                              .condition_capacity = 8,
                              .comparisons = COMPARISONS};
    const struct type *type = root_type(options->schema, operation);
    assert(type != NULL); /* the document is valid */
    plan->root = fetch_create(&planner, FETCH_ROOT, NULL, NULL);
    struct selected selected;
    select_root(&planner, type, &selected);
    plan->root_shape = build_object(&planner, (struct site){.fetch = plan->root}, type, &selected);
    if (planner.failed)
        return NULL;
    finish_statements(&planner);
    assert(plan_verify(plan));
    cost_compile(plan);
    return plan;
}

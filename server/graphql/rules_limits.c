/* rules_limits: every fragment is measured once; what it measures counts wherever it is spread. */
#include "graphql/rules_limits.h"

#include "graphql/validation.h"

struct measure {
    uint64_t fields;      /* as often as they would be answered for one object */
    uint64_t root_fields; /* those not inside another field */
    uint32_t depth;
};

static const uint64_t COUNT_LIMIT = (uint64_t)1 << 40; /* no need to count further */

static uint64_t add_counts(uint64_t a, uint64_t b)
{
    return a + b > COUNT_LIMIT ? COUNT_LIMIT : a + b;
}

static struct measure measure_selections(struct validation *v,
                                         const struct ast_selection_set *selections);

/* Within a cycle, which another rule reports, a fragment counts as empty. */
static struct measure measure_fragment(struct validation *v, struct fragment_info *fragment)
{
    if (fragment == NULL || fragment->measuring)
        return (struct measure){0};
    if (!fragment->measured && validation_descend(v)) {
        fragment->measuring = true;
        struct measure measure = measure_selections(v, &fragment->ast->selections);
        fragment->measuring = false;
        fragment->measured = true;
        fragment->measured_fields = measure.fields;
        fragment->measured_root_fields = measure.root_fields;
        fragment->measured_depth = measure.depth;
        validation_ascend(v);
    }
    return (struct measure){
        .fields = fragment->measured_fields,
        .root_fields = fragment->measured_root_fields,
        .depth = fragment->measured_depth,
    };
}

/* __Type.ofType leads to one object and on to the next: tools ask for nine of them in a row, which
 * costs no more than nine fields. The parser's own limit ends it. */
static uint32_t levels_of(const struct ast_selection *field)
{
    return str_is(field->name.text, "ofType") ? 0 : 1;
}

static struct measure measure_selections(struct validation *v,
                                         const struct ast_selection_set *selections)
{
    struct measure all = {0};
    for (uint32_t i = 0; i < selections->count && !v->aborted; i++) {
        const struct ast_selection *selection = &selections->items[i];
        struct measure inner =
            selection->kind == AST_FRAGMENT_SPREAD
                ? measure_fragment(v, validation_fragment(v, selection->name.text))
                : measure_selections(v, &selection->selections);
        if (selection->kind == AST_FIELD)
            inner = (struct measure){.fields = add_counts(inner.fields, 1),
                                     .root_fields = 1,
                                     .depth = inner.depth + levels_of(selection)};
        all.fields = add_counts(all.fields, inner.fields);
        all.root_fields = add_counts(all.root_fields, inner.root_fields);
        all.depth = inner.depth > all.depth ? inner.depth : all.depth;
    }
    return all;
}

static bool is_met(struct validation *v, const char *what, uint64_t count, uint32_t limit)
{
    if (limit == 0 || count <= limit || v->aborted)
        return !v->aborted;
    errors_add(v->errors, "LIMIT", "The document asks for more than %u %s.", limit, what);
    v->aborted = true;
    return false;
}

bool rules_limits_met(struct validation *v)
{
    const struct validate_limits *limits = v->limits;
    if (!is_met(v, "aliases", v->document->alias_count, limits->aliases))
        return false;
    if (limits->depth == 0 && limits->fields == 0 && limits->root_fields == 0)
        return true;
    for (uint32_t i = 0; i < v->document->definition_count; i++) {
        const struct ast_definition *definition = &v->document->definitions[i];
        if (definition->kind != AST_OPERATION)
            continue;
        struct measure measure = measure_selections(v, &definition->operation.selections);
        if (!is_met(v, "levels of fields", measure.depth, limits->depth) ||
            !is_met(v, "fields", measure.fields, limits->fields) ||
            !is_met(v, "root fields", measure.root_fields, limits->root_fields))
            return false;
    }
    return true;
}

/* rules_fragments: fragments and where they are spread. */
#include "base/arena.h"
#include "base/buf.h"
#include "graphql/fragment_spreads.h"
#include "graphql/rules.h"
#include "graphql/validation.h"

void rules_fragments_names_unique(struct validation *v)
{
    if (v->document->fragment_count < 2)
        return;
    const struct name *name = &v->definition->fragment.name;
    const struct name *known = map_get(&v->fragment_names, name->text);
    if (known == NULL) {
        map_put(&v->fragment_names, name->text, (void *)name);
        return;
    }
    struct error *error = validation_report(
        v, "There can be only one fragment named \"" STR_FMT "\".", STR_ARG(name->text));
    validation_at(v, error, known->at);
    validation_at(v, error, name->at);
}

void rules_fragments_composite(struct validation *v)
{
    const struct ast_fragment *fragment = &v->definition->fragment;
    if (v->type == NULL || type_is_composite(v->type))
        return;
    validation_at(
        v,
        validation_report(
            v, "Fragment \"" STR_FMT "\" cannot condition on non composite type \"" STR_FMT "\".",
            STR_ARG(fragment->name.text), STR_ARG(fragment->type_condition.text)),
        fragment->type_condition.at);
}

void rules_fragments_inline_composite(struct validation *v)
{
    const struct name *condition = &v->selection->type_condition;
    if (condition->text.at == NULL || v->type == NULL || type_is_composite(v->type))
        return;
    validation_at(
        v,
        validation_report(v, "Fragment cannot condition on non composite type \"" STR_FMT "\".",
                          STR_ARG(condition->text)),
        condition->at);
}

void rules_fragments_known(struct validation *v)
{
    const struct name *name = &v->selection->name;
    if (validation_fragment(v, name->text) == NULL)
        validation_at(
            v, validation_report(v, "Unknown fragment \"" STR_FMT "\".", STR_ARG(name->text)),
            name->at);
}

/* Is there an object that the viewer sees and that is of both types? */
static bool types_overlap(const struct validation *v, const struct type *a, const struct type *b)
{
    if (a == b)
        return true;
    for (uint32_t word = 0; word <= v->schema->type_count / 64; word++) {
        uint64_t common = a->possible_bits[word] & b->possible_bits[word];
        for (; common != 0; common &= common - 1) {
            uint32_t index = word * 64 + (uint32_t)__builtin_ctzll(common);
            if (needs_met(v->schema->types[index]->needs, v->rights))
                return true;
        }
    }
    return false;
}

void rules_fragments_inline_possible(struct validation *v)
{
    if (v->type == NULL || v->parent_type == NULL || !type_is_composite(v->type) ||
        types_overlap(v, v->type, v->parent_type))
        return;
    validation_at(v,
                  validation_report(v,
                                    "Fragment cannot be spread here as objects of type \"" STR_FMT
                                    "\" can never be of type \"" STR_FMT "\".",
                                    STR_ARG(v->parent_type->name), STR_ARG(v->type->name)),
                  v->selection->at);
}

void rules_fragments_possible(struct validation *v)
{
    const struct fragment_info *fragment = validation_fragment(v, v->selection->name.text);
    if (fragment == NULL || v->parent_type == NULL)
        return;
    const struct type *type = schema_type(v->schema, fragment->ast->type_condition.text, v->rights);
    if (type == NULL || !type_is_composite(type) || types_overlap(v, type, v->parent_type))
        return;
    validation_at(v,
                  validation_report(v,
                                    "Fragment \"" STR_FMT
                                    "\" cannot be spread here as objects of type \"" STR_FMT
                                    "\" can never be of type \"" STR_FMT "\".",
                                    STR_ARG(fragment->ast->name.text),
                                    STR_ARG(v->parent_type->name), STR_ARG(type->name)),
                  v->selection->at);
}

/* The spreads from a fragment to the one that spreads it again. */
struct cycle_path {
    const struct ast_selection **spreads;
    uint32_t count;
    uint32_t capacity;
};

static void push_spread(struct validation *v, struct cycle_path *path,
                        const struct ast_selection *spread)
{
    if (path->count == path->capacity) {
        path->capacity = path->capacity == 0 ? 16 : path->capacity * 2;
        const struct ast_selection **grown =
            arena_array(v->arena, const struct ast_selection *, path->capacity);
        for (uint32_t i = 0; i < path->count; i++)
            grown[i] = path->spreads[i];
        path->spreads = grown;
    }
    path->spreads[path->count++] = spread;
}

static void report_cycle(struct validation *v, const struct cycle_path *path, uint32_t start)
{
    struct buf message;
    buf_init(&message, v->arena, 128);
    buf_printf(&message, "Cannot spread fragment \"" STR_FMT "\" within itself",
               STR_ARG(path->spreads[path->count - 1]->name.text));
    for (uint32_t i = start; i + 1 < path->count; i++)
        buf_printf(&message, "%s\"" STR_FMT "\"", i == start ? " via " : ", ",
                   STR_ARG(path->spreads[i]->name.text));
    buf_add_char(&message, '.');
    struct error *error = validation_report_text(v, buf_str(&message));
    for (uint32_t i = start; i < path->count; i++)
        validation_at(v, error, path->spreads[i]->at);
}

static void find_cycles(struct validation *v, struct fragment_info *fragment,
                        struct cycle_path *path);

static void follow_spreads(struct validation *v, struct spread_list spreads,
                           struct cycle_path *path)
{
    for (uint32_t i = 0; i < spreads.count; i++) {
        struct fragment_info *target = validation_fragment(v, spreads.items[i]->name.text);
        if (target == NULL)
            continue;
        push_spread(v, path, spreads.items[i]);
        if (target->cycle_index == 0)
            find_cycles(v, target, path);
        else
            report_cycle(v, path, target->cycle_index - 1);
        path->count--;
    }
}

static void find_cycles(struct validation *v, struct fragment_info *fragment,
                        struct cycle_path *path)
{
    if (fragment->cycle_checked)
        return;
    fragment->cycle_checked = true;
    fragment->cycle_index = path->count + 1;
    if (validation_descend(v))
        follow_spreads(v, fragment_spreads_of(v, fragment), path);
    validation_ascend(v);
    fragment->cycle_index = 0;
}

/* Of several fragments by one name, which is wrong by itself, the search starts with the first. */
void rules_fragments_no_cycles(struct validation *v)
{
    struct cycle_path path = {0};
    const struct ast_fragment *ast = &v->definition->fragment;
    struct fragment_info *fragment = validation_fragment(v, ast->name.text);
    if (fragment->ast == ast || fragment->cycle_checked) {
        find_cycles(v, fragment, &path);
        return;
    }
    fragment->cycle_checked = true;
    fragment->cycle_index = 1;
    follow_spreads(v, fragment_spreads_in(v, &ast->selections), &path);
    fragment->cycle_index = 0;
}

void rules_fragments_used(struct validation *v)
{
    if (v->document->fragment_count == 0)
        return;
    struct fragment_list reachable = fragment_spreads_reachable_from_all(v);
    uint32_t run = reachable.run;
    for (uint32_t i = 0; i < v->document->definition_count; i++) {
        const struct ast_definition *definition = &v->document->definitions[i];
        if (definition->kind != AST_FRAGMENT)
            continue;
        struct str name = definition->fragment.name.text;
        if (validation_fragment(v, name)->reached != run)
            validation_at(
                v, validation_report(v, "Fragment \"" STR_FMT "\" is never used.", STR_ARG(name)),
                definition->at);
    }
}

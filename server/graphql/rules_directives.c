/* rules_directives: directives where they are applied. */
#include "base/arena.h"
#include "graphql/rules.h"
#include "graphql/validation.h"

void rules_directives_known(struct validation *v)
{
    struct str name = v->directive->name.text;
    const struct ast_type_system *definition = validation_directive(v, name);
    if (definition == NULL) {
        validation_at(v, validation_report(v, "Unknown directive \"@" STR_FMT "\".", STR_ARG(name)),
                      v->directive->at);
        return;
    }
    const char *location = directive_location_name(v->location);
    for (uint32_t i = 0; i < definition->location_count; i++) {
        if (str_is(definition->locations[i].text, location))
            return;
    }
    validation_at(v,
                  validation_report(v, "Directive \"@" STR_FMT "\" may not be used on %s.",
                                    STR_ARG(name), location),
                  v->directive->at);
}

static bool is_unique(const struct validation *v, const struct ast_directive *directive)
{
    const struct ast_type_system *definition = validation_directive(v, directive->name.text);
    return definition != NULL && !definition->repeatable;
}

static void report_again(struct validation *v, const struct ast_directive *first,
                         const struct ast_directive *again)
{
    struct error *error = validation_report(
        v, "The directive \"@" STR_FMT "\" can only be used once at this location.",
        STR_ARG(again->name.text));
    validation_at(v, error, first->at);
    validation_at(v, error, again->at);
}

/* `seen` holds those of earlier extensions of the same type, or none yet. */
static void check_list(struct validation *v, const struct ast_directives *directives,
                       struct map *seen)
{
    for (uint32_t i = 0; i < directives->count; i++) {
        const struct ast_directive *directive = &directives->items[i];
        if (!is_unique(v, directive))
            continue;
        const struct ast_directive *first = map_get(seen, directive->name.text);
        if (first != NULL)
            report_again(v, first, directive);
        else
            map_put(seen, directive->name.text, (void *)directive);
    }
}

/* A schema or type and all its extensions are one location. */
static struct map *seen_on(struct validation *v, const struct ast_definition *definition)
{
    if (v->definition_directives.arena == NULL)
        map_init(&v->definition_directives, v->arena, 16);
    struct str key = definition->kind == AST_SCHEMA ? STR("") : definition->type_system.name.text;
    struct map *seen = map_get(&v->definition_directives, key);
    if (seen == NULL) {
        seen = arena_new(v->arena, struct map);
        map_init(seen, v->arena, 4);
        map_put(&v->definition_directives, key, seen);
    }
    return seen;
}

void rules_directives_unique(struct validation *v)
{
    const struct ast_directives *directives = v->directives;
    const struct ast_definition *definition = v->definition;
    if (directives->count == 0)
        return;
    if (definition->kind != AST_OPERATION && definition->kind != AST_FRAGMENT &&
        definition->kind != AST_DIRECTIVE && directives == &definition->type_system.directives) {
        check_list(v, directives, seen_on(v, definition));
        return;
    }
    if (directives->count == 1)
        return;
    struct map seen;
    map_init(&seen, v->arena, directives->count);
    check_list(v, directives, &seen);
}

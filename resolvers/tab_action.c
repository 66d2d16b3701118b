/* tab_action: what can be done from a tab, and the documents that do it.
 *
 * An action is data, as its tab is: it names a mutation and what is to be read of the answer. The
 * documents are composed and compiled at the start, so an action that does not fit the schema is
 * found out then, and viewers without the right to send documents of their own can act.
 */
#include "resolvers/tab_action.h"

#include "base/arena.h"
#include "base/buf.h"
#include "base/viewer.h"
#include "graphql/printer.h"
#include "graphql/schema.h"
#include "resolvers/account_tabs.h"
#include "run/engine.h"
#include <string.h>

/* ---- composing ---- */

static const char *word(const json_t *action, const char *name)
{
    const char *found = json_string_value(json_object_get(action, name));
    return found == NULL ? "" : found;
}

/* NULL: there is no such mutation with one argument. */
static const struct field *find_mutation(const struct schema *schema, struct str name)
{
    const struct type *root = schema_type(schema, STR("Mutation"), UINT64_MAX);
    const struct field *field = root == NULL ? NULL : schema_field(schema, root, name, UINT64_MAX);
    return field == NULL || field->argument_count != 1 ? NULL : field;
}

/* By what it can be taken back, where its payload says so. */
static const char *record_text(const struct schema *schema, const struct field *mutation)
{
    bool told = schema_field(schema, mutation->type->named, STR("change"), UINT64_MAX) != NULL;
    return told ? "    change { id undoableUntil }\n" : "";
}

static struct str action_text(struct arena *arena, const struct schema *schema,
                              const struct field *mutation, const json_t *action)
{
    struct buf out;
    buf_init(&out, arena, 512);
    buf_add(&out, STR("mutation Act($input: "));
    print_type_use(&out, mutation->arguments[0].type);
    buf_printf(&out,
               ") {\n  %s(input: $input) {\n    userErrors { code field message }\n"
               "    dryRun\n    replayed\n%s    %s\n  }\n}\n",
               word(action, "mutation"), record_text(schema, mutation), word(action, "answer"));
    return buf_str(&out);
}

/* Of a form: nobody has to declare the customer and the row that it is opened for. */
static struct str choices_text(struct arena *arena, const char *selection)
{
    bool customer = strstr(selection, "$customer") != NULL, row = strstr(selection, "$row") != NULL;
    return str_printf(arena, "query Choices%s%s%s%s {\n  %s\n}\n", customer || row ? "(" : "",
                      customer ? "$customer: ID!" : "", row ? " $row: ID!" : "",
                      customer || row ? ")" : "", selection);
}

/* ---- publishing ---- */

static bool refuse(struct arena *arena, const struct tab *tab, const char *key, struct str why,
                   struct str *problem)
{
    *problem = str_printf(arena, "tab " STR_FMT ": the action %s cannot be offered: " STR_FMT,
                          STR_ARG(tab->key), key, STR_ARG(why));
    return false;
}

static bool trust(struct tab_action *action, const json_t *layout, struct arena *arena,
                  struct engine *engine, struct str *problem)
{
    const char *selection = word(layout, "choices");
    const struct schema *schema = engine_schema(engine);
    const struct field *mutation = find_mutation(schema, action->mutation);
    if (mutation == NULL) {
        *problem = str_printf(arena, "there is no mutation \"%s\"", word(layout, "mutation"));
        return false;
    }
    action->input = mutation->arguments[0].type->named->name;
    struct str text = action_text(arena, schema, mutation, layout);
    if (engine_trust(engine, text, arena, &action->document, problem) != STATUS_OK)
        return false;
    action->needs = engine_needs(engine, action->document);
    if (selection[0] == '\0')
        return true;
    text = choices_text(arena, selection);
    if (engine_trust(engine, text, arena, &action->choices, problem) != STATUS_OK)
        return false;
    action->needs |= engine_needs(engine, action->choices);
    return true;
}

static void release_json(void *json)
{
    json_decref(json);
}

bool tab_actions_publish(struct tab_action **actions, struct arena *arena, const struct tab *tab,
                         struct engine *engine, struct str *problem)
{
    size_t index;
    const json_t *layout;
    json_t *whole = json_loadb(tab->layout.at, tab->layout.len, 0, NULL);
    arena_defer(arena, release_json, whole);
    struct tab_action **end = actions;
    *actions = NULL;
    json_array_foreach(json_object_get(whole, "actions"), index, layout)
    {
        struct tab_action *action = arena_new(arena, struct tab_action);
        struct str why;
        *action = (struct tab_action){.key = str_of(word(layout, "key")),
                                      .mutation = str_of(word(layout, "mutation"))};
        *end = action;
        end = &action->next;
        if (!trust(action, layout, arena, engine, &why))
            return refuse(arena, tab, word(layout, "key"), why, problem);
    }
    return true;
}

/* ---- for viewers ---- */

enum status tab_action_of_tab(struct resolve *resolve)
{
    uint64_t rights = resolve->request->viewer->rights;
    for (uint32_t i = 0; i < resolve->request->parent_count; i++) {
        const struct tab *tab = resolve->request->parents[i].object;
        for (const struct tab_action *action = tab->actions; action != NULL;
             action = action->next) {
            if ((action->needs & ~rights) == 0)
                resolve_add(resolve, i, action);
        }
    }
    return STATUS_OK;
}

void tab_action_leaf(const struct resolve *resolve, const void *object, const struct field *field,
                     struct cell *out)
{
    (void)resolve;
    const struct tab_action *action = object;
    if (str_is(field->name, "key"))
        *out = cell_text(action->key);
    else if (str_is(field->name, "mutation"))
        *out = cell_text(action->mutation);
    else if (str_is(field->name, "input"))
        *out = cell_text(action->input);
    else if (str_is(field->name, "document"))
        *out = cell_text(action->document);
    else if (action->choices.len > 0)
        *out = cell_text(action->choices);
}

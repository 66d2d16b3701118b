/* payload: what a mutation answers: the object it is about, and why nothing was done. */
#include "act/internal.h"

#include "base/arena.h"
#include "graphql/schema.h"
#include <inttypes.h>

void act_payload_leaf(const struct resolve *resolve, const void *object, const struct field *field,
                      struct cell *out)
{
    (void)resolve;
    const struct act *act = object;
    if (str_is(field->name, "dryRun"))
        *out = cell_int(act->dry_run);
    else if (str_is(field->name, "replayed"))
        *out = cell_int(act->replayed);
    else if (str_is(field->name, "change"))
        *out = act_key(act->dry_run ? 0 : act->record); /* what was tried leaves no record */
    else if (act->object != 0)                          /* the object itself, by its key */
        *out = cell_int(act->object);
}

enum status act_user_errors(struct resolve *resolve)
{
    for (uint32_t i = 0; i < resolve->request->parent_count; i++) {
        const struct act *act = resolve->request->parents[i].object;
        for (const struct user_error *error = act->errors; error != NULL; error = error->next)
            resolve_add(resolve, i, error);
    }
    return STATUS_OK;
}

/* "items.0.offeringId" is a path below the input. */
static struct cell path_of(const struct resolve *resolve, const char *field)
{
    struct arena *arena = resolve->request->arena;
    struct cell_list *list = arena_new(arena, struct cell_list);
    if (field == NULL)
        return (struct cell){.kind = CELL_NULL};
    list->items = arena_array(arena, struct cell, 2 + strlen(field) / 2);
    list->items[list->count++] = cell_text(STR("input"));
    for (size_t length = 0; *field != '\0'; field += length + (field[length] == '.')) {
        length = strcspn(field, ".");
        list->items[list->count++] = cell_text((struct str){.at = field, .len = length});
    }
    return (struct cell){.kind = CELL_LIST, .object = list};
}

void act_user_error_leaf(const struct resolve *resolve, const void *object,
                         const struct field *field, struct cell *out)
{
    const struct user_error *error = object;
    if (str_is(field->name, "code"))
        *out = cell_text(str_of(error->code));
    else if (str_is(field->name, "field"))
        *out = path_of(resolve, error->field);
    else if (str_is(field->name, "message"))
        *out = cell_text(error->message);
}

enum status act_user_error_reasons(struct resolve *resolve)
{
    for (uint32_t i = 0; i < resolve->request->parent_count; i++) {
        const struct user_error *error = resolve->request->parents[i].object;
        for (const struct user_reason *reason = error->reasons; reason != NULL;
             reason = reason->next)
            resolve_add(resolve, i, reason);
    }
    return STATUS_OK;
}

void act_user_reason_leaf(const struct resolve *resolve, const void *object,
                          const struct field *field, struct cell *out)
{
    const struct user_reason *reason = object;
    if (str_is(field->name, "code"))
        *out = cell_text(str_of(reason->code));
    else if (str_is(field->name, "label"))
        *out = cell_text(reason->label);
    else if (str_is(field->name, "ruleId"))
        *out = cell_text(str_printf(resolve->request->arena, "%" PRId64, reason->rule));
    else if (str_is(field->name, "ruleVersion"))
        *out = cell_int(reason->version);
    else if (str_is(field->name, "customer"))
        *out = act_key(reason->customer);
}

/* viewer: who is asking. */
#include "resolvers/viewer.h"

#include "base/arena.h"
#include "base/viewer.h"
#include "graphql/schema.h"
#include "resolvers/account_tabs.h"

enum { RIGHT_BITS = 64 };

enum status viewer_objects(struct resolve *resolve)
{
    resolve_add(resolve, 0, resolve->request->viewer);
    return STATUS_OK;
}

static struct cell right_names(const struct resolve *resolve, uint64_t rights)
{
    const struct account_tabs *tabs = resolve->state;
    struct arena *arena = resolve->request->arena;
    struct cell_list *list = arena_new(arena, struct cell_list);
    list->items = arena_array(arena, struct cell, RIGHT_BITS);
    for (uint32_t bit = 0; bit < RIGHT_BITS; bit++) {
        if (((rights >> bit) & 1) && tabs->right_names[bit].at != NULL)
            list->items[list->count++] = cell_text(tabs->right_names[bit]);
    }
    return (struct cell){.kind = CELL_LIST, .object = list};
}

void viewer_leaf(const struct resolve *resolve, const void *object, const struct field *field,
                 struct cell *out)
{
    static const char *const kinds[] = {[VIEWER_OPERATOR] = "OPERATOR",
                                        [VIEWER_PARTNER] = "PARTNER",
                                        [VIEWER_CUSTOMER] = "CUSTOMER"};
    const struct viewer *viewer = object;
    if (str_is(field->name, "name"))
        *out = cell_text(viewer->name);
    else if (str_is(field->name, "login"))
        *out = cell_text(viewer->login);
    else if (str_is(field->name, "kind"))
        *out = cell_text(str_of(kinds[viewer->kind]));
    else if (str_is(field->name, "language"))
        *out = cell_text(viewer->language);
    else if (str_is(field->name, "rights"))
        *out = right_names(resolve, viewer->rights);
    else if (str_is(field->name, "team") && viewer->team_id != 0)
        *out = cell_int(viewer->team_id);
    else if (str_is(field->name, "accountDocument"))
        *out = cell_text(account_document(resolve->state, viewer));
}

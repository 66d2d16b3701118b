/* tab: what an account's screen is made of, for a viewer and for a customer. */
#include "resolvers/tab.h"

#include "base/viewer.h"
#include "db/product_category.h"
#include "graphql/schema.h"
#include "resolvers/account_tabs.h"
#include "resolvers/tab_choice.h"

enum status tab_of_viewer(struct resolve *resolve)
{
    const struct account_tabs *tabs = resolve->state;
    struct tab_choice choice;
    tab_choice_make(&choice, tabs, resolve->request->viewer);
    for (uint32_t i = 0; i < tabs->count; i++) {
        if (choice.shown[i])
            resolve_add(resolve, 0, &tabs->list[i]);
    }
    return STATUS_OK;
}

/* The columns that are needed are the counts, kind by kind. */
static void add_those_that_apply(struct resolve *resolve, const struct tab_choice *choice,
                                 uint32_t parent)
{
    const struct account_tabs *tabs = resolve->state;
    const struct cell *counts = resolve->request->parents[parent].object;
    int64_t held[PRODUCT_CATEGORIES];
    for (uint32_t i = 0; i < PRODUCT_CATEGORIES; i++)
        held[i] = counts[i].integer;
    for (uint32_t i = 0; i < tabs->count; i++) {
        if (choice->shown[i] && tab_choice_applies(&tabs->list[i], held))
            resolve_add(resolve, parent, &tabs->list[i]);
    }
}

enum status tab_of_customer(struct resolve *resolve)
{
    struct tab_choice choice;
    tab_choice_make(&choice, resolve->state, resolve->request->viewer);
    for (uint32_t i = 0; i < resolve->request->parent_count; i++)
        add_those_that_apply(resolve, &choice, i);
    return STATUS_OK;
}

void tab_leaf(const struct resolve *resolve, const void *object, const struct field *field,
              struct cell *out)
{
    const struct tab *tab = object;
    const struct viewer *viewer = resolve->request->viewer;
    if (str_is(field->name, "key"))
        *out = cell_text(tab->key);
    else if (str_is(field->name, "title"))
        *out = cell_text(tab_title(tab, viewer->language));
    else if (str_is(field->name, "version"))
        *out = cell_int(tab->version);
    else if (str_is(field->name, "icon"))
        *out = cell_text(tab->icon);
    else if (str_is(field->name, "onlyFor"))
        *out = (struct cell){.kind = CELL_LIST, .object = &tab->only_for_names};
    else if (str_is(field->name, "layout"))
        *out = cell_text(tab->layout);
    else if (str_is(field->name, "document"))
        *out = cell_text(account_tab_document(resolve->state, tab, viewer));
}

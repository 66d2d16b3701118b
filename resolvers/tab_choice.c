/* tab_choice: of the releases of a tab that are meant for a viewer, the one that is meant most: a
 * role's before a partner's before everybody's, then the newest.
 */
#define _GNU_SOURCE
#include "resolvers/tab_choice.h"

#include "base/clock.h"
#include "base/viewer.h"
#include "db/product_category.h"
#include "graphql/schema.h"
#include "resolvers/account_tabs.h"

static bool is_meant_for(const struct tab *tab, const struct viewer *viewer)
{
    switch (tab->audience) {
    case AUDIENCE_ROLE:
        return viewer->roles.len > 0 &&
               memmem(viewer->roles.at, viewer->roles.len, tab->whose.at, tab->whose.len) != NULL;
    case AUDIENCE_PARTNER:
        return viewer->kind == VIEWER_PARTNER && str_starts(viewer->scope_path, tab->whose);
    default:
        return true;
    }
}

static bool is_offered(const struct tab *tab, const struct viewer *viewer, int64_t now)
{
    return needs_met(tab->needs, viewer->rights) && tab->from_us <= now && now < tab->until_us &&
           is_meant_for(tab, viewer);
}

static bool is_before(const struct tab *one, const struct tab *other)
{
    return one->audience != other->audience ? one->audience > other->audience
                                            : one->from_us > other->from_us;
}

void tab_choice_make(struct tab_choice *choice, const struct account_tabs *tabs,
                     const struct viewer *viewer)
{
    int64_t now = clock_unix_us();
    *choice = (struct tab_choice){0};
    for (uint32_t i = 0; i < tabs->count; i++) {
        const struct tab *tab = &tabs->list[i];
        bool shown = is_offered(tab, viewer, now);
        for (uint32_t j = 0; shown && j < i; j++) {
            if (!choice->shown[j] || !str_equal(tabs->list[j].key, tab->key))
                continue;
            shown = is_before(tab, &tabs->list[j]);
            choice->shown[j] = !shown;
        }
        choice->shown[i] = shown;
    }
}

const struct tab *tab_choice_find(const struct account_tabs *tabs, const struct viewer *viewer,
                                  struct str key)
{
    struct tab_choice choice;
    tab_choice_make(&choice, tabs, viewer);
    for (uint32_t i = 0; i < tabs->count; i++) {
        if (choice.shown[i] && str_equal(tabs->list[i].key, key))
            return &tabs->list[i];
    }
    return NULL;
}

bool tab_choice_applies(const struct tab *tab, const int64_t *held)
{
    for (uint32_t i = 0; i < PRODUCT_CATEGORIES; i++) {
        if (((tab->only_for >> i) & 1) && held[i] > 0)
            return true;
    }
    return tab->only_for == 0;
}

/* tab_choice: who gets which release of a tab, and for which customers a tab is. */
#include "resolvers/tab_choice.h"
#include "base/viewer.h"
#include "db/product_category.h"
#include "resolvers/account_tabs.h"
#include "unit/test.h"

enum { EVERYBODYS, NEWER, PARTNERS, ROLES, ENDED, TO_COME, OTHER, RELEASES };

static const int64_t EVER = INT64_MAX;

static struct tab list[RELEASES] = {
    [EVERYBODYS] = {.key = STR("orders"), .version = 1, .needs = 1, .from_us = 1000},
    [NEWER] = {.key = STR("orders"), .version = 2, .needs = 1, .from_us = 2000},
    [PARTNERS] = {.key = STR("orders"),
                  .version = 3,
                  .needs = 1,
                  .audience = AUDIENCE_PARTNER,
                  .whose = STR("/1/7/")},
    [ROLES] = {.key = STR("orders"),
               .version = 4,
               .needs = 1,
               .audience = AUDIENCE_ROLE,
               .whose = STR(",3,")},
    [ENDED] = {.key = STR("orders"), .version = 5, .needs = 1, .from_us = 3000, .until_us = 4000},
    [TO_COME] = {.key = STR("orders"), .version = 6, .needs = 1},
    [OTHER] = {.key = STR("bills"), .version = 1, .needs = 2},
};
static const struct account_tabs tabs = {.list = list, .count = RELEASES};

/* The version of the tab that the viewer gets; 0: none, -1: more than one. */
static int version_of(const char *key, const struct viewer *viewer)
{
    struct tab_choice choice;
    int found = 0;
    tab_choice_make(&choice, &tabs, viewer);
    for (uint32_t i = 0; i < RELEASES; i++) {
        if (choice.shown[i] && str_is(list[i].key, key))
            found = found == 0 ? (int)list[i].version : -1;
    }
    return found;
}

static void test_audiences(void)
{
    const struct viewer agent = {.rights = 3, .roles = STR(",1,30,")},
                        pilot = {.rights = 3, .roles = STR(",1,3,")},
                        partner = {.kind = VIEWER_PARTNER,
                                   .rights = 3,
                                   .scope_path = STR("/1/7/12/"),
                                   .roles = STR(",4,")},
                        neighbour = {.kind = VIEWER_PARTNER,
                                     .rights = 3,
                                     .scope_path = STR("/1/70/"),
                                     .roles = STR(",4,")},
                        nobody = {.rights = 3};
    TEST("S1-10 everybody gets the newest release for everybody",
         version_of("orders", &agent) == 2);
    TEST("who has no role gets it, too", version_of("orders", &nobody) == 2);
    TEST("S1-20 a role that a version is released to gets that version",
         version_of("orders", &pilot) == 4);
    TEST("a partner below the one it is released to gets that one",
         version_of("orders", &partner) == 3);
    TEST("another partner whose number begins alike does not",
         version_of("orders", &neighbour) == 2);
    TEST("other tabs stay what they are", version_of("bills", &pilot) == 1);
}

static void test_times(void)
{
    const struct viewer agent = {.rights = 1};
    TEST("S1-20 a release that ended and one to come are nobody's",
         version_of("orders", &agent) == 2);
    list[TO_COME].from_us = 5000;
    TEST("one whose moment has come begins by itself", version_of("orders", &agent) == 6);
    list[TO_COME].from_us = EVER - 1;
}

static void test_rights(void)
{
    const struct viewer agent = {.rights = 1};
    TEST("S1-21 without the right there is no tab", version_of("bills", &agent) == 0);
}

static void test_products(void)
{
    const int64_t mobile[PRODUCT_CATEGORIES] = {[CATEGORY_MOBILE] = 2},
                  nothing[PRODUCT_CATEGORIES] = {0};
    const struct tab fibre = {.only_for = 1u << CATEGORY_FIBRE},
                     lines = {.only_for = 1u << CATEGORY_FIBRE | 1u << CATEGORY_MOBILE};
    TEST("S1-18 a tab for fibre is not for who holds mobile lines alone",
         !tab_choice_applies(&fibre, mobile));
    TEST("one for either is", tab_choice_applies(&lines, mobile));
    TEST("who holds nothing has the tabs that are for everybody",
         tab_choice_applies(&list[OTHER], nothing) && !tab_choice_applies(&lines, nothing));
}

int main(void)
{
    for (int i = 0; i < RELEASES; i++)
        list[i].until_us = list[i].until_us == 0 ? EVER : list[i].until_us;
    list[TO_COME].from_us = EVER - 1;
    test_audiences();
    test_times();
    test_rights();
    test_products();
    return test_end();
}

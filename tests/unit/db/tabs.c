/* Tabs become versions when their files change, and only then. */
#include "unit/test.h"

#include "db/tabs.h"
#include "unit/db/migrated.h"

static struct migrated *migrated;
static char folder[128];

static enum status load(const char *from)
{
    migrated_forget(migrated);
    return tabs_load(&migrated->chore, from);
}

static void write_text(const char *name, const char *text)
{
    struct str path = str_printf(migrated->arena, "%s/orders/%s", folder, name);
    FILE *file = fopen(path.at, "w");
    if (file == NULL || fputs(text, file) == EOF || fclose(file) != 0)
        migrated_give_up(path);
}

static void write_tab(const char *title, const char *right)
{
    write_text("fragment.graphql", "fragment O on Customer { openOrderCount }\n");
    write_text(
        "tab.json",
        str_printf(migrated->arena,
                   "{\"key\": \"orders\", \"title\": {\"en\": \"%s\"}, \"icon\": \"clipboard\", "
                   "\"order\": 30,"
                   " \"right\": \"%s\", \"vars\": {}, \"layout\": {\"v\": 1, \"panels\": []}}",
                   title, right)
            .at);
}

static bool refused(const char *words)
{
    bool problem = load(folder) == STATUS_INVALID && migrated_problem(migrated, words);
    if (!problem)
        printf("# " STR_FMT "\n", STR_ARG(migrated->chore.problem));
    return problem &&
           migrated_number(migrated, "SELECT COUNT(*) FROM tab_version WHERE tab = 'orders'") == 2;
}

static void test_shipped(void)
{
    TEST("the shipped tabs are loaded",
         load("db/tabs") == STATUS_OK && migrated_told(migrated, "tab orders: version 1"));
    TEST("each is released to everyone from now on",
         migrated_number(
             migrated,
             "SELECT COUNT(*) FROM tab_release WHERE audience = 'EVERYONE' AND valid_to IS NULL"
             " AND valid_from <= CURRENT_TIMESTAMP(6)") ==
             migrated_number(migrated, "SELECT COUNT(*) FROM tab_definition"));
    struct str before = migrated_fingerprint(migrated);
    TEST("loading them again changes nothing",
         load("db/tabs") == STATUS_OK && migrated->told_length == 0 &&
             str_equal(before, migrated_fingerprint(migrated)));
}

static void test_versions(void)
{
    write_tab("Orders, changed", "orders:read");
    TEST("a changed tab is the next version",
         load(folder) == STATUS_OK && migrated_told(migrated, "tab orders: version 2"));
    TEST("released where the one before ends",
         migrated_number(migrated,
                         "SELECT COUNT(*) FROM tab_release AS older JOIN tab_release AS newer"
                         " ON newer.tab = older.tab AND newer.valid_from = older.valid_to"
                         " WHERE older.tab = 'orders' AND older.number = 1 AND newer.number = 2"
                         " AND newer.valid_to IS NULL") == 1);
    TEST_TEXT(
        "the one before is retired",
        migrated_text(migrated,
                      "SELECT lifecycle FROM tab_version WHERE tab = 'orders' AND number = 1"),
        STR("RETIRED"));
    TEST("other tabs stay as they are",
         migrated_number(migrated, "SELECT MAX(number) FROM tab_version WHERE tab <> 'orders'") ==
             1);
}

static void test_refused(void)
{
    write_tab("Orders", "orders");
    TEST("a right without a level is refused", refused("\"right\" must be a text like"));
    write_tab("Orders", "ordres:read");
    TEST("a right that does not exist is refused", refused("names no right of right_definition"));
    write_tab("", "orders:read");
    TEST("an empty title is refused", refused("every language of \"title\""));
    write_text("tab.json", "{\"key\": \"orders\",\n \"key\": \"orders\"}");
    TEST("a key that comes twice is refused, with its line",
         refused("line 2: duplicate object key"));
    write_text("tab.json", "{\"key\": \"onlyFor\", \"order\": 1}");
    TEST("a tab under another name is refused", refused("\"key\" must be the folder's name"));
    write_text("tab.json", "[]");
    TEST("a list is refused", refused("must be an object"));
    write_text("tab.json", "{\"key\": \"orders\", \"order\": 1, \"icon\": \"flag\", \"vars\": {}, "
                           "\"layout\": {}, \"onlyFor\": [\"FIBER\"]}");
    TEST("S1-18 a kind of product that nobody knows is refused",
         refused("\"onlyFor\" takes MOBILE, VOICE"));
    write_text("tab.json", "{\"key\": \"orders\", \"order\": 1, \"icon\": \"flag\", \"vars\": {}, "
                           "\"layout\": {}, \"onlyFor\": []}");
    TEST("a list of no products is refused", refused("leave it out of a tab for everybody"));
    write_tab("Orders", "orders:read");
    write_text("fragment.graphql", "");
    TEST("an empty fragment is refused", refused("fragment.graphql must hold UTF-8 text"));
    TEST("a folder that is not there is said so", load("/nowhere") == STATUS_NOT_FOUND);
}

int main(void)
{
    migrated = migrated_start();
    snprintf(folder, sizeof(folder), "%s/tabs", scratch_folder);
    struct str path = str_printf(migrated->arena, "%s/orders", folder);
    if (mkdir(folder, 0700) != 0 || mkdir(path.at, 0700) != 0)
        migrated_give_up(path);
    test_shipped();
    test_versions();
    test_refused();
    migrated_stop(migrated);
    return test_end();
}

/* tabs: a tab's two files are read, checked for what can be checked without the schema, and stored.
 */
#include "tabs.h"

#include "base/arena.h"
#include "base/encode.h"
#include "chore.h"
#include "mariadb/database.h"
#include "product_category.h"
#include <dirent.h>
#include <errno.h>
#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>

enum { FILE_LIMIT = 1 << 20, TABS_LIMIT = 256 };

struct tab_file {
    const char *key; /* the folder's name */
    struct str fragment, text;
    json_t *json; /* released with the arena */
    const char *icon;
    int64_t position, bit;
    struct str sha256;
};

struct tabs {
    struct chore *chore;
    struct arena *arena;
    const char *directory;
    struct str names[TABS_LIMIT];
    uint32_t count;
    struct cell now; /* one moment for all: no release ends before the next begins */
};

static enum status wrong(struct tabs *tabs, const struct tab_file *tab, const char *what)
{
    return chore_fail(tabs->chore, STATUS_INVALID, "%s/%s/tab.json: %s", tabs->directory, tab->key,
                      what);
}

static int compare_names(const void *a, const void *b)
{
    return str_compare(*(const struct str *)a, *(const struct str *)b);
}

static enum status list_folders(struct tabs *tabs)
{
    DIR *directory = opendir(tabs->directory);
    if (directory == NULL)
        return chore_fail(tabs->chore, STATUS_NOT_FOUND, "the folder of tabs %s cannot be read: %s",
                          tabs->directory, strerror(errno));
    struct dirent *entry;
    while ((entry = readdir(directory)) != NULL && tabs->count < TABS_LIMIT) {
        bool folder = entry->d_type == DT_DIR || entry->d_type == DT_UNKNOWN;
        if (folder && entry->d_name[0] != '.')
            tabs->names[tabs->count++] = str_copy(tabs->arena, str_of(entry->d_name));
    }
    closedir(directory);
    if (tabs->count == TABS_LIMIT)
        return chore_fail(tabs->chore, STATUS_LIMIT, "more than %d tabs in %s", TABS_LIMIT - 1,
                          tabs->directory);
    qsort(tabs->names, tabs->count, sizeof(tabs->names[0]), compare_names);
    return STATUS_OK;
}

static enum status read_text(struct tabs *tabs, const char *key, const char *file, struct str *text)
{
    struct str path = str_printf(tabs->arena, "%s/%s/%s", tabs->directory, key, file);
    FILE *opened = fopen(path.at, "re");
    if (opened == NULL)
        return chore_fail(tabs->chore, STATUS_NOT_FOUND, "%s cannot be read: %s", path.at,
                          strerror(errno));
    char *bytes = arena_text(tabs->arena, FILE_LIMIT);
    size_t length = fread(bytes, 1, FILE_LIMIT, opened);
    bool failed = ferror(opened) != 0;
    fclose(opened);
    *text = (struct str){.at = bytes, .len = length};
    if (failed)
        return chore_fail(tabs->chore, STATUS_INVALID, "%s cannot be read to its end", path.at);
    if (length == 0 || length == FILE_LIMIT || !utf8_valid(*text))
        return chore_fail(tabs->chore, STATUS_INVALID,
                          "%s must hold UTF-8 text, more than none and less than %d bytes", path.at,
                          FILE_LIMIT);
    return STATUS_OK;
}

static void release_json(void *json)
{
    json_decref(json);
}

static enum status parse_json(struct tabs *tabs, struct tab_file *tab)
{
    json_error_t error;
    tab->json = json_loadb(tab->text.at, tab->text.len, JSON_REJECT_DUPLICATES, &error);
    if (tab->json == NULL)
        return chore_fail(tabs->chore, STATUS_INVALID, "%s/%s/tab.json, line %d: %s",
                          tabs->directory, tab->key, error.line, error.text);
    arena_defer(tabs->arena, release_json, tab->json);
    return json_is_object(tab->json) ? STATUS_OK : wrong(tabs, tab, "must be an object");
}

/* "orders:read" is the right (orders, READ). */
static enum status find_right(struct tabs *tabs, struct tab_file *tab)
{
    const char *right = json_string_value(json_object_get(tab->json, "right"));
    const char *colon = right == NULL ? NULL : strchr(right, ':');
    if (colon == NULL)
        return wrong(tabs, tab, "\"right\" must be a text like \"orders:read\"");
    bool write = strcmp(colon + 1, "write") == 0;
    if (!write && strcmp(colon + 1, "read") != 0)
        return wrong(tabs, tab, "\"right\" must end in :read or :write");
    struct cell parameters[] = {
        cell_text((struct str){.at = right, .len = (size_t)(colon - right)}),
        cell_text(write ? STR("WRITE") : STR("READ")),
    };
    struct rows rows;
    enum status status = database_run(
        tabs->chore->database, tabs->arena,
        STR("SELECT bit FROM right_definition WHERE tab = ? AND level = ?"), parameters, 2, &rows);
    if (status != STATUS_OK)
        return chore_database_failed(tabs->chore, status, "rights cannot be read");
    if (rows.count == 0)
        return wrong(tabs, tab, "\"right\" names no right of right_definition");
    tab->bit = rows.cells[0].integer;
    return STATUS_OK;
}

static enum status check_title(struct tabs *tabs, struct tab_file *tab)
{
    const json_t *title = json_object_get(tab->json, "title");
    if (!json_is_string(json_object_get(title, "en")))
        return wrong(tabs, tab, "\"title\" must be an object with at least a text for \"en\"");
    const char *language;
    const json_t *text;
    json_object_foreach((json_t *)title, language, text)
    {
        if (json_string_length(text) == 0)
            return wrong(tabs, tab, "every language of \"title\" must have a text");
    }
    return STATUS_OK;
}

static enum status check_only_for(struct tabs *tabs, struct tab_file *tab)
{
    const json_t *kinds = json_object_get(tab->json, "onlyFor");
    size_t i;
    json_t *name;
    if (kinds != NULL && json_array_size(kinds) == 0)
        return wrong(tabs, tab,
                     "\"onlyFor\" must be a list like [\"FIBRE\"]; leave it out of a tab for "
                     "everybody");
    json_array_foreach((json_t *)kinds, i, name)
    {
        if (!json_is_string(name) ||
            product_category_find(str_of(json_string_value(name))) == PRODUCT_CATEGORIES)
            return wrong(tabs, tab,
                         "\"onlyFor\" takes MOBILE, VOICE, BROADBAND, FIBRE, TV and CONTENT");
    }
    return STATUS_OK;
}

static enum status check_json(struct tabs *tabs, struct tab_file *tab)
{
    const char *key = json_string_value(json_object_get(tab->json, "key"));
    const json_t *order = json_object_get(tab->json, "order");
    if (key == NULL || strcmp(key, tab->key) != 0)
        return wrong(tabs, tab, "\"key\" must be the folder's name");
    if (!json_is_integer(order))
        return wrong(tabs, tab, "\"order\" must be a whole number, the place among the tabs");
    if (!json_is_object(json_object_get(tab->json, "vars")))
        return wrong(tabs, tab,
                     "\"vars\" must be an object, {} when the fragment has no variables");
    if (!json_is_object(json_object_get(tab->json, "layout")))
        return wrong(tabs, tab, "\"layout\" must be an object");
    tab->icon = json_string_value(json_object_get(tab->json, "icon"));
    if (tab->icon == NULL)
        return wrong(tabs, tab, "\"icon\" must be the name of an icon");
    tab->position = json_integer_value(order);
    TRY(check_only_for(tabs, tab));
    TRY(check_title(tabs, tab));
    return find_right(tabs, tab);
}

static enum status read_tab(struct tabs *tabs, struct tab_file *tab)
{
    TRY(read_text(tabs, tab->key, "fragment.graphql", &tab->fragment));
    TRY(read_text(tabs, tab->key, "tab.json", &tab->text));
    TRY(parse_json(tabs, tab));
    TRY(check_json(tabs, tab));
    struct str both = str_printf(tabs->arena, STR_FMT "%c" STR_FMT, STR_ARG(tab->fragment), 0,
                                 STR_ARG(tab->text));
    tab->sha256 = sha256_hex(tabs->arena, both);
    return STATUS_OK;
}

static struct cell json_cell(struct tabs *tabs, const struct tab_file *tab, const char *name)
{
    char *text = json_dumps(json_object_get(tab->json, name), JSON_COMPACT);
    if (text == NULL)
        abort(); /* out of memory, as an arena does */
    struct str copy = str_copy(tabs->arena, str_of(text));
    free(text);
    return cell_text(copy);
}

static enum status run(struct tabs *tabs, struct str sql, const struct cell *parameters,
                       uint32_t count, struct rows *rows)
{
    enum status status =
        database_run(tabs->chore->database, tabs->arena, sql, parameters, count, rows);
    if (status == STATUS_OK)
        return STATUS_OK;
    return chore_database_failed(tabs->chore, status, "a tab cannot be stored");
}

static enum status add_version(struct tabs *tabs, const struct tab_file *tab, int64_t number)
{
    struct cell key = cell_text(str_of(tab->key));
    struct cell version[] = {
        key,
        cell_int(number),
        cell_text(tab->fragment),
        json_cell(tabs, tab, "vars"),
        json_cell(tabs, tab, "layout"),
        json_cell(tabs, tab, "title"),
        cell_text(str_of(tab->icon)),
        cell_int(tab->bit),
        json_object_get(tab->json, "onlyFor") == NULL ? (struct cell){.kind = CELL_NULL}
                                                      : json_cell(tabs, tab, "onlyFor"),
        cell_text(tab->sha256),
    };
    TRY(run(tabs,
            STR("INSERT INTO tab_definition (tab) VALUES (?) ON DUPLICATE KEY UPDATE tab = tab"),
            &key, 1, NULL));
    TRY(run(
        tabs,
        STR("UPDATE tab_version SET lifecycle = 'RETIRED' WHERE tab = ? AND lifecycle = 'ACTIVE'"),
        &key, 1, NULL));
    return run(
        tabs,
        STR("INSERT INTO tab_version\n"
            "  (tab, number, lifecycle, fragment, vars, layout, title, icon, bit, only_for,\n"
            "   sha256)\n"
            "VALUES (?, ?, 'ACTIVE', ?, ?, ?, ?, ?, ?, ?, ?)"),
        version, sizeof(version) / sizeof(version[0]), NULL);
}

static enum status release_to_everyone(struct tabs *tabs, const struct tab_file *tab,
                                       int64_t number)
{
    struct cell key = cell_text(str_of(tab->key));
    struct cell ending[] = {tabs->now, key, tabs->now};
    struct cell release[] = {key, cell_int(number), tabs->now, cell_int(tab->position)};
    TRY(run(tabs,
            STR("UPDATE tab_release\n"
                "SET valid_to = ?\n"
                "WHERE tab = ? AND audience = 'EVERYONE' AND valid_to IS NULL AND valid_from < ?"),
            ending, 3, NULL));
    return run(tabs,
               STR("INSERT INTO tab_release (tab, number, audience, valid_from, position)\n"
                   "VALUES (?, ?, 'EVERYONE', ?, ?)"),
               release, 4, NULL);
}

static enum status store(struct tabs *tabs, const struct tab_file *tab)
{
    struct cell key = cell_text(str_of(tab->key));
    struct rows rows;
    TRY(run(tabs,
            STR("SELECT number, sha256\n"
                "FROM tab_version\n"
                "WHERE tab = ?\n"
                "ORDER BY number DESC\n"
                "LIMIT 1\n"
                "FOR UPDATE"),
            &key, 1, &rows));
    if (rows.count > 0 && str_equal(cell_str(&rows.cells[1]), tab->sha256))
        return STATUS_OK;
    int64_t number = rows.count == 0 ? 1 : rows.cells[0].integer + 1;
    TRY(add_version(tabs, tab, number));
    TRY(release_to_everyone(tabs, tab, number));
    chore_tell(tabs->chore, "tab %s: version %d is released to everyone", tab->key, (int)number);
    return STATUS_OK;
}

static enum status load_all(struct tabs *tabs)
{
    struct rows rows;
    TRY(run(tabs, STR("SELECT CURRENT_TIMESTAMP(6)"), NULL, 0, &rows));
    tabs->now = rows.cells[0];
    for (uint32_t i = 0; i < tabs->count; i++) {
        struct tab_file tab = {.key = tabs->names[i].at};
        TRY(read_tab(tabs, &tab));
        TRY(store(tabs, &tab));
    }
    return STATUS_OK;
}

static enum status load_in_one_transaction(struct tabs *tabs)
{
    struct database *database = tabs->chore->database;
    enum status status = database_begin(database);
    if (status != STATUS_OK)
        return chore_database_failed(tabs->chore, status,
                                     "the database cannot begin a transaction");
    status = load_all(tabs);
    if (status != STATUS_OK) {
        database_rollback(database);
        return status;
    }
    status = database_commit(database);
    return status == STATUS_OK
               ? STATUS_OK
               : chore_database_failed(tabs->chore, status, "tabs cannot be stored");
}

enum status tabs_load(struct chore *chore, const char *directory)
{
    struct arena *arena = arena_create();
    struct tabs *tabs = arena_new(arena, struct tabs);
    tabs->chore = chore;
    tabs->arena = arena;
    tabs->directory = directory;
    enum status status = list_folders(tabs);
    if (status == STATUS_OK)
        status = load_in_one_transaction(tabs);
    arena_destroy(arena);
    return status;
}

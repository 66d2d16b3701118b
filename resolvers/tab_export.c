/* tab_export: the lists of a tab that can be had as files, and what is asked for to make them.
 *
 * The document of a list is the tab's fragment without everything that is not on the way to the
 * list or in one of its columns, so that a page costs no more than what is written of it.
 */
#include "resolvers/tab_export.h"

#include "base/arena.h"
#include "base/buf.h"
#include "base/viewer.h"
#include "graphql/errors.h"
#include "graphql/parser.h"
#include "graphql/printer.h"
#include "resolvers/account_tabs.h"
#include "resolvers/tab_choice.h"

#define PAGE_ROWS "200" /* as many as a connection gives at once */

enum { PATHS_MAX = 8 };

/* ---- selecting ---- */

static struct ast_selection *find_field(const struct ast_selection_set *set, struct str key)
{
    for (uint32_t i = 0; i < set->count; i++)
        if (set->items[i].kind == AST_FIELD && str_equal(ast_response_key(&set->items[i]), key))
            return &set->items[i];
    return NULL;
}

static struct ast_selection *keep_only(struct ast_selection_set *set, struct str key)
{
    struct ast_selection *field = find_field(set, key);
    if (field != NULL) {
        set->items[0] = *field;
        set->count = 1;
    }
    return field == NULL ? NULL : &set->items[0];
}

/* The list at the end of the path, and nothing beside the way to it. NULL: it leads nowhere. */
static struct ast_selection *keep_way(struct ast_selection_set *set, const char *path)
{
    struct ast_selection *field = NULL;
    for (;;) {
        struct str key = {.at = path, .len = strcspn(path, ".")};
        field = keep_only(set, key);
        if (field == NULL || key.at[key.len] == '\0')
            return field;
        struct ast_selection *nodes = keep_only(&field->selections, STR("nodes"));
        set = nodes == NULL ? &field->selections : &nodes->selections;
        path += key.len + 1;
    }
}

static bool begins_path(struct str key, const json_t *paths)
{
    size_t index;
    const json_t *path;
    const char *only = json_string_value(paths);
    if (only != NULL)
        return strncmp(only, key.at, key.len) == 0 && strchr(".", only[key.len]) != NULL;
    json_array_foreach(paths, index, path)
    {
        if (begins_path(key, path))
            return true;
    }
    return false;
}

static bool is_wanted(const struct ast_selection *selection, const json_t *columns)
{
    size_t index;
    const json_t *column;
    if (selection->kind != AST_FIELD)
        return true;
    json_array_foreach(columns, index, column)
    {
        if (begins_path(ast_response_key(selection), json_object_get(column, "key")))
            return true;
    }
    return false;
}

static void keep_wanted(struct ast_selection_set *set, const json_t *columns)
{
    uint32_t kept = 0;
    for (uint32_t i = 0; i < set->count; i++) {
        if (is_wanted(&set->items[i], columns))
            set->items[kept++] = set->items[i];
    }
    set->count = kept;
}

/* Nodes and where the next page begins; false when the fragment asks for neither. */
static bool keep_page(struct ast_selection *list, const json_t *columns)
{
    struct ast_selection *nodes = find_field(&list->selections, STR("nodes"));
    struct ast_selection *ends = find_field(&list->selections, STR("pageInfo"));
    if (nodes == NULL || ends == NULL)
        return false;
    struct ast_selection both[] = {*nodes, *ends};
    keep_wanted(&both[0].selections, columns);
    memcpy(list->selections.items, both, sizeof(both));
    list->selections.count = 2;
    return both[0].selections.count > 0;
}

static void set_page(struct arena *arena, struct ast_arguments *arguments)
{
    static const char *const own[] = {"first", "last", "before", "after"};
    struct ast_argument *items = arena_array(arena, struct ast_argument, arguments->count + 2);
    uint32_t count = 0;
    for (uint32_t i = 0; i < arguments->count; i++) {
        bool replaced = false;
        for (size_t j = 0; j < sizeof(own) / sizeof(own[0]); j++)
            replaced |= str_is(arguments->items[i].name.text, own[j]);
        if (!replaced)
            items[count++] = arguments->items[i];
    }
    items[count++] = (struct ast_argument){
        .name.text = STR("first"), .value = {.kind = AST_VALUE_INT, .text = STR(PAGE_ROWS)}};
    items[count++] = (struct ast_argument){
        .name.text = STR("after"), .value = {.kind = AST_VALUE_VARIABLE, .text = STR(SHEET_AFTER)}};
    *arguments = (struct ast_arguments){.items = items, .count = count};
}

/* ---- variables ---- */

static bool value_uses(const struct ast_value *value, struct str name)
{
    if (value->kind == AST_VALUE_VARIABLE)
        return str_equal(value->text, name);
    for (uint32_t i = 0; i < value->count && value->kind == AST_VALUE_LIST; i++)
        if (value_uses(&value->items[i], name))
            return true;
    for (uint32_t i = 0; i < value->count && value->kind == AST_VALUE_OBJECT; i++)
        if (value_uses(&value->fields[i].value, name))
            return true;
    return false;
}

static bool arguments_use(const struct ast_arguments *arguments, struct str name)
{
    for (uint32_t i = 0; i < arguments->count; i++)
        if (value_uses(&arguments->items[i].value, name))
            return true;
    return false;
}

static bool selections_use(const struct ast_selection_set *set, struct str name)
{
    for (uint32_t i = 0; i < set->count; i++) {
        const struct ast_selection *selection = &set->items[i];
        bool uses = arguments_use(&selection->arguments, name) ||
                    selections_use(&selection->selections, name);
        for (uint32_t j = 0; j < selection->directives.count; j++)
            uses |= arguments_use(&selection->directives.items[j].arguments, name);
        if (uses)
            return true;
    }
    return false;
}

static void add_variables(const struct tab *tab, const struct ast_selection_set *set,
                          struct buf *out)
{
    const char *name;
    json_t *variable;
    json_object_foreach(tab->variables, name, variable)
    {
        if (!selections_use(set, str_of(name)))
            continue;
        const char *type = json_string_value(json_object_get(variable, "type"));
        char *value = json_dumps(json_object_get(variable, "default"), JSON_ENCODE_ANY);
        buf_printf(out, ", $%s: %s = %s", name, type == NULL ? "" : type,
                   value == NULL ? "null" : value);
        free(value);
    }
}

/* ---- the document ---- */

static bool refuse(struct arena *arena, const struct tab *tab, const char *panel, const char *why,
                   struct str *problem)
{
    *problem = str_printf(arena, "tab " STR_FMT ": the panel %s cannot be exported: %s",
                          STR_ARG(tab->key), panel, why);
    return false;
}

static struct str print(struct arena *arena, const struct tab *tab,
                        const struct ast_selection_set *set)
{
    struct buf out;
    buf_init(&out, arena, 1024);
    buf_add(&out, STR("query Export($" SHEET_CUSTOMER ": ID!, $" SHEET_AS_OF
                      ": DateTime, $" SHEET_AFTER ": String, $" SHEET_FIRST ": Boolean!, $" SHEET_LANGUAGE ": String!"));
    add_variables(tab, set, &out);
    buf_add(&out, STR(") {\n  " SHEET_LABELS ": enumLabels(language: $" SHEET_LANGUAGE
                      ") @include(if: $" SHEET_FIRST ") { type value label }\n"
                      "  customer(id: $" SHEET_CUSTOMER ", asOf: $" SHEET_AS_OF ") {\n    " SHEET_NUMBER ": number\n"
                      "    ... on Customer "));
    print_selections(&out, set, 2);
    buf_add(&out, STR("\n  }\n}\n"));
    return buf_str(&out);
}

static bool compose(struct tab_export *export, struct arena *arena, const struct tab *tab,
                    struct str *problem)
{
    struct errors errors;
    errors_init(&errors, arena, 1);
    const struct parse_limits unlimited = {0};
    const char *path = json_string_value(json_object_get(export->layout, "at"));
    struct document *document = parse(arena, tab->fragment, &unlimited, &errors);
    if (document == NULL || document->definition_count != 1 ||
        document->definitions[0].kind != AST_FRAGMENT)
        return refuse(arena, tab, export->panel, "the tab has to be a single fragment", problem);
    struct ast_selection_set *set = &document->definitions[0].fragment.selections;
    struct ast_selection *list = path == NULL ? NULL : keep_way(set, path);
    if (list == NULL)
        return refuse(arena, tab, export->panel, "its \"at\" leads to nothing", problem);
    if (!keep_page(list, json_object_get(export->layout, "export")))
        return refuse(arena, tab, export->panel,
                      "the fragment has to ask for nodes, for what the columns show, and for "
                      "pageInfo { hasNextPage endCursor }",
                      problem);
    set_page(arena, &list->arguments);
    export->document = print(arena, tab, set);
    return true;
}

static bool add_from(struct tab_export **exports, struct arena *arena, const struct tab *tab,
                     const json_t *panels, struct str *problem)
{
    size_t index;
    const json_t *panel;
    json_array_foreach(panels, index, panel)
    {
        if (!add_from(exports, arena, tab, json_object_get(panel, "panels"), problem))
            return false;
        if (!json_is_array(json_object_get(panel, "export")))
            continue;
        struct tab_export *export = arena_new(arena, struct tab_export);
        *export = (struct tab_export){
            .panel = json_string_value(json_object_get(panel, "id")),
            .layout = panel,
            .next = *exports,
        };
        *exports = export;
        if (!compose(export, arena, tab, problem))
            return false;
    }
    return true;
}

static void release_json(void *json)
{
    json_decref(json);
}

bool tab_exports_make(struct tab_export **exports, struct arena *arena, const struct tab *tab,
                      struct str *problem)
{
    json_t *layout = json_loadb(tab->layout.at, tab->layout.len, 0, NULL);
    arena_defer(arena, release_json, layout);
    *exports = NULL;
    return add_from(exports, arena, tab, json_object_get(layout, "panels"), problem);
}

/* ---- finding ---- */

/* A text for people: the same in all languages, or one for each. */
static struct str text_in(const json_t *text, struct str language)
{
    const char *found = json_string_value(text);
    if (found == NULL)
        found = json_string_value(json_object_getn(text, language.at, language.len));
    if (found == NULL && language.len > 2)
        found = json_string_value(json_object_getn(text, language.at, 2));
    if (found == NULL)
        found = json_string_value(json_object_get(text, "en"));
    return str_of(found);
}

static const char *const *paths_of(struct arena *arena, const json_t *key)
{
    const char **paths = arena_array(arena, const char *, PATHS_MAX + 1);
    if (json_is_string(key))
        paths[0] = json_string_value(key);
    for (size_t i = 0; i < json_array_size(key) && i < PATHS_MAX; i++)
        paths[i] = json_string_value(json_array_get(key, i));
    return paths;
}

static void read_columns(struct sheet *sheet, struct arena *arena, const json_t *columns,
                         struct str language)
{
    size_t index;
    const json_t *column;
    sheet->columns = arena_array(arena, struct sheet_column, json_array_size(columns));
    json_array_foreach(columns, index, column)
    {
        sheet->columns[sheet->column_count++] = (struct sheet_column){
            .heading = text_in(json_object_get(column, "label"), language),
            .currency = text_in(json_object_get(column, "currency"), language),
            .type = json_string_value(json_object_get(column, "enum")),
            .paths = paths_of(arena, json_object_get(column, "key")),
        };
    }
}

enum status tab_export_find(const struct account_tabs *tabs, const struct viewer *viewer,
                            struct str tab, struct str panel, struct arena *arena,
                            struct sheet *sheet)
{
    const struct tab *found = tab_choice_find(tabs, viewer, tab);
    const struct tab_export *export = found == NULL ? NULL : found->exports;
    while (export != NULL && !str_is(panel, export->panel))
        export = export->next;
    if (export == NULL)
        return STATUS_NOT_FOUND;
    *sheet = (struct sheet){
        .document = export->document,
        .name = str_printf(arena, STR_FMT "-%s", STR_ARG(found->key), export->panel),
        .path = json_string_value(json_object_get(export->layout, "at")),
    };
    read_columns(sheet, arena, json_object_get(export->layout, "export"), viewer->language);
    return STATUS_OK;
}

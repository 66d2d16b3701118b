/* account_tabs: from the released tabs to one document that asks for a whole account.
 *
 * The document is the header every account has plus the fields of each tab the viewer may see. A
 * tab's fields get the alias <key>_<name> and its variables the name $<key>_<name>, so that tabs
 * never meet. Viewers who see the same tabs share a document, compiled once.
 */
#include "resolvers/account_tabs.h"

#include "base/arena.h"
#include "base/buf.h"
#include "base/log.h"
#include "base/viewer.h"
#include "graphql/errors.h"
#include "graphql/parser.h"
#include "graphql/printer.h"
#include "mariadb/database.h"
#include "resolvers/index.h"
#include "resolvers/tab_export.h"
#include "run/engine.h"
#include <ctype.h>

enum { RIGHT_BITS = 64 };

static const char header_fields[] =
    "    id number kind status name segment language customerSince\n"
    "    partner { name }\n"
    "    contactMedia { kind value preferred }\n"
    "    billingAccounts { number balance { minor currency } overdue { minor currency } "
    "paymentStatus\n"
    "      dunningState }\n";

/* ---- loading ---- */

static const char released_tabs[] =
    "SELECT v.tab, v.number, v.icon, v.fragment, v.layout, v.title, v.vars, v.bit\n"
    "FROM tab_release AS r\n"
    "JOIN tab_version AS v ON v.tab = r.tab AND v.number = r.number\n"
    "WHERE r.audience = 'EVERYONE'\n"
    "AND r.valid_from <= UTC_TIMESTAMP(6)\n"
    "AND (r.valid_to IS NULL OR r.valid_to > UTC_TIMESTAMP(6))\n"
    "ORDER BY r.position, r.tab, r.valid_from DESC";

static void release_json(void *json)
{
    json_decref(json);
}

static json_t *load_json(struct arena *arena, const struct cell *cell)
{
    json_t *json = json_loadb(cell->text, cell->len, 0, NULL);
    if (json != NULL)
        arena_defer(arena, release_json, json);
    return json;
}

/* The newest release of a tab comes first; older ones that still hold are passed over. */
static void add_tab(struct account_tabs *tabs, const struct cell *cells)
{
    struct str key = cell_str(&cells[0]);
    for (uint32_t i = 0; i < tabs->count; i++) {
        if (str_equal(tabs->list[i].key, key))
            return;
    }
    tabs->list[tabs->count++] = (struct tab){
        .key = key,
        .version = (uint32_t)cells[1].integer,
        .icon = cell_str(&cells[2]),
        .fragment = cell_str(&cells[3]),
        .layout = cell_str(&cells[4]),
        .title = load_json(tabs->arena, &cells[5]),
        .variables = load_json(tabs->arena, &cells[6]),
        .needs = UINT64_C(1) << cells[7].integer,
    };
}

static enum status load_right_names(struct account_tabs *tabs, struct database *database)
{
    struct rows rows;
    TRY(database_run(database, tabs->arena,
                     STR("SELECT bit, CONCAT(tab, ':', LOWER(level)) FROM right_definition"), NULL,
                     0, &rows));
    tabs->right_names = arena_array(tabs->arena, struct str, RIGHT_BITS);
    for (uint32_t i = 0; i < rows.count; i++) {
        const struct cell *cells = rows.cells + (size_t)i * rows.width;
        if (cells[0].integer >= 0 && cells[0].integer < RIGHT_BITS)
            tabs->right_names[cells[0].integer] = cell_str(&cells[1]);
    }
    return STATUS_OK;
}

static void destroy_lock(void *lock)
{
    pthread_mutex_destroy(lock);
}

struct account_tabs *account_tabs_load(struct arena *arena, struct database *database,
                                       struct str *problem)
{
    struct account_tabs *tabs = arena_new(arena, struct account_tabs);
    struct rows rows;
    tabs->arena = arena;
    pthread_mutex_init(&tabs->lock, NULL);
    arena_defer(arena, destroy_lock, &tabs->lock);
    if (load_right_names(tabs, database) != STATUS_OK ||
        database_run(database, arena, str_of(released_tabs), NULL, 0, &rows) != STATUS_OK) {
        *problem = str_copy(arena, database_problem(database));
        return NULL;
    }
    tabs->list = arena_array(arena, struct tab, rows.count);
    for (uint32_t i = 0; i < rows.count; i++)
        add_tab(tabs, rows.cells + (size_t)i * rows.width);
    return tabs;
}

/* ---- composing ---- */

static struct str prefixed(struct arena *arena, const struct tab *tab, struct str name)
{
    return str_printf(arena, STR_FMT "_" STR_FMT, STR_ARG(tab->key), STR_ARG(name));
}

static void rename_in_value(struct arena *arena, const struct tab *tab, struct ast_value *value)
{
    if (value->kind == AST_VALUE_VARIABLE)
        value->text = prefixed(arena, tab, value->text);
    for (uint32_t i = 0; i < value->count && value->kind == AST_VALUE_LIST; i++)
        rename_in_value(arena, tab, &value->items[i]);
    for (uint32_t i = 0; i < value->count && value->kind == AST_VALUE_OBJECT; i++)
        rename_in_value(arena, tab, &value->fields[i].value);
}

static void rename_in_arguments(struct arena *arena, const struct tab *tab,
                                struct ast_arguments *arguments)
{
    for (uint32_t i = 0; i < arguments->count; i++)
        rename_in_value(arena, tab, &arguments->items[i].value);
}

static void rename_variables(struct arena *arena, const struct tab *tab,
                             struct ast_selection_set *set)
{
    for (uint32_t i = 0; i < set->count; i++) {
        struct ast_selection *selection = &set->items[i];
        rename_in_arguments(arena, tab, &selection->arguments);
        for (uint32_t j = 0; j < selection->directives.count; j++)
            rename_in_arguments(arena, tab, &selection->directives.items[j].arguments);
        rename_variables(arena, tab, &selection->selections);
    }
}

/* The fields of the tab's one fragment under their aliases, as text. */
static bool add_fields(struct arena *arena, const struct tab *tab, struct buf *out,
                       struct str *problem)
{
    struct errors errors;
    errors_init(&errors, arena, 1);
    const struct parse_limits unlimited = {0};
    struct document *document = parse(arena, tab->fragment, &unlimited, &errors);
    if (document == NULL || document->definition_count != 1 ||
        document->definitions[0].kind != AST_FRAGMENT) {
        *problem =
            str_printf(arena, "tab " STR_FMT ": " STR_FMT, STR_ARG(tab->key),
                       STR_ARG(errors.first != NULL ? errors.first->message
                                                    : STR("it has to be a single fragment")));
        return false;
    }
    struct ast_selection_set *set = &document->definitions[0].fragment.selections;
    for (uint32_t i = 0; i < set->count; i++) {
        if (set->items[i].kind != AST_FIELD) {
            *problem =
                str_printf(arena, "tab " STR_FMT ": its outermost selections have to be fields",
                           STR_ARG(tab->key));
            return false;
        }
        set->items[i].alias.text = prefixed(arena, tab, ast_response_key(&set->items[i]));
    }
    rename_variables(arena, tab, set);
    buf_add(out, STR("    ... on Customer "));
    print_selections(out, set, 1);
    buf_add_char(out, '\n');
    return true;
}

static void add_variables(struct arena *arena, const struct tab *tab, struct buf *out)
{
    const char *name;
    json_t *variable;
    json_object_foreach(tab->variables, name, variable)
    {
        const char *type = json_string_value(json_object_get(variable, "type"));
        char *value = json_dumps(json_object_get(variable, "default"), JSON_ENCODE_ANY);
        buf_printf(out, ", $" STR_FMT ": %s", STR_ARG(prefixed(arena, tab, str_of(name))),
                   type == NULL ? "" : type);
        if (value != NULL)
            buf_printf(out, " = %s", value);
        free(value);
    }
}

/* Bit i of `shown` is tab i. */
static bool compose(const struct account_tabs *tabs, uint64_t shown, struct arena *arena,
                    struct str *text, struct str *problem)
{
    struct buf out;
    buf_init(&out, arena, 4096);
    buf_add(&out, STR("query Account($id: ID!"));
    for (uint32_t i = 0; i < tabs->count; i++) {
        if ((shown >> i) & 1)
            add_variables(arena, &tabs->list[i], &out);
    }
    buf_add(&out, STR(") {\n  customer(id: $id) {\n"));
    buf_add(&out, str_of(header_fields));
    for (uint32_t i = 0; i < tabs->count; i++) {
        if ((shown >> i) & 1 && !add_fields(arena, &tabs->list[i], &out, problem))
            return false;
    }
    buf_add(&out, STR("  }\n}\n"));
    *text = buf_str(&out);
    return true;
}

static enum status trust(struct account_tabs *tabs, uint64_t shown, struct arena *arena,
                         struct str *id, struct str *problem)
{
    struct str text;
    if (!compose(tabs, shown, arena, &text, problem))
        return STATUS_INVALID;
    return engine_trust(tabs->engine, text, arena, id, problem);
}

static void compose_for_viewer(void *context, const struct viewer *viewer)
{
    account_document(context, viewer->rights);
}

/* Compiled once now, so that a list that cannot be had is not found out by who wants it. */
static enum status publish_exports(struct account_tabs *tabs, struct tab *tab, struct str *problem)
{
    if (!tab_exports_make(&tab->exports, tabs->arena, tab, problem))
        return STATUS_INVALID;
    for (const struct tab_export *export = tab->exports; export != NULL; export = export->next) {
        struct str reason, id;
        if (engine_trust(tabs->engine, export->document, tabs->arena, &id, &reason) == STATUS_OK)
            continue;
        *problem =
            str_printf(tabs->arena, "tab " STR_FMT ": the panel %s cannot be exported: " STR_FMT,
                       STR_ARG(tab->key), export->panel, STR_ARG(reason));
        return STATUS_INVALID;
    }
    return STATUS_OK;
}

enum status account_tabs_publish(struct account_tabs *tabs, struct engine *engine,
                                 struct str *problem)
{
    tabs->engine = engine;
    engine_set_composer(engine, compose_for_viewer, tabs);
    for (uint32_t i = 0; i < tabs->count; i++) {
        TRY(publish_exports(tabs, &tabs->list[i], problem));
        struct str reason;
        if (trust(tabs, UINT64_C(1) << i, tabs->arena, &tabs->list[i].document, &reason) !=
            STATUS_OK) {
            *problem =
                str_printf(tabs->arena, "tab " STR_FMT " version %u cannot be shown: " STR_FMT,
                           STR_ARG(tabs->list[i].key), tabs->list[i].version, STR_ARG(reason));
            return STATUS_INVALID;
        }
    }
    return STATUS_OK;
}

static const struct account_document *find_document(const struct account_tabs *tabs, uint64_t shown)
{
    const struct account_document *document = tabs->documents;
    while (document != NULL && document->shown != shown)
        document = document->next;
    return document;
}

static struct str make_document(struct account_tabs *tabs, uint64_t shown)
{
    struct account_document *document = arena_new(tabs->arena, struct account_document);
    struct arena *arena = arena_create();
    struct str problem = {0};
    *document = (struct account_document){.shown = shown, .next = tabs->documents};
    if (trust(tabs, shown, arena, &document->id, &problem) != STATUS_OK)
        log_event(LOG_ERROR, "the account document cannot be made", "problem",
                  log_format(STR_FMT, STR_ARG(problem)), NULL);
    tabs->documents = document;
    arena_destroy(arena);
    return document->id;
}

struct str account_document(struct account_tabs *tabs, uint64_t rights)
{
    uint64_t shown = 0;
    for (uint32_t i = 0; i < tabs->count; i++) {
        if ((tabs->list[i].needs & ~rights) == 0)
            shown |= UINT64_C(1) << i;
    }
    pthread_mutex_lock(&tabs->lock);
    const struct account_document *known = find_document(tabs, shown);
    struct str id = known != NULL ? known->id : make_document(tabs, shown);
    pthread_mutex_unlock(&tabs->lock);
    return id;
}

struct str tab_title(const struct tab *tab, struct str language)
{
    const char *title = json_string_value(json_object_getn(tab->title, language.at, language.len));
    if (title == NULL && language.len > 2)
        title = json_string_value(json_object_getn(tab->title, language.at, 2));
    if (title == NULL)
        title = json_string_value(json_object_get(tab->title, "en"));
    return title == NULL ? tab->key : str_of(title);
}

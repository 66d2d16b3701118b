/* account_tabs: from the released tabs to one document that asks for a whole account.
 *
 * The document is the header every account has plus the fields of each tab the viewer may see,
 * without what in them the viewer has no right to. A tab's fields get the alias <key>_<name> and
 * its variables the name $<key>_<name>, so that tabs never meet. Viewers who see the same share a
 * document, compiled once. Given a moment as $asOf it asks for the account as it was then.
 */
#include "resolvers/account_tabs.h"

#include "base/arena.h"
#include "base/buf.h"
#include "base/log.h"
#include "base/viewer.h"
#include "db/product_category.h"
#include "graphql/errors.h"
#include "graphql/parser.h"
#include "graphql/printer.h"
#include "graphql/schema.h"
#include "mariadb/database.h"
#include "plan/plan.h"
#include "resolvers/catalogue.h"
#include "resolvers/index.h"
#include "resolvers/tab_action.h"
#include "resolvers/tab_export.h"
#include "run/engine.h"

enum { RIGHT_BITS = 64 };

/* Fields are pruned like those of tabs. */
static const char header_fragment[] =
    "fragment Header on Customer {\n"
    "  id number kind status name segment language customerSince verificationState\n"
    "  partner { name }\n"
    "  mergedInto { id number name }\n"
    "  contactMedia { kind value preferred validFor { until } }\n"
    "  billingAccounts { number balance { minor currency } overdue { minor currency }\n"
    "    paymentStatus dunningState }\n"
    "  interactions(first: 1, where: {result: {not: {equal: OPEN}}}) {\n"
    "    nodes { startedAt channel reason }\n"
    "  }\n"
    "  running: interactions(first: 5, where: {result: {equal: OPEN}}) {\n"
    "    nodes { id startedAt channel own }\n"
    "  }\n"
    "  tabs { key }\n"
    "}\n";

/* ---- loading ---- */

/* Tabs for kinds of product that are neither sold nor held are nobody's. */
/* clang-format off */
static const char released_tabs[] =
    "SELECT v.tab, v.number, v.icon, v.fragment, v.layout, v.title, v.vars, v.bit,\n"
    "  COALESCE(v.only_for, '[]'), r.audience, COALESCE(CONCAT(',', r.role_id, ','), p.path, ''),\n"
    "  r.valid_from, r.valid_to\n"
    "FROM tab_release AS r\n"
    "JOIN tab_version AS v ON v.tab = r.tab AND v.number = r.number\n"
    "LEFT JOIN partner AS p ON p.id = r.partner_id\n"
    "WHERE (r.valid_to IS NULL OR r.valid_to > UTC_TIMESTAMP(6))\n"
    "AND (v.only_for IS NULL OR " CATALOGUE_HAS("v.only_for") ")\n"
    "ORDER BY r.position, r.tab, r.valid_from DESC, r.id DESC";
/* clang-format on */

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

static void add_kinds(struct arena *arena, struct tab *tab, const json_t *names)
{
    size_t i;
    json_t *name;
    tab->only_for_names.items = arena_array(arena, struct cell, json_array_size(names));
    json_array_foreach((json_t *)names, i, name)
    {
        struct str text = str_of(json_string_value(name));
        tab->only_for |= 1u << product_category_find(text);
        tab->only_for_names.items[tab->only_for_names.count++] = cell_text(text);
    }
}

static enum tab_audience audience_of(struct str name)
{
    return str_is(name, "ROLE")      ? AUDIENCE_ROLE
           : str_is(name, "PARTNER") ? AUDIENCE_PARTNER
                                     : AUDIENCE_EVERYONE;
}

static void add_tab(struct account_tabs *tabs, const struct cell *cells)
{
    struct tab *tab = &tabs->list[tabs->count++];
    *tab = (struct tab){
        .key = cell_str(&cells[0]),
        .version = (uint32_t)cells[1].integer,
        .icon = cell_str(&cells[2]),
        .fragment = cell_str(&cells[3]),
        .layout = cell_str(&cells[4]),
        .title = load_json(tabs->arena, &cells[5]),
        .variables = load_json(tabs->arena, &cells[6]),
        .needs = UINT64_C(1) << cells[7].integer,
        .audience = audience_of(cell_str(&cells[9])),
        .whose = cell_str(&cells[10]),
        .from_us = cells[11].integer,
        .until_us = cells[12].kind == CELL_NULL ? INT64_MAX : cells[12].integer,
    };
    add_kinds(tabs->arena, tab, load_json(tabs->arena, &cells[8]));
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
    if (rows.count > TAB_RELEASES) {
        *problem = str_printf(arena, "more than %d releases of tabs hold; end some of tab_release",
                              TAB_RELEASES);
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

static bool value_uses(const struct ast_value *value, struct str variable)
{
    bool uses = value->kind == AST_VALUE_VARIABLE && str_equal(value->text, variable);
    for (uint32_t i = 0; !uses && i < value->count && value->kind == AST_VALUE_LIST; i++)
        uses = value_uses(&value->items[i], variable);
    for (uint32_t i = 0; !uses && i < value->count && value->kind == AST_VALUE_OBJECT; i++)
        uses = value_uses(&value->fields[i].value, variable);
    return uses;
}

static bool arguments_use(const struct ast_arguments *arguments, struct str variable)
{
    for (uint32_t i = 0; i < arguments->count; i++) {
        if (value_uses(&arguments->items[i].value, variable))
            return true;
    }
    return false;
}

static bool selections_use(const struct ast_selection_set *set, struct str variable)
{
    for (uint32_t i = 0; i < set->count; i++) {
        const struct ast_selection *selection = &set->items[i];
        bool uses = arguments_use(&selection->arguments, variable) ||
                    selections_use(&selection->selections, variable);
        for (uint32_t j = 0; !uses && j < selection->directives.count; j++)
            uses = arguments_use(&selection->directives.items[j].arguments, variable);
        if (uses)
            return true;
    }
    return false;
}

/* A document on its way. */
struct composing {
    const struct schema *schema;
    struct arena *arena;
    uint64_t rights;
    struct buf variables, fields;
    struct str *problem;
};

static bool refuse(struct composing *composing, struct str key, struct str why)
{
    *composing->problem =
        str_printf(composing->arena, "tab " STR_FMT ": " STR_FMT, STR_ARG(key), STR_ARG(why));
    return false;
}

/* What the viewer sees of a fragment's fields; NULL with the reason. */
static struct ast_selection_set *read_fields(struct composing *composing, struct str key,
                                             struct str fragment)
{
    struct errors errors;
    errors_init(&errors, composing->arena, 1);
    const struct parse_limits unlimited = {0};
    struct document *document = parse(composing->arena, fragment, &unlimited, &errors);
    if (document == NULL || document->definition_count != 1 ||
        document->definitions[0].kind != AST_FRAGMENT) {
        refuse(composing, key,
               errors.first != NULL ? errors.first->message
                                    : STR("it has to be a single fragment"));
        return NULL;
    }
    struct ast_selection_set *set = &document->definitions[0].fragment.selections;
    const struct type *customer = schema_type(composing->schema, STR("Customer"), UINT64_MAX);
    selections_narrow(composing->schema, customer, set, composing->rights);
    return set;
}

static void add_fields(struct composing *composing, const struct ast_selection_set *set)
{
    if (set->count == 0)
        return;
    buf_add(&composing->fields, STR("    ... on Customer "));
    print_selections(&composing->fields, set, 1);
    buf_add_char(&composing->fields, '\n');
}

/* Those that are used by what is left of the tab. */
static void add_variables(struct composing *composing, const struct tab *tab,
                          const struct ast_selection_set *set)
{
    const char *key;
    json_t *variable;
    json_object_foreach(tab->variables, key, variable)
    {
        struct str name = prefixed(composing->arena, tab, str_of(key));
        if (!selections_use(set, name))
            continue;
        const char *type = json_string_value(json_object_get(variable, "type"));
        char *value = json_dumps(json_object_get(variable, "default"), JSON_ENCODE_ANY);
        buf_printf(&composing->variables, ", $" STR_FMT ": %s", STR_ARG(name),
                   type == NULL ? "" : type);
        if (value != NULL)
            buf_printf(&composing->variables, " = %s", value);
        free(value);
    }
}

static bool add_header(struct composing *composing)
{
    const struct ast_selection_set *set =
        read_fields(composing, STR("header"), str_of(header_fragment));
    if (set != NULL)
        add_fields(composing, set);
    return set != NULL;
}

static bool add_tab_fields(struct composing *composing, const struct tab *tab)
{
    struct ast_selection_set *set = read_fields(composing, tab->key, tab->fragment);
    if (set == NULL)
        return false;
    for (uint32_t i = 0; i < set->count; i++) {
        if (set->items[i].kind != AST_FIELD)
            return refuse(composing, tab->key, STR("its outermost selections have to be fields"));
        set->items[i].alias.text =
            prefixed(composing->arena, tab, ast_response_key(&set->items[i]));
    }
    rename_variables(composing->arena, tab, set);
    add_fields(composing, set);
    add_variables(composing, tab, set);
    return true;
}

static bool compose(const struct account_tabs *tabs, const struct account_document *wanted,
                    struct arena *arena, struct str *text, struct str *problem)
{
    struct composing composing = {.schema = engine_schema(tabs->engine),
                                  .arena = arena,
                                  .rights = wanted->rights,
                                  .problem = problem};
    buf_init(&composing.variables, arena, 256);
    buf_init(&composing.fields, arena, 4096);
    bool composed = add_header(&composing);
    for (uint32_t i = 0; composed && i < tabs->count; i++) {
        if (wanted->choice.shown[i])
            composed = add_tab_fields(&composing, &tabs->list[i]);
    }
    *text = str_printf(arena,
                       "query Account($id: ID!, $asOf: DateTime" STR_FMT
                       ") {\n  customer(id: $id, asOf: $asOf) {\n" STR_FMT "  }\n}\n",
                       STR_ARG(buf_str(&composing.variables)), STR_ARG(buf_str(&composing.fields)));
    return composed;
}

/* ---- documents ---- */

static enum status trust(struct account_tabs *tabs, const struct account_document *wanted,
                         struct arena *arena, struct str *id, struct str *problem)
{
    struct str text;
    if (!compose(tabs, wanted, arena, &text, problem))
        return STATUS_INVALID;
    return engine_trust(tabs->engine, text, arena, id, problem);
}

static struct str make_document(struct account_tabs *tabs, struct account_document *document)
{
    struct arena *arena = arena_create();
    struct str problem = {0};
    if (trust(tabs, document, arena, &document->id, &problem) != STATUS_OK)
        log_event(LOG_ERROR, "the account document cannot be made", "problem",
                  log_format(STR_FMT, STR_ARG(problem)), NULL);
    arena_destroy(arena);
    return document->id;
}

static struct account_document *find_document(const struct account_tabs *tabs,
                                              const struct account_document *wanted)
{
    struct account_document *document = tabs->documents;
    while (document != NULL &&
           (document->rights != wanted->rights ||
            memcmp(&document->choice, &wanted->choice, sizeof(wanted->choice)) != 0))
        document = document->next;
    return document;
}

/* The document with these tabs, made when nobody asked for it yet. */
static struct str document_of(struct account_tabs *tabs, const struct tab_choice *choice,
                              const struct viewer *viewer)
{
    struct account_document wanted = {.choice = *choice, .rights = viewer->rights & tabs->rights};
    pthread_mutex_lock(&tabs->lock);
    struct account_document *document = find_document(tabs, &wanted);
    if (document == NULL) {
        document = arena_new(tabs->arena, struct account_document);
        *document = wanted;
        document->next = tabs->documents;
        tabs->documents = document;
        make_document(tabs, document);
    }
    struct str id = document->id;
    pthread_mutex_unlock(&tabs->lock);
    return id;
}

struct str account_document(struct account_tabs *tabs, const struct viewer *viewer)
{
    struct tab_choice choice;
    tab_choice_make(&choice, tabs, viewer);
    return document_of(tabs, &choice, viewer);
}

struct str account_tab_document(struct account_tabs *tabs, const struct tab *tab,
                                const struct viewer *viewer)
{
    struct tab_choice alone = {0};
    alone.shown[tab - tabs->list] = true;
    return document_of(tabs, &alone, viewer);
}

static void compose_for_viewer(void *context, const struct viewer *viewer)
{
    struct account_tabs *tabs = context;
    struct tab_choice choice;
    tab_choice_make(&choice, tabs, viewer);
    document_of(tabs, &choice, viewer);
    for (uint32_t i = 0; i < tabs->count; i++) {
        if (choice.shown[i])
            account_tab_document(tabs, &tabs->list[i], viewer);
    }
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
        struct tab *tab = &tabs->list[i];
        TRY(publish_exports(tabs, tab, problem));
        if (!tab_actions_publish(&tab->actions, tabs->arena, tab, engine, problem))
            return STATUS_INVALID;
        struct account_document whole = {.rights = UINT64_MAX};
        struct str reason, id;
        whole.choice.shown[i] = true;
        if (trust(tabs, &whole, tabs->arena, &id, &reason) != STATUS_OK) {
            *problem =
                str_printf(tabs->arena, "tab " STR_FMT " version %u cannot be shown: " STR_FMT,
                           STR_ARG(tab->key), tab->version, STR_ARG(reason));
            return STATUS_INVALID;
        }
        tabs->rights |= engine_needs(engine, id);
    }
    return STATUS_OK;
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

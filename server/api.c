/* api: the schema bound to the database, its resolvers and trusted documents, as one engine. */
#include "api.h"

#include "base/arena.h"
#include "base/log.h"
#include "base/viewer.h"
#include "config.h"
#include "instance.h"
#include "resolvers/index.h"
#include "run/engine.h"
#include "run/reference.h"
#include "source/memory.h"
#include <jansson.h>

static void release_json(void *json)
{
    json_decref(json);
}

/* Where the loader asks for tables of other databases. */
struct others {
    struct arena *arena;
    struct database *database;
};

static const struct catalogue *read_other(void *context, struct str name)
{
    struct others *others = context;
    struct catalogue *catalogue = arena_new(others->arena, struct catalogue);
    if (catalogue_read(catalogue, others->arena, others->database, name) == STATUS_OK)
        return catalogue;
    log_event(LOG_WARN, "the tables of another database cannot be read", "database",
              log_format(STR_FMT, STR_ARG(name)), "problem",
              log_format(STR_FMT, STR_ARG(database_problem(others->database))), NULL);
    return NULL;
}

/* A foreign schema is bound by directives alone: what C code there is belongs to ours. */
static void choose_schema(struct schema_sources *sources, struct arena *arena,
                          const struct config *config)
{
    static const struct resolver no_resolvers[] = {{0}};
    static const struct named_predicate no_predicates[] = {{0}};
    const char *own = config_share_path(config, arena, "schema");
    sources->folder = config->schema == NULL ? own : config->schema;
    sources->resolvers = config->schema == NULL ? resolvers_index : no_resolvers;
    sources->predicates = config->schema == NULL ? predicates_index : no_predicates;
    if (config->schema != NULL)
        sources->directives = config_share_path(config, arena, "schema/directives.graphql");
}

bool api_load_schema(struct loaded_schema *loaded, struct rights *rights, struct arena *arena,
                     const struct config *config, struct database *database, struct str *problem)
{
    struct catalogue *catalogue = arena_new(arena, struct catalogue);
    if (catalogue_read(catalogue, arena, database, (struct str){0}) != STATUS_OK ||
        rights_read(rights, arena, database) != STATUS_OK) {
        *problem = str_copy(arena, database_problem(database));
        return false;
    }
    struct others others = {.arena = arena, .database = database};
    struct schema_sources sources = {
        .catalogue = catalogue,
        .catalogue_of = read_other,
        .catalogue_context = &others,
        .rights = *rights,
    };
    choose_schema(&sources, arena, config);
    return schema_load(loaded, arena, &sources, problem) == STATUS_OK;
}

static bool trust(struct engine *engine, struct arena *arena, const char *path, const char *id,
                  const json_t *text, struct str *problem)
{
    struct str reason, known;
    if (!json_is_string(text)) {
        *problem = str_printf(arena, "%s: %s is not the text of a document", path, id);
        return false;
    }
    struct str document =
        str_copy(arena, (struct str){json_string_value(text), json_string_length(text)});
    if (engine_trust(engine, document, arena, &known, &reason) != STATUS_OK) {
        *problem = str_printf(
            arena, "%s: a document of the app does not fit the schema: " STR_FMT "\n" STR_FMT, path,
            STR_ARG(reason), STR_ARG(document));
        return false;
    }
    if (!str_is(known, id)) {
        *problem = str_printf(arena,
                              "%s: %s is not the hash of its document, which is " STR_FMT
                              "; build the app again",
                              path, id, STR_ARG(known));
        return false;
    }
    return true;
}

/* What the app asks for, by hash: exactly these documents, as they were built into it. */
static bool trust_app(struct engine *engine, struct arena *arena, const char *path,
                      struct str *problem)
{
    json_error_t error;
    const char *id;
    json_t *text, *documents = json_load_file(path, JSON_REJECT_DUPLICATES, &error);
    if (documents == NULL || !json_is_object(documents)) {
        *problem = str_printf(
            arena, "%s cannot be read (%s); build the app: npm ci && npm run build in webapp/",
            path, documents == NULL ? error.text : "not an object");
        json_decref(documents);
        return false;
    }
    arena_defer(arena, release_json, documents);
    json_object_foreach(documents, id,
                        text) if (!trust(engine, arena, path, id, text, problem)) return false;
    return true;
}

static void set_limits(struct engine_options *options, const struct config *config)
{
    options->parse = (struct parse_limits){
        .tokens = config->limit_tokens,
        .depth = config->limit_parse_depth,
        .directives = config->limit_directives,
    };
    options->validate = (struct validate_limits){
        .depth = config->limit_depth,
        .aliases = config->limit_aliases,
        .root_fields = config->limit_root_fields,
        .fields = config->limit_fields,
        .comparisons = config->limit_comparisons,
    };
    options->fetch_limit = config->limit_fetches;
    options->filter_limit = config->limit_filter;
    options->filter_depth = config->limit_filter_depth;
    options->error_limit = config->limit_errors;
    options->plan_cache_bytes = config->plan_cache_kib * 1024;
    options->slow_ms = config->slow_ms;
    options->budgets[VIEWER_OPERATOR] = config->budget_operator;
    options->budgets[VIEWER_PARTNER] = config->budget_partner;
    options->budgets[VIEWER_CUSTOMER] = config->budget_customer;
}

/* The tabs of the account screen and the documents of the app: they are made for our own schema. */
static bool publish(struct api *api, struct arena *arena, const struct config *config,
                    struct account_tabs *tabs, struct str *problem)
{
    return trust_app(api->engine, arena,
                     config_share_path(config, arena, "webapp/dist/documents.json"), problem) &&
           account_tabs_publish(tabs, api->engine, problem) == STATUS_OK;
}

/* The tables that are held in memory, if there are any. */
static bool open_memory(struct api *api, struct arena *arena, const struct loaded_schema *loaded,
                        const struct database_address *address, struct str *problem)
{
    if (loaded->reference_count > 0)
        api->memory =
            reference_open(loaded->references, loaded->reference_count, address, arena, problem);
    return loaded->reference_count == 0 || api->memory != NULL;
}

static bool open_with(struct api *api, struct arena *arena, const struct config *config,
                      const struct database_address *address, struct database *database,
                      struct str *problem)
{
    struct loaded_schema loaded;
    struct rights rights;
    bool own = config->schema == NULL;
    if (!api_load_schema(&loaded, &rights, arena, config, database, problem))
        return false;
    struct account_tabs *tabs = own ? account_tabs_load(arena, database, problem) : NULL;
    if (own && tabs == NULL)
        return false;
    api->tabs = tabs;
    if (!open_memory(api, arena, &loaded, address, problem))
        return false;
    api->metrics_right = rights_mask(&rights, STR("administration"), STR("READ"));
    resolver_source_init(&api->objects, resolvers_index, tabs);
    struct engine_options options = {
        .schema = loaded.schema,
        .scopes = loaded.scopes,
        .objects = &api->objects.super,
        .memory = api->memory,
        .ad_hoc_right = rights_mask(&rights, STR("explorer"), STR("READ")),
    };
    set_limits(&options, config);
    api->engine = engine_create(arena, &options);
    return !own || publish(api, arena, config, tabs, problem);
}

bool api_open(struct api *api, struct arena *arena, const struct config *config,
              struct instance *instance, struct str *problem)
{
    struct database *database = database_open(&instance->application, arena, problem);
    if (database == NULL)
        return false;
    bool opened = open_with(api, arena, config, &instance->application, database, problem);
    database_close(database);
    return opened;
}

void api_close(struct api *api)
{
    if (api->memory != NULL)
        memory_close(api->memory);
    api->memory = NULL;
}

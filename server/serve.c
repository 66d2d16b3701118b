/* serve: database, schema, sign-in and HTTP, put together, kept running, taken apart in order. */
#include "serve.h"

#include "act/act.h"
#include "api.h"
#include "auth/identity.h"
#include "auth/keys.h"
#include "auth/sign_in.h"
#include "auth/throttle.h"
#include "base/arena.h"
#include "base/log.h"
#include "base/workers.h"
#include "chores.h"
#include "config.h"
#include "http/server.h"
#include "instance.h"
#include "order/provisioner.h"
#include "order/simulator.h"
#include "outbox/outbox.h"
#include "outside/http_get.h"
#include "pool_watch.h"
#include "resolvers/external_search.h"
#include "resolvers/message_way.h"
#include "resolvers/secret_keys.h"
#include "resolvers/tab_export.h"
#include "run/call.h"
#include "run/engine.h"
#include "run/engine_metrics.h"
#include "vault/vault.h"
#include <errno.h>
#include <jansson.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

enum {
    WORKERS = 2, /* each hashes with 19 MiB; more would take the processors from everybody else */
    WORK_WAITING = 64,
    WRITERS = 4, /* mutations that are performed at once; they wait for MariaDB most of the time */
    WRITES_WAITING = 256,
    QUERIES_WAITING = 1024, /* per loop */
    STATEMENTS = 256,       /* per connection */
    QUERY_MS = 5000,
};

/* Everything a running server consists of. */
struct serving {
    const struct config *config;
    struct arena *arena;
    struct str *problem;
    struct instance instance;
    struct api api;
    struct auth auth;
    struct workers *workers;
    struct workers *writers;
    struct provisioner *provisioner;
    struct outbox *outbox; /* NULL: the schema is somebody else's */
    struct pool_watch *pools;
    struct server_options options;
    struct server *server;
};

/* ---- what each event loop gets ---- */

/* What is ours of server_parts. */
struct own_parts {
    struct database_pool *pool;
    struct watched_pool *watched;
};

static bool open_loop(void *shared, struct server_parts *parts)
{
    struct serving *serving = shared;
    const struct database_pool_options options = {
        .address = serving->instance.application,
        .connections = serving->config->database_connections,
        .waiting_limit = QUERIES_WAITING,
        .statements = STATEMENTS,
        .timeout_ms = QUERY_MS,
    };
    struct database_pool *pool = database_pool_open(parts->loop, &options);
    struct own_parts *own = calloc(1, sizeof(*own));
    if (own == NULL)
        abort();
    own->pool = pool;
    own->watched = pool_watch_begin(serving->pools, parts->loop, pool);
    parts->own = own;
    parts->engine = engine_loop_create(serving->api.engine, parts->loop, pool);
    parts->identities = identities_create(serving->auth.keys, pool);
    return true;
}

static void close_loop(void *shared, struct server_parts *parts)
{
    struct own_parts *own = parts->own;
    pool_watch_end(own->watched);
    database_pool_close(own->pool);
    identities_destroy(parts->identities);
    engine_loop_destroy(parts->engine);
    free(own);
}

/* A health check on its way to the database. */
struct probe {
    struct server_check *check;
    struct query query;
};

static void on_probe(struct query *query)
{
    struct probe *probe = query->context;
    probe->check->answers = query->status == STATUS_OK && query->rows.count == 1;
    probe->check->on_known(probe->check);
}

static void check(struct server_parts *parts, struct server_check *check)
{
    struct probe *probe = arena_new(check->arena, struct probe);
    probe->check = check;
    probe->query = (struct query){
        .sql = STR("SELECT 1 FROM right_definition LIMIT 1"),
        .arena = check->arena,
        .on_rows = on_probe,
        .context = probe,
    };
    const struct own_parts *own = parts->own;
    database_query(own->pool, &probe->query);
}

static void tell_metrics(void *shared, struct buf *out)
{
    struct serving *serving = shared;
    engine_tell_metrics(serving->api.engine, out);
    pool_watch_tell(serving->pools, out);
    if (serving->outbox != NULL)
        outbox_tell_metrics(serving->outbox, out);
}

static enum status find_sheet(void *shared, const struct viewer *viewer, struct str tab,
                              struct str panel, struct arena *arena, struct sheet *sheet)
{
    const struct serving *serving = shared;
    if (serving->api.tabs == NULL)
        return STATUS_NOT_FOUND;
    return tab_export_find(serving->api.tabs, viewer, tab, panel, arena, sheet);
}

/* ---- what a worker gets ---- */

static void *open_worker(void *shared)
{
    struct serving *serving = shared;
    struct str problem;
    struct arena *arena = arena_create();
    struct database *database = database_open(&serving->instance.application, arena, &problem);
    if (database == NULL)
        log_event(LOG_WARN, "nobody can sign in or read a letter", "problem",
                  log_format(STR_FMT, STR_ARG(problem)), NULL);
    arena_destroy(arena);
    return database;
}

static void close_worker(void *database)
{
    database_close(database);
}

/* ---- what a writer gets ---- */

static void *open_writer(void *shared)
{
    struct serving *serving = shared;
    struct str problem;
    struct arena *arena = arena_create();
    struct actor *actor =
        actor_open(serving->api.engine, &serving->instance.application, arena, &problem);
    if (actor == NULL)
        log_event(LOG_WARN, "nothing can be changed", "problem",
                  log_format(STR_FMT, STR_ARG(problem)), NULL);
    arena_destroy(arena);
    return actor;
}

static void close_writer(void *actor)
{
    actor_close(actor);
}

static void perform(void *call, void *actor)
{
    call_perform(call, actor == NULL ? NULL : actor_engine(actor));
}

static void performed(void *call)
{
    call_return(call);
}

static bool hand_over(void *context, struct call *call, struct loop *loop)
{
    struct serving *serving = context;
    return workers_submit(serving->writers, loop, perform, performed, call) == STATUS_OK;
}

/* ---- the steps ---- */

static bool prepare_folder(struct serving *serving)
{
    if (mkdir(serving->config->data, 0755) == 0 || errno == EEXIST)
        return true;
    *serving->problem = str_printf(serving->arena, "cannot make the folder %s: %s",
                                   serving->config->data, strerror(errno));
    return false;
}

static bool open_database(struct serving *serving)
{
    return instance_open(&serving->instance, serving->arena, serving->config, INSTANCE_SERVES,
                         serving->problem);
}

static bool fill_database(struct serving *serving)
{
    if (!chores_migrate(serving->config, &serving->instance, serving->arena, serving->problem))
        return false;
    if (serving->config->schema != NULL)
        return true; /* tabs and demo data belong to Dossier's own */
    return chores_load_tabs(serving->config, &serving->instance, serving->arena,
                            serving->problem) &&
           (!serving->config->demo || chores_load_demo(serving->config, &serving->instance,
                                                       serving->arena, serving->problem));
}

static bool open_api(struct serving *serving)
{
    const struct workers_options options = {
        .threads = WRITERS,
        .queue_limit = WRITES_WAITING,
        .open = open_writer,
        .close = close_writer,
        .shared = serving,
    };
    if (!api_open(&serving->api, serving->arena, serving->config, &serving->instance,
                  serving->problem))
        return false;
    serving->writers = workers_start(&options);
    engine_set_writers(serving->api.engine, hand_over, serving);
    return true;
}

/* A foreign schema has orders of its own, or none. */
static bool open_provisioner(struct serving *serving)
{
    const struct network *network =
        simulator_create(serving->arena, serving->config->network_pace_ms);
    if (serving->config->schema == NULL)
        serving->provisioner =
            provisioner_start(&serving->instance.application, network, secret_keys_vault());
    return true;
}

/* What only people with a right may know is sealed, what nobody may know has a fingerprint. */
static bool open_vault(struct serving *serving)
{
    const struct vault *vault =
        vault_open(serving->arena, config_data_path(serving->config, serving->arena, "keys"),
                   serving->problem);
    secret_keys_use(vault);
    return vault != NULL;
}

/* Another system that searches, too, if there is one. */
static bool open_search_provider(struct serving *serving)
{
    const struct config *config = serving->config;
    struct search_provider *provider = arena_new(serving->arena, struct search_provider);
    struct http_address *address = arena_new(serving->arena, struct http_address);
    if (config->search_provider == NULL)
        return true;
    *provider = (struct search_provider){.address = address,
                                         .name = str_of(config->search_provider_name),
                                         .timeout_ms = config->search_provider_ms};
    if (!http_address_read(address, serving->arena, str_of(config->search_provider),
                           serving->problem)) {
        *serving->problem =
            str_printf(serving->arena, "--search-provider: " STR_FMT, STR_ARG(*serving->problem));
        return false;
    }
    external_search_use(provider);
    return true;
}

static bool open_auth(struct serving *serving)
{
    const struct workers_options options = {
        .threads = WORKERS,
        .queue_limit = WORK_WAITING,
        .open = open_worker,
        .close = close_worker,
        .shared = serving,
    };
    serving->auth.keys =
        keys_open(serving->arena, config_data_path(serving->config, serving->arena, "keys"),
                  serving->problem);
    if (serving->auth.keys == NULL)
        return false;
    serving->auth.throttle = throttle_create();
    serving->workers = workers_start(&options);
    return true;
}

/* Messages leave while there is somebody to serve: a chore sends nothing. */
static bool open_outbox(struct serving *serving)
{
    const struct config *config = serving->config;
    const struct outbox_options options = {
        .address = &serving->instance.application,
        .mail_server = config->mail_server,
        .mail_from = config->mail_from,
        .mail_login = config->mail_login,
        .mail_certificates = config->mail_certificates,
        .sms_gateway = config->sms_gateway,
        .sms_key = config->sms_key,
        .print_spool = config->print_spool,
        .attempts = config->outbox_attempts,
        .pause_s = config->outbox_pause,
        .timeout_s = config->outbox_timeout,
        .vault = secret_keys_vault(),
    };
    const struct message_ways ways = {
        .email = config->mail_server != NULL,
        .sms = config->sms_gateway != NULL,
        .post = config->print_spool != NULL,
        .country = str_of(config->country),
    };
    if (config->schema != NULL)
        return true; /* messages belong to Dossier's own */
    message_way_use(&ways);
    serving->outbox = outbox_start(&options, serving->arena, serving->problem);
    return serving->outbox != NULL;
}

static unsigned processors(void)
{
    long count = sysconf(_SC_NPROCESSORS_ONLN);
    return count < 1 ? 1 : count > 8 ? 8 : (unsigned)count;
}

static enum metrics_audience metrics_audience(const struct config *config)
{
    return strcmp(config->metrics, "off") == 0     ? METRICS_NOBODY
           : strcmp(config->metrics, "token") == 0 ? METRICS_TOKEN
                                                   : METRICS_LOOPBACK;
}

static bool open_http(struct serving *serving)
{
    const struct config *config = serving->config;
    serving->pools = pool_watch_create(serving->arena);
    serving->options = (struct server_options){
        .host = config->host,
        .port = config->port,
        .threads = config->threads > 0 ? config->threads : processors(),
        .connection_limit = config->connections,
        .drain_ms = (uint64_t)config->drain_seconds * 1000,
        .app_folder = config_share_path(config, serving->arena, "webapp/dist"),
        .access_log = config_data_path(config, serving->arena, "access.log"),
        .limits = {.body = config->limit_body,
                   .json_depth = config->limit_json_depth,
                   .variables = config->limit_variables},
        .draft_statuses = strcmp(config->status_profile, "draft") == 0,
        .auth = &serving->auth,
        .workers = serving->workers,
        .shared = serving,
        .open = open_loop,
        .close = close_loop,
        .check = check,
        .tell_metrics = tell_metrics,
        .find_sheet = find_sheet,
        .server_timing = !config->no_server_timing,
        .metrics_audience = metrics_audience(config),
        .metrics_right = serving->api.metrics_right,
    };
    serving->server = server_start(&serving->options, serving->arena, serving->problem);
    return serving->server != NULL;
}

/* ---- the end ---- */

static void close_all(struct serving *serving)
{
    if (serving->server != NULL)
        server_stop(serving->server);
    if (serving->workers != NULL)
        workers_stop(serving->workers);
    if (serving->writers != NULL)
        workers_stop(serving->writers);
    if (serving->outbox != NULL)
        outbox_stop(serving->outbox);
    if (serving->provisioner != NULL)
        provisioner_stop(serving->provisioner);
    if (serving->auth.throttle != NULL)
        throttle_destroy(serving->auth.throttle);
    api_close(&serving->api);
    instance_close(&serving->instance);
}

/* ---- what people see ---- */

static const char *text_of(const json_t *entry, const char *key, const char *other_key)
{
    const char *text = json_string_value(json_object_get(entry, key));
    if (text == NULL)
        text = json_string_value(json_object_get(entry, other_key));
    return text == NULL ? "" : text;
}

static void print_sign_ins(const struct serving *serving)
{
    size_t index;
    const json_t *entry;
    const char *path = config_data_path(serving->config, serving->arena, "demo-access.json");
    json_t *list = json_load_file(path, 0, NULL);
    json_array_foreach(list, index, entry)
        printf("  %-14s %-20s %-44s %s\n", text_of(entry, "kind", ""),
               text_of(entry, "username", "clientId"), text_of(entry, "password", "clientSecret"),
               text_of(entry, "about", ""));
    json_decref(list);
}

static void announce(const struct serving *serving)
{
    bool v6 = strchr(serving->config->host, ':') != NULL;
    printf("\nDossier is ready: http://%s%s%s:%u/\n", v6 ? "[" : "", serving->config->host,
           v6 ? "]" : "", server_port(serving->server));
    if (serving->config->demo) {
        puts("Sign in with one of these:");
        print_sign_ins(serving);
    }
    puts("Ctrl-C ends it.\n");
    fflush(stdout);
}

static void wait_for_the_end(void)
{
    sigset_t ends;
    int signal = 0;
    sigemptyset(&ends);
    sigaddset(&ends, SIGINT);
    sigaddset(&ends, SIGTERM);
    sigwait(&ends, &signal);
    puts("\nEnding: what is in flight may finish; once more to end at once.");
    fflush(stdout);
    pthread_sigmask(SIG_UNBLOCK, &ends, NULL);
}

bool serve(const struct config *config, struct arena *arena, struct str *problem)
{
    struct serving serving = {.config = config, .arena = arena, .problem = problem};
    bool started = prepare_folder(&serving) && open_database(&serving) && fill_database(&serving) &&
                   open_api(&serving) && open_vault(&serving) && open_search_provider(&serving) &&
                   open_auth(&serving) && open_provisioner(&serving) && open_outbox(&serving) &&
                   open_http(&serving);
    if (started) {
        announce(&serving);
        wait_for_the_end();
        started = !instance_is_lost(&serving.instance, arena, problem);
    }
    close_all(&serving);
    return started;
}

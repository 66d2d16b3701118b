/* served: opening, asking, closing. */
#include "served.h"

#include "mariadb/catalogue.h"
#include "run/call.h"
#include "run/engine.h"
#include "run/engine_internal.h"
#include "run/reference.h"
#include "run/resolver.h"
#include "schema/loader.h"
#include "source/memory.h"
#include "unit/loop_poll.h"
#include "unit/mariadb/scratch.h"

enum { PATIENCE_MS = 20000 };

const struct viewer served_operator = {.kind = VIEWER_OPERATOR, .rights = UINT64_MAX};

static void check(bool holds, struct str problem)
{
    if (holds)
        return;
    fprintf(stderr, STR_FMT "\n", STR_ARG(problem));
    exit(1);
}

void served_script(struct served *served, const char *sql)
{
    check(database_script(served->database, str_of(sql)) == STATUS_OK,
          database_problem(served->database));
}

struct rows served_rows(struct served *served, struct str sql)
{
    struct rows rows;
    check(database_run(served->database, served->arena, sql, NULL, 0, &rows) == STATUS_OK,
          database_problem(served->database));
    return rows;
}

static enum status load(struct served *served, const char *schema, struct loaded_schema *loaded,
                        struct str *problem)
{
    static struct right rights[] = {
        {STR("account"), STR("READ"), 0},
        {STR("orders"), STR("READ"), 1},
        {STR("secret"), STR("READ"), 2},
    };
    static const struct resolver no_resolvers[] = {{0}};
    static const struct named_predicate no_predicates[] = {{0}};
    struct arena *arena = served->arena;
    struct catalogue *catalogue = arena_new(arena, struct catalogue);
    check(catalogue_read(catalogue, arena, served->database, (struct str){0}) == STATUS_OK,
          database_problem(served->database));
    struct str folder = str_printf(arena, "%s/schema", scratch_folder);
    mkdir(folder.at, 0755);
    FILE *file = fopen(str_printf(arena, "%s/test.graphql", folder.at).at, "w");
    check(file != NULL && fputs(schema, file) >= 0 && fclose(file) == 0, folder);
    const struct schema_sources sources = {
        .folder = folder.at,
        .directives = "schema/directives.graphql",
        .catalogue = catalogue,
        .rights = {.list = rights, .count = 3},
        .resolvers = served->resolvers == NULL ? no_resolvers : served->resolvers,
        .predicates = no_predicates,
    };
    return schema_load(loaded, arena, &sources, problem);
}

struct str served_mistakes(struct served *served, const char *schema)
{
    struct loaded_schema loaded;
    struct str problem;
    load(served, schema, &loaded, &problem);
    return problem;
}

void served_open(struct served *served, const char *sql, const char *schema)
{
    struct str problem;
    struct loaded_schema loaded;
    *served = (struct served){
        .arena = arena_create(), .loop = loop_poll_create(), .resolvers = served->resolvers};
    served->mariadb = scratch_start(served->arena);
    served->database = database_open(private_migration(served->mariadb), served->arena, &problem);
    check(served->database != NULL, problem);
    served_script(served, sql);
    check(load(served, schema, &loaded, &problem) == STATUS_OK, problem);
    struct resolver_source *objects = arena_new(served->arena, struct resolver_source);
    resolver_source_init(objects, served->resolvers, NULL);
    if (loaded.reference_count > 0) {
        served->memory =
            reference_open(loaded.references, loaded.reference_count,
                           private_application(served->mariadb), served->arena, &problem);
        check(served->memory != NULL, problem);
    }
    const struct engine_options options = {
        .schema = loaded.schema,
        .objects = &objects->super,
        .scopes = loaded.scopes,
        .memory = served->memory,
        .parse = {.depth = 100},
        .fetch_limit = 100,
        .filter_limit = 50,
        .filter_depth = 10,
        .error_limit = 100,
        .plan_cache_bytes = 1 << 20,
    };
    const struct database_pool_options pool = {
        .address = *private_application(served->mariadb),
        .connections = 2,
        .waiting_limit = 1000,
        .statements = 64,
        .timeout_ms = PATIENCE_MS,
        .absence_ms = PATIENCE_MS,
    };
    served->pool = database_pool_open(served->loop, &pool);
    served->engine =
        engine_loop_create(engine_create(served->arena, &options), served->loop, served->pool);
}

void served_close(struct served *served)
{
    engine_loop_destroy(served->engine);
    database_pool_close(served->pool);
    if (served->memory != NULL)
        memory_close(served->memory);
    database_close(served->database);
    loop_poll_destroy(served->loop);
    scratch_stop(served->mariadb);
    arena_destroy(served->arena);
}

/* A call under way. */
struct asked {
    struct call *call;
    json_t *variables;
    bool answered;
};

static void on_answer(struct call *call)
{
    ((struct asked *)call->context)->answered = true;
}

static void ask(struct served *served, struct asked *asked, const struct viewer *viewer,
                const char *query, const char *variables)
{
    struct arena *arena = arena_create();
    struct call *call = arena_new(arena, struct call);
    *asked = (struct asked){.call = call,
                            .variables = variables == NULL ? NULL : json_loads(variables, 0, NULL)};
    *call = (struct call){
        .arena = arena,
        .engine = served->engine,
        .viewer = viewer,
        .query = str_of(query),
        .variables = asked->variables,
        .on_answer = on_answer,
        .context = asked,
    };
    call_start(call);
}

static struct str await(struct served *served, struct asked *asked)
{
    loop_poll_until(served->loop, &asked->answered, PATIENCE_MS);
    check(asked->answered, STR("no answer came"));
    struct str body = str_copy(served->arena, asked->call->body);
    json_decref(asked->variables);
    arena_destroy(asked->call->arena);
    return body;
}

struct str served_answer(struct served *served, const struct viewer *viewer, const char *query,
                         const char *variables)
{
    struct asked asked;
    ask(served, &asked, viewer, query, variables);
    return await(served, &asked);
}

void served_answer_both(struct served *served, const struct viewer *const viewers[2],
                        const char *query, const char *const variables[2], struct str bodies[2])
{
    struct asked asked[2];
    for (uint32_t i = 0; i < 2; i++)
        ask(served, &asked[i], viewers[i], query, variables[i]);
    for (uint32_t i = 0; i < 2; i++)
        bodies[i] = await(served, &asked[i]);
}

uint64_t served_statements(const struct served *served)
{
    return served->engine->desk.statements;
}

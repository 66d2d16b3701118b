/* sql: a request becomes a query of the loop's database pool, or a statement that is waited for. */
#include "source/sql.h"

#include "base/arena.h"
#include "mariadb/database.h"

static void on_query_rows(struct query *query)
{
    struct source_request *request = query->context;
    request->own = NULL;
    request->status = query->status;
    request->problem = query->problem;
    request->rows = query->rows;
    request->on_rows(request);
}

static bool sql_start(struct source *source, struct source_request *request)
{
    struct sql_source *sql = (struct sql_source *)source;
    struct query *query = arena_new(request->arena, struct query);
    *query = (struct query){
        .sql = request->sql,
        .parameters = request->parameters,
        .parameter_count = request->parameter_count,
        .arena = request->arena,
        .row_limit = request->row_limit,
        .session = request->session,
        .on_rows = on_query_rows,
        .context = request,
    };
    request->own = query;
    database_query(sql->pool, query);
    return false;
}

static void sql_abandon(struct source *source, struct source_request *request)
{
    if (request->own != NULL)
        database_abandon(request->own);
}

void sql_source_init(struct sql_source *source, struct database_pool *pool)
{
    *source =
        (struct sql_source){.super = {.start = sql_start, .abandon = sql_abandon}, .pool = pool};
}

static bool sql_start_waiting(struct source *source, struct source_request *request)
{
    struct sql_source *sql = (struct sql_source *)source;
    request->status = database_run(sql->database, request->arena, request->sql, request->parameters,
                                   request->parameter_count, &request->rows);
    if (request->status != STATUS_OK) {
        request->problem = str_copy(request->arena, database_problem(sql->database));
    } else if (request->row_limit > 0 && request->rows.count > request->row_limit) {
        request->status = STATUS_LIMIT;
        request->problem = STR("there are more rows than were expected");
    }
    return true;
}

void sql_source_init_waiting(struct sql_source *source, struct database *database)
{
    *source = (struct sql_source){.super = {.start = sql_start_waiting}, .database = database};
}

struct database_session *sql_source_session(const struct sql_source *source)
{
    return source->pool == NULL ? NULL : database_session_begin(source->pool);
}

void sql_source_session_end(struct database_session *session)
{
    database_session_end(session);
}

uint32_t sql_source_capacity(const struct sql_source *source)
{
    return source->pool == NULL ? source->database != NULL : database_pool_size(source->pool);
}

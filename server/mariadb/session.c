/* session: queries that see one snapshot, on a connection that is theirs meanwhile.
 *
 *     waits   its queries are in its own queue; it has no connection
 *     holds   START TRANSACTION went before its first query
 *     over    its connection was lost, it took too long or nobody used it: its queries fail
 *
 * It is freed when its owner has ended it, all its queries are back and its COMMIT is answered.
 */
#include "session.h"

#include "base/arena.h"
#include "pool.h"
#include <assert.h>

enum {
    IDLE_MOST_MS = 2000,  /* without a query */
    HOLD_MOST_MS = 30000, /* then it takes no more queries */
};

static const char begin_sql[] = "START TRANSACTION WITH CONSISTENT SNAPSHOT, READ ONLY";
static const char end_sql[] = "COMMIT";

struct database_session *database_session_begin(struct database_pool *pool)
{
    struct arena *arena = arena_create();
    struct database_session *session = arena_new(arena, struct database_session);
    *session = (struct database_session){.pool = pool, .arena = arena, .next = pool->sessions};
    pool->sessions = session;
    return session;
}

static void forget(struct database_session *session)
{
    struct database_session **link = &session->pool->sessions;
    while (*link != session)
        link = &(*link)->next;
    *link = session->next;
    arena_destroy(session->arena);
}

/* ---- its connection ---- */

static void on_own_answer(struct query *query);

static void ask_own(struct database_session *session, struct str sql)
{
    session->own = (struct query){
        .sql = sql,
        .arena = session->arena,
        .on_rows = on_own_answer,
        .session = session,
        .asked_at_ms = pool_now_ms(session->pool),
    };
    session->own_under_way = true;
    pool_return(session->pool, &session->own);
}

/* Gives the connection back, or ends the session when it has none. It may be gone after this. */
static void release(struct database_session *session)
{
    if (session->own_under_way)
        return; /* on_own_answer() comes back here */
    session->over = true;
    if (session->connection != NULL)
        ask_own(session, STR(end_sql));
    else if (session->ended && session->under_way == 0)
        forget(session);
}

static void on_own_answer(struct query *query)
{
    struct database_session *session = query->session;
    struct connection *connection = session->connection;
    bool ends = str_is(query->sql, end_sql);
    session->own_under_way = false;
    if (ends && connection != NULL && query->status == STATUS_OK) {
        connection->session = NULL;
        session->connection = NULL;
    } else if (ends && connection != NULL) {
        connection_abort(connection, STATUS_UNAVAILABLE, "a snapshot could not be ended");
    }
    if ((session->ended || session->over) && session->under_way == 0)
        release(session);
}

static uint32_t count_held(const struct database_pool *pool)
{
    uint32_t count = 0;
    for (uint32_t i = 0; i < pool->options.connections; i++)
        count += pool->connections[i].session != NULL;
    return count;
}

/* Half of the connections stay with those who need no snapshot. */
struct database_session *session_first(const struct database_pool *pool)
{
    if (pool->sessions == NULL)
        return NULL;
    uint32_t most = pool->options.connections / 2;
    if (count_held(pool) >= (most == 0 ? 1 : most))
        return NULL;
    struct database_session *first = NULL;
    for (struct database_session *each = pool->sessions; each != NULL; each = each->next) {
        if (each->connection == NULL && each->waiting.count > 0)
            first = each; /* the newest is at the front */
    }
    return first;
}

void session_hold(struct database_session *session, struct connection *connection)
{
    assert(session->connection == NULL && connection->session == NULL);
    session->connection = connection;
    session->held_since_ms = pool_now_ms(session->pool);
    connection->session = session;
    ask_own(session, STR(begin_sql));
}

/* ---- its queries ---- */

static const char over_text[] = "the snapshot has ended";

void session_ask(struct database_session *session, struct query *query)
{
    session->under_way++;
    if (session->over || session->ended || session->pool->closing)
        pool_finish(session->pool, query, STATUS_UNAVAILABLE, over_text);
    else
        pool_append(&session->waiting, query);
}

/* Without its beginning nothing on the connection is of the snapshot. */
enum status session_answered(struct query *query, enum status status, const char **problem)
{
    struct database_session *session = query->session;
    if (query == &session->own) {
        session->failed |= status != STATUS_OK;
        session->over |= session->failed;
        return status;
    }
    if (!session->failed || status != STATUS_OK)
        return status;
    *problem = over_text;
    return STATUS_UNAVAILABLE;
}

void session_handed_back(struct database_session *session)
{
    session->used_at_ms = pool_now_ms(session->pool);
    if (--session->under_way == 0 && (session->ended || session->over))
        release(session);
}

static void fail_waiting(struct database_session *session, const char *problem)
{
    struct query *query;
    while ((query = pool_take(&session->waiting)) != NULL)
        pool_finish(session->pool, query, STATUS_UNAVAILABLE, problem);
}

void session_lost(struct database_session *session, const char *problem)
{
    session->connection->session = NULL;
    session->connection = NULL;
    session->over = true;
    fail_waiting(session, problem);
}

/* ---- its end ---- */

void database_session_end(struct database_session *session)
{
    if (session == NULL)
        return;
    assert(!session->ended);
    session->ended = true;
    if (session->pool == NULL)
        arena_destroy(session->arena);
    else if (session->under_way == 0)
        release(session);
}

bool session_sweep(struct database_pool *pool, uint64_t now_ms)
{
    bool held = false;
    struct database_session *next;
    for (struct database_session *each = pool->sessions; each != NULL; each = next) {
        next = each->next;
        pool_sweep(pool, &each->waiting, now_ms);
        if (each->connection == NULL)
            continue;
        held = true;
        bool idle = each->under_way == 0 && now_ms >= each->used_at_ms + IDLE_MOST_MS;
        if (each->over || (!idle && now_ms < each->held_since_ms + HOLD_MOST_MS))
            continue;
        each->over = true;
        if (each->under_way == 0)
            release(each);
    }
    return held;
}

void session_stop(struct database_pool *pool, const char *problem)
{
    for (struct database_session *each = pool->sessions; each != NULL; each = each->next) {
        each->over = true;
        fail_waiting(each, problem);
    }
}

/* Those that were not ended yet stay until their owners do. */
void session_orphan(struct database_pool *pool)
{
    for (struct database_session *each = pool->sessions; each != NULL; each = each->next)
        each->pool = NULL;
}

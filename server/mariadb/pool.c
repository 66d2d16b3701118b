/* pool: queries wait here for a connection, and go back from here when they are answered. */
#include "pool.h"

#include "base/arena.h"
#include "base/log.h"
#include "cancel.h"
#include "connect.h"
#include <assert.h>
#include <sys/random.h>

enum {
    TICK_MS = 50,
    ABSENCE_MS = 2000, /* as long as MariaDB takes to be started again, on a calm machine */
    PAUSE_FIRST_MS = 50,
    PAUSE_LONGEST_MS = 5000,
    SHARE_QUERIES = 8, /* fewer are not worth a second connection, */
    SHARE_US = 1000,   /* unless they take longer than this */
};

uint64_t pool_now_ms(const struct database_pool *pool)
{
    return pool->loop->ops->now_ms(pool->loop);
}

void pool_append(struct query_list *list, struct query *query)
{
    query->next = NULL;
    if (list->last == NULL)
        list->first = query;
    else
        list->last->next = query;
    list->last = query;
    list->count++;
}

struct query *pool_take(struct query_list *list)
{
    struct query *query = list->first;
    if (query == NULL)
        return NULL;
    list->first = query->next;
    if (list->first == NULL)
        list->last = NULL;
    list->count--;
    return query;
}

static void on_wake(void *context)
{
    struct database_pool *pool = context;
    pool->wake = NULL;
    pool_enter(pool);
    pool_settle(pool);
}

/* For what happens inside database_query(). */
static void need_settling(struct database_pool *pool)
{
    if (!pool->settling && pool->wake == NULL)
        pool->wake = pool->loop->ops->timer(pool->loop, 0, on_wake, pool);
}

/* The text may be the connection's own; the query keeps a copy. */
void pool_finish(struct database_pool *pool, struct query *query, enum status status,
                 const char *problem)
{
    if (query->session != NULL)
        status = session_answered(query, status, &problem);
    query->status = status;
    query->problem = (struct str){0};
    if (status != STATUS_OK) {
        query->rows = (struct rows){0};
        query->problem = str_copy(query->arena, str_of(problem));
    }
    pool->counters.answered[status]++;
    pool->counters.rows += query->rows.count;
    pool_append(&pool->finished, query);
    need_settling(pool);
}

static struct query_list *queue_of(struct connection *connection)
{
    struct database_session *session = connection->session;
    return session == NULL ? &connection->pool->waiting : &session->waiting;
}

/* A connection that is not held leaves what waits, when a session waits for it, too. */
struct query *pool_first(struct connection *connection)
{
    struct database_pool *pool = connection->pool;
    struct query_list *queue = queue_of(connection);
    if (connection->session == NULL && session_first(pool) != NULL)
        return NULL;
    while (queue->first != NULL && queue->first->abandoned)
        pool_finish(pool, pool_take(queue), STATUS_UNAVAILABLE, "nobody waits for it any more");
    return queue->first;
}

void pool_take_first(struct connection *connection)
{
    pool_take(queue_of(connection));
}

static bool is_idle(const struct connection *connection)
{
    return connection->operation == OPERATION_IDLE && connection->session == NULL;
}

static uint32_t count_idle(const struct database_pool *pool)
{
    uint32_t count = 0;
    for (uint32_t i = 0; i < pool->options.connections; i++)
        count += is_idle(&pool->connections[i]);
    return count;
}

/* What waits goes to one connection, which costs least, unless it is much and another one idles.
 * The connection that asks may be idle itself or not. */
struct burst_share pool_share(const struct connection *connection)
{
    const struct database_pool *pool = connection->pool;
    uint32_t idle = connection->session == NULL ? count_idle(pool) : 0;
    if (idle <= 1)
        return (struct burst_share){.least = BURST_QUERIES, .most = BURST_QUERIES};
    uint32_t even = (pool->waiting.count + idle - 1) / idle;
    return (struct burst_share){
        .least = even,
        .most = even > SHARE_QUERIES ? even : SHARE_QUERIES,
        .us = SHARE_US,
    };
}

static void on_tick(void *context);

static void need_tick(struct database_pool *pool)
{
    if (pool->tick == NULL)
        pool->tick = pool->loop->ops->timer(pool->loop, TICK_MS, on_tick, pool);
}

void pool_return(struct database_pool *pool, struct query *query)
{
    struct query_list *queue = query->session == NULL ? &pool->waiting : &query->session->waiting;
    query->next = queue->first;
    queue->first = query;
    if (queue->last == NULL)
        queue->last = query;
    queue->count++;
    need_settling(pool);
}

void pool_retry(struct database_pool *pool, struct query *query, const char *problem)
{
    if (query->retried || pool->closing) {
        pool_finish(pool, query, STATUS_UNAVAILABLE, problem);
        return;
    }
    query->retried = true;
    pool->counters.retried++;
    pool_return(pool, query);
}

/* 1, 2, 3 to 4, 5 to 8, … */
void pool_count_burst(struct database_pool *pool, uint32_t queries)
{
    uint32_t size = 0;
    while (queries > 1u << size && size < DATABASE_BURST_SIZES - 1)
        size++;
    pool->counters.bursts++;
    pool->counters.burst_sizes[size]++;
}

void pool_connected(struct database_pool *pool, struct connection *connection)
{
    pool->counters.connects++;
    pool->complained = false;
    if (pool->ready_count++ == 0)
        log_event(LOG_INFO, "the database answers", "connection",
                  log_format("%u", (unsigned)(connection - pool->connections)), NULL);
}

/* Doubled with every failure, and of random length, so that many servers do not come back together.
 */
static uint64_t next_pause_ms(struct database_pool *pool, unsigned failures)
{
    if (failures == 0)
        return 0;
    uint64_t pause_ms = PAUSE_FIRST_MS;
    while (--failures > 0 && pause_ms < PAUSE_LONGEST_MS)
        pause_ms *= 2;
    if (pause_ms > PAUSE_LONGEST_MS)
        pause_ms = PAUSE_LONGEST_MS;
    pool->random = pool->random * 6364136223846793005u + 1442695040888963407u;
    return pause_ms / 2 + (pool->random >> 33) % (pause_ms / 2 + 1);
}

void pool_lost(struct database_pool *pool, struct connection *connection, bool was_ready,
               const char *problem)
{
    uint64_t now_ms = pool_now_ms(pool);
    uint64_t pause_ms = next_pause_ms(pool, connection->failures++);
    connection->connect_at_ms = now_ms + pause_ms;
    if (pause_ms == 0) {
        pool->reopens = true;
        need_settling(pool);
    }
    need_tick(pool);
    pool->counters.losses += was_ready;
    if (was_ready && --pool->ready_count == 0)
        pool->down_since_ms = now_ms;
    if (pool->ready_count > 0 || pool->complained || pool->closing)
        return;
    pool->complained = true;
    log_event(LOG_WARN, "the database does not answer", "problem", problem, NULL);
}

static bool is_down(const struct database_pool *pool, uint64_t now_ms)
{
    return pool->ready_count == 0 && now_ms >= pool->down_since_ms + pool->options.absence_ms;
}

/* Queries that have waited long enough, and those nobody waits for. */
void pool_sweep(struct database_pool *pool, struct query_list *waiting, uint64_t now_ms)
{
    bool down = is_down(pool, now_ms);
    uint32_t timeout_ms = pool->options.timeout_ms;
    struct query_list before = *waiting;
    *waiting = (struct query_list){0};
    struct query *query;
    while ((query = pool_take(&before)) != NULL) {
        if (query->abandoned)
            pool_finish(pool, query, STATUS_UNAVAILABLE, "nobody waits for it any more");
        else if (down)
            pool_finish(pool, query, STATUS_UNAVAILABLE, "the database does not answer");
        else if (timeout_ms != 0 && now_ms >= query->asked_at_ms + timeout_ms)
            pool_finish(pool, query, STATUS_UNAVAILABLE, "no connection became free in time");
        else
            pool_append(waiting, query);
    }
}

/* True when the connection has something that time decides. */
static bool check_connection(struct connection *connection, uint64_t now_ms)
{
    if (connection->operation == OPERATION_NONE && now_ms >= connection->connect_at_ms)
        connection_open(connection);
    else if (connection->deadline_ms != 0 && now_ms >= connection->deadline_ms)
        connection_abort(connection, STATUS_TIMEOUT, "the database did not answer in time");
    else if (connection->operation == OPERATION_BURST)
        connection_sweep(connection, now_ms);
    cancel_sweep(connection);
    return connection->operation == OPERATION_NONE || connection->deadline_ms != 0;
}

static struct connection *find_idle(struct database_pool *pool)
{
    for (uint32_t i = 0; i < pool->options.connections; i++) {
        if (is_idle(&pool->connections[i]))
            return &pool->connections[i];
    }
    return NULL;
}

/* A connection that was in order until it was lost is replaced without a pause. */
static void reopen(struct database_pool *pool)
{
    pool->reopens = false;
    uint64_t now_ms = pool_now_ms(pool);
    for (uint32_t i = 0; i < pool->options.connections && !pool->closing; i++) {
        struct connection *connection = &pool->connections[i];
        if (connection->operation == OPERATION_NONE && now_ms >= connection->connect_at_ms)
            connection_open(connection);
    }
}

/* Sessions first: few of them are allowed at once. */
static void dispatch(struct database_pool *pool)
{
    struct connection *connection;
    for (uint32_t i = 0; i < pool->options.connections && pool->sessions != NULL; i++) {
        connection = &pool->connections[i];
        if (connection->operation == OPERATION_IDLE && connection->session != NULL &&
            connection->session->waiting.count > 0)
            connection_run(connection);
    }
    struct database_session *session;
    while ((session = session_first(pool)) != NULL && (connection = find_idle(pool)) != NULL) {
        session_hold(session, connection);
        connection_run(connection);
    }
    while (pool->waiting.count > 0 && (connection = find_idle(pool)) != NULL)
        connection_run(connection);
}

/* The session may be gone afterwards, and the query with its on_rows. */
static void hand_back(struct query *query)
{
    struct database_session *session = query->session;
    bool own = session != NULL && query == &session->own;
    query->on_rows(query);
    if (session != NULL && !own)
        session_handed_back(session);
}

void pool_enter(struct database_pool *pool)
{
    pool->settling = true;
}

/* on_rows may ask further queries: they gather until everything was handed back, and so leave
 * together. */
void pool_settle(struct database_pool *pool)
{
    do {
        struct query *query;
        while ((query = pool_take(&pool->finished)) != NULL)
            hand_back(query);
        if (pool->reopens)
            reopen(pool);
        dispatch(pool);
    } while (pool->finished.count > 0);
    pool->settling = false;
}

/* Runs while something waits, works or is to be connected again; an idle pool sleeps. */
static void on_tick(void *context)
{
    struct database_pool *pool = context;
    pool->tick = NULL;
    pool_enter(pool);
    uint64_t now_ms = pool_now_ms(pool);
    bool again = false;
    for (uint32_t i = 0; i < pool->options.connections; i++)
        again |= check_connection(&pool->connections[i], now_ms);
    again |= session_sweep(pool, now_ms);
    if (pool->waiting.count > 0)
        pool_sweep(pool, &pool->waiting, now_ms);
    if (again || pool->waiting.count > 0)
        need_tick(pool);
    pool_settle(pool);
}

void database_query(struct database_pool *pool, struct query *query)
{
    query->rows = (struct rows){0};
    query->abandoned = false;
    query->retried = false;
    query->asked_at_ms = pool_now_ms(pool);
    need_tick(pool);
    if (query->session != NULL)
        session_ask(query->session, query);
    else if (is_down(pool, query->asked_at_ms) || pool->closing)
        pool_finish(pool, query, STATUS_UNAVAILABLE, "the database does not answer");
    else if (pool->waiting.count >= pool->options.waiting_limit)
        pool_finish(pool, query, STATUS_UNAVAILABLE, "too many queries wait for a connection");
    else
        pool_append(&pool->waiting, query);
    need_settling(pool);
}

void database_abandon(struct query *query)
{
    query->abandoned = true;
}

uint32_t database_pool_size(const struct database_pool *pool)
{
    return pool->options.connections;
}

bool database_pool_ready(const struct database_pool *pool)
{
    return pool->ready_count > 0;
}

uint32_t database_pool_room(const struct database_pool *pool)
{
    bool asked = false;
    for (uint32_t i = 0; i < pool->options.connections && !asked; i++)
        asked = pool->connections[i].session == NULL && connection_is_asked(&pool->connections[i]);
    uint32_t room = pool->options.waiting_limit, waiting = pool->waiting.count;
    uint32_t leave = count_idle(pool) * BURST_QUERIES;
    if ((asked || leave > 0) && leave < room)
        room = leave;
    return waiting < room ? room - waiting : 0;
}

struct database_counters database_pool_counters(const struct database_pool *pool)
{
    struct database_counters counters = pool->counters;
    counters.connections = pool->options.connections;
    counters.ready = pool->ready_count;
    counters.waiting = pool->waiting.count;
    for (uint32_t i = 0; i < pool->options.connections; i++) {
        counters.busy += pool->connections[i].operation > OPERATION_CONNECT;
        counters.sessions += pool->connections[i].session != NULL;
        counters.statements += pool->connections[i].statements.count;
    }
    return counters;
}

struct database_pool *database_pool_open(struct loop *loop,
                                         const struct database_pool_options *options)
{
    assert(options->connections > 0);
    struct arena *arena = arena_create();
    struct database_pool *pool = arena_new(arena, struct database_pool);
    *pool = (struct database_pool){.loop = loop, .arena = arena, .options = *options};
    if (options->absence_ms == 0)
        pool->options.absence_ms = ABSENCE_MS;
    pool->options.address = connect_copy_address(arena, &options->address);
    pool->connections = arena_array(arena, struct connection, options->connections);
    pool->down_since_ms = pool_now_ms(pool);
    if (getrandom(&pool->random, sizeof(pool->random), 0) != (ssize_t)sizeof(pool->random))
        pool->random = (uintptr_t)pool;
    for (uint32_t i = 0; i < options->connections; i++) {
        struct connection *connection = &pool->connections[i];
        connection->pool = pool;
        statements_init(&connection->statements, options->statements);
        connection_open(connection);
    }
    need_tick(pool);
    return pool;
}

void database_pool_close(struct database_pool *pool)
{
    if (pool == NULL)
        return;
    assert(!pool->settling);
    pool_enter(pool);
    pool->closing = true;
    struct query *query;
    while ((query = pool_take(&pool->waiting)) != NULL)
        pool_finish(pool, query, STATUS_UNAVAILABLE, "the server stops");
    session_stop(pool, "the server stops");
    for (uint32_t i = 0; i < pool->options.connections; i++) {
        if (pool->connections[i].operation != OPERATION_NONE)
            connection_abort(&pool->connections[i], STATUS_UNAVAILABLE, "the server stops");
    }
    pool_settle(pool);
    session_orphan(pool);
    if (pool->tick != NULL)
        pool->loop->ops->timer_cancel(pool->tick);
    if (pool->wake != NULL)
        pool->loop->ops->timer_cancel(pool->wake);
    for (uint32_t i = 0; i < pool->options.connections; i++) {
        statements_dispose(&pool->connections[i].statements);
        burst_free(&pool->connections[i].burst);
    }
    arena_destroy(pool->arena);
}

/* faults: a wire between the pool and MariaDB that is cut, goes silent or lies, at every byte. */
#define _GNU_SOURCE
#include "scratch.h"

#include "base/log.h"
#include "mariadb/database.h"
#include "unit/loop_poll.h"
#include "unit/test.h"
#include <poll.h>
#include <pthread.h>
#include <signal.h>
#include <stdatomic.h>
#include <sys/socket.h>
#include <sys/un.h>

enum { PATIENCE_MS = 20000, TIMEOUT_MS = 300, BYTES_MOST = 4000, TOGETHER = 4 };

enum fault { FAULT_NONE, FAULT_CUT, FAULT_SILENCE, FAULT_LIE };

/* The wire listens on a socket of its own and passes everything on, until `at` bytes have come back
 * from MariaDB on one connection; then the fault happens, once. */
static struct wire {
    struct sockaddr_un here, there;
    int listener;
    _Atomic enum fault fault;
    atomic_int at;
    atomic_bool happened;
    atomic_bool stopping;
} wire;

static struct arena *arena;
static struct loop *loop;
static struct database_address address;

static int connect_there(void)
{
    int fd = socket(AF_UNIX, SOCK_STREAM, 0);
    if (connect(fd, (struct sockaddr *)&wire.there, sizeof(wire.there)) != 0) {
        close(fd);
        return -1;
    }
    return fd;
}

/* False: this connection ends. */
static bool pass_back(int from, int to, int *passed)
{
    char bytes[16384];
    ssize_t len = recv(from, bytes, sizeof(bytes), 0);
    if (len <= 0)
        return false;
    int at = atomic_load(&wire.at);
    enum fault fault = atomic_load(&wire.fault);
    bool now = fault != FAULT_NONE && *passed + len >= at && !atomic_exchange(&wire.happened, true);
    size_t before = now ? (size_t)(at > *passed ? at - *passed : 0) : (size_t)len;
    *passed += (int)len;
    if (now && fault == FAULT_LIE) {
        if (before < (size_t)len)
            bytes[before] ^= (char)(1 + at % 255);
        before = (size_t)len;
    }
    if (before > 0 && send(to, bytes, before, MSG_NOSIGNAL) < 0)
        return false;
    if (now && fault == FAULT_SILENCE) {
        while (!atomic_load(&wire.stopping) && recv(to, bytes, sizeof(bytes), 0) > 0)
            ; /* whatever is asked, nothing comes back */
        return false;
    }
    return !(now && fault == FAULT_CUT);
}

static void *pass(void *context)
{
    int client = (int)(intptr_t)context, server = connect_there(), passed = 0;
    struct pollfd both[2] = {{.fd = client, .events = POLLIN}, {.fd = server, .events = POLLIN}};
    bool open = server >= 0;
    while (open && poll(both, 2, -1) > 0) {
        char bytes[16384];
        if (both[0].revents != 0) {
            ssize_t len = recv(client, bytes, sizeof(bytes), 0);
            open = len > 0 && send(server, bytes, (size_t)len, MSG_NOSIGNAL) == len;
        }
        if (open && both[1].revents != 0)
            open = pass_back(server, client, &passed);
    }
    close(client);
    if (server >= 0)
        close(server);
    return NULL;
}

static void *accept_all(void *context)
{
    int client;
    while ((client = accept(wire.listener, NULL, NULL)) >= 0) {
        pthread_t thread;
        if (pthread_create(&thread, NULL, pass, (void *)(intptr_t)client) == 0)
            pthread_detach(thread);
    }
    return NULL;
}

static void lay_wire(const char *there)
{
    wire.there = (struct sockaddr_un){.sun_family = AF_UNIX};
    wire.here = wire.there;
    strcpy(wire.there.sun_path, there);
    snprintf(wire.here.sun_path, sizeof(wire.here.sun_path), "%s/wire.sock", scratch_folder);
    wire.listener = socket(AF_UNIX, SOCK_STREAM, 0);
    if (bind(wire.listener, (struct sockaddr *)&wire.here, sizeof(wire.here)) != 0 ||
        listen(wire.listener, 100) != 0)
        exit(1);
    address.socket = wire.here.sun_path;
}

/* Queries that leave together, as soon as their statement is known. */
struct asked {
    struct query queries[TOGETHER];
    unsigned calls[TOGETHER];
    unsigned left;
    bool done;
};

static void on_rows(struct query *query)
{
    struct asked *asked = query->context;
    asked->calls[query - asked->queries]++;
    asked->done = --asked->left == 0;
}

static bool is_right(const struct rows *rows)
{
    return rows->count == 6 && rows->width == 3 && rows->cells[15].integer == 6 &&
           str_is(cell_str(&rows->cells[16]), "row 6") && rows->cells[17].kind == CELL_NULL;
}

/* True when every answer is the right one or an honest failure, once, in time. */
static bool ask(struct database_pool *pool, bool *answered, bool may_lie)
{
    static const char sql[] = "SELECT seq, CONCAT('row ', seq), NULL FROM seq_1_to_6";
    struct asked asked = {.left = TOGETHER};
    struct arena *rows = arena_create();
    for (int i = 0; i < TOGETHER; i++) {
        asked.queries[i] =
            (struct query){.sql = STR(sql), .arena = rows, .on_rows = on_rows, .context = &asked};
        database_query(pool, &asked.queries[i]);
    }
    bool honest = loop_poll_until(loop, &asked.done, PATIENCE_MS);
    *answered = true;
    for (int i = 0; i < TOGETHER; i++) {
        const struct query *query = &asked.queries[i];
        honest &= asked.calls[i] == 1;
        *answered &= query->status == STATUS_OK;
        if (query->status == STATUS_OK && !may_lie)
            honest &= is_right(&query->rows);
    }
    arena_destroy(rows);
    return honest;
}

struct tally {
    unsigned faults, failed;
    bool honest, recovered;
};

/* One fault at that byte, on a pool that has just begun or one that has answered before. */
static void try_fault(struct tally *tally, enum fault fault, int at)
{
    atomic_store(&wire.happened, false);
    atomic_store(&wire.at, at);
    atomic_store(&wire.fault, fault);
    struct database_pool *pool =
        database_pool_open(loop, &(struct database_pool_options){.address = address,
                                                                 .connections = 1,
                                                                 .waiting_limit = 10,
                                                                 .statements = 8,
                                                                 .timeout_ms = TIMEOUT_MS});
    bool answered;
    for (int i = 0; i < 2 && tally->honest; i++) {
        tally->honest = ask(pool, &answered, fault == FAULT_LIE);
        tally->failed += !answered;
    }
    tally->faults += atomic_load(&wire.happened);
    atomic_store(&wire.fault, FAULT_NONE);
    tally->recovered = false;
    for (int i = 0; i < 600 && tally->honest && !tally->recovered; i++) {
        bool lied = fault == FAULT_LIE && i == 0; /* what was asked before may only come now */
        tally->recovered = ask(pool, &answered, lied) && answered;
        if (!tally->recovered)
            loop_poll_for(loop, 50);
    }
    database_pool_close(pool);
}

static void test_fault(enum fault fault, int step, const char *honest, const char *recovered)
{
    struct tally tally = {.honest = true, .recovered = true};
    int at = 0;
    for (; at < BYTES_MOST && tally.honest && tally.recovered; at += step) {
        unsigned before = tally.faults;
        try_fault(&tally, fault, at);
        if (tally.faults == before)
            break; /* the whole conversation was shorter */
    }
    printf("# %u faults, to byte %d, %u queries failed\n", tally.faults, at, tally.failed);
    TEST(honest, tally.honest && tally.faults > 10);
    TEST(recovered, tally.recovered);
}

int main(void)
{
    signal(SIGPIPE, SIG_IGN);
    log_set_level(LOG_ERROR);
    arena = arena_create();
    loop = loop_poll_create();
    struct private_mariadb *mariadb = scratch_start(arena);
    address = *private_application(mariadb);
    lay_wire(address.socket);
    pthread_t thread;
    pthread_create(&thread, NULL, accept_all, NULL);
    test_fault(FAULT_CUT, 1,
               "a connection cut at any byte gives the right answer or an honest failure",
               "and the next query is answered");
    test_fault(FAULT_LIE, 11, "a byte changed anywhere ends in an answer or a failure, once",
               "and the pool finds its way back");
    test_fault(FAULT_SILENCE, 83, "a connection that goes silent at any byte is given up in time",
               "and the query after it is answered");
    atomic_store(&wire.stopping, true);
    shutdown(wire.listener, SHUT_RDWR);
    pthread_join(thread, NULL);
    close(wire.listener);
    usleep(100000); /* for the last connections on the wire */
    scratch_stop(mariadb);
    loop_poll_destroy(loop);
    arena_destroy(arena);
    return test_end();
}

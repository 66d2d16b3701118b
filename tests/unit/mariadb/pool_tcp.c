/* pool_tcp: a database that is reached over TCP, and peers that are none. */
#include "scratch.h"

#include "mariadb/database.h"
#include "unit/loop_poll.h"
#include "unit/test.h"
#include <arpa/inet.h>
#include <netinet/in.h>
#include <signal.h>
#include <sys/socket.h>
#include <sys/wait.h>

enum { PATIENCE_MS = 20000 };

static struct arena *arena;
static struct loop *loop;
static struct database_address address;

struct asked {
    struct query query;
    bool done;
};

static void on_rows(struct query *query)
{
    struct asked *asked = query->context;
    asked->done = true;
}

static struct asked run(struct database_pool *pool, const char *sql)
{
    static struct asked asked;
    asked = (struct asked){
        .query = {.sql = str_of(sql), .arena = arena, .on_rows = on_rows, .context = &asked}};
    database_query(pool, &asked.query);
    TEST("an answer comes", loop_poll_until(loop, &asked.done, PATIENCE_MS));
    return asked;
}

static bool answers(struct database_pool *pool, int64_t number)
{
    struct asked asked = run(pool, str_printf(arena, "SELECT %lld", (long long)number).at);
    if (asked.query.status != STATUS_OK)
        printf("# " STR_FMT "\n", STR_ARG(asked.query.problem));
    return asked.query.status == STATUS_OK && asked.query.rows.cells[0].integer == number;
}

static struct database_pool *open_pool(unsigned port)
{
    struct database_pool_options options = {.address = address,
                                            .connections = 1,
                                            .waiting_limit = 10,
                                            .statements = 8,
                                            .timeout_ms = 20000};
    options.address.port = port;
    return database_pool_open(loop, &options);
}

static int listen_anywhere(unsigned *port)
{
    int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    struct sockaddr_in name = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    socklen_t size = sizeof(name);
    if (bind(fd, (struct sockaddr *)&name, sizeof(name)) != 0 || listen(fd, 10) != 0 ||
        getsockname(fd, (struct sockaddr *)&name, &size) != 0)
        exit(1);
    *port = ntohs(name.sin_port);
    return fd;
}

/* The data of a private MariaDB, served over TCP this time. */
static pid_t serve_over_tcp(unsigned port)
{
    struct private_folder folder;
    struct str problem;
    if (!private_folder_open(&folder, arena, scratch_folder, &problem))
        exit(1);
    const char *const arguments[] = {
        process_find(arena, "mariadbd"),
        "--no-defaults",
        folder.data_argument,
        "--innodb-log-file-size=64M",
        "--innodb-buffer-pool-size=16M",
        "--bind-address=127.0.0.1",
        str_printf(arena, "--port=%u", port).at,
        str_printf(arena, "--socket=%s.tcp", folder.socket).at,
        str_printf(arena, "--pid-file=%s.tcp", folder.pid_file).at,
        str_printf(arena, "--init-file=%s", folder.accounts_file).at,
        NULL,
    };
    address = (struct database_address){
        .host = "127.0.0.1",
        .port = port,
        .user = "dossier",
        .password = folder.application_password,
        .name = "dossier",
    };
    pid_t pid = process_start(&folder.user, arguments, folder.log);
    private_folder_close(&folder);
    struct database *database = NULL;
    for (int i = 0; i < 500 && database == NULL; i++) {
        usleep(20000);
        database = database_open(&address, arena, &problem);
    }
    TEST("MariaDB answers over TCP", database != NULL);
    database_close(database);
    return pid;
}

static void kill_all(unsigned port)
{
    struct str problem;
    struct rows rows;
    struct database *killer = database_open(&address, arena, &problem);
    database_run(killer, arena,
                 STR("SELECT ID FROM information_schema.PROCESSLIST WHERE USER = 'dossier' AND ID "
                     "<> CONNECTION_ID()"),
                 NULL, 0, &rows);
    for (uint32_t i = 0; i < rows.count; i++)
        database_run(killer, arena,
                     str_printf(arena, "KILL %lld", (long long)rows.cells[i].integer), NULL, 0,
                     NULL);
    database_close(killer);
}

static void test_tcp(unsigned port)
{
    struct database_pool *pool = open_pool(port);
    TEST("the pool works over TCP", answers(pool, 1));
    kill_all(port);
    usleep(100000);
    TEST("a connection that died unnoticed costs no query", answers(pool, 2));
    TEST("it goes on", answers(pool, 3));
    database_pool_close(pool);
}

static void test_refusal(void)
{
    unsigned port;
    close(listen_anywhere(&port));
    struct database_pool *pool = open_pool(port);
    struct asked asked = run(pool, "SELECT 1");
    TEST("where nobody listens the database is unavailable",
         asked.query.status == STATUS_UNAVAILABLE);
    database_pool_close(pool);
}

/* Connects, and then says nothing: five seconds later it is given up. */
static void test_silence(void)
{
    unsigned port;
    int listener = listen_anywhere(&port);
    struct database_pool *pool = open_pool(port);
    struct asked asked = run(pool, "SELECT 1");
    TEST("a peer that says nothing is no database", asked.query.status == STATUS_UNAVAILABLE);
    loop_poll_for(loop, 5500);
    TEST("nor does it become one", !database_pool_ready(pool));
    database_pool_close(pool);
    pool = open_pool(port);
    loop_poll_for(loop, 100);
    TEST("a pool that still connects is not ready", !database_pool_ready(pool));
    database_pool_close(pool);
    close(listener);
}

/* Sends what is no greeting of MariaDB, to one after the other, until it is killed. */
static _Noreturn void send_garbage(int listener)
{
    static const struct {
        const char *bytes;
        size_t len;
    } greetings[] = {
        {"HTTP/1.1 400 Bad Request\r\n\r\n", 28},
        {"\xff\xff\xff\xff", 4},
        {"\x01\x00\x00\x00\x0a", 5},
        {"\x10\x00\x00\x00\x0a"
         "5.5.5-10.11\0\x01",
         18},
    };
    for (size_t i = 0;; i = (i + 1) % (sizeof(greetings) / sizeof(greetings[0]))) {
        int peer = accept(listener, NULL, NULL);
        if (send(peer, greetings[i].bytes, greetings[i].len, MSG_NOSIGNAL) < 0)
            _exit(1);
        close(peer);
    }
}

static void test_garbage(void)
{
    unsigned port;
    int listener = listen_anywhere(&port);
    pid_t child = fork();
    if (child == 0)
        send_garbage(listener);
    struct database_pool *pool = open_pool(port);
    loop_poll_for(loop, 3000);
    struct asked asked = run(pool, "SELECT 1");
    TEST("a peer that sends garbage is no database", asked.query.status == STATUS_UNAVAILABLE);
    database_pool_close(pool);
    kill(child, SIGKILL);
    waitpid(child, NULL, 0);
    close(listener);
}

int main(void)
{
    signal(SIGPIPE, SIG_IGN);
    arena = arena_create();
    loop = loop_poll_create();
    private_stop(scratch_start(arena));
    unsigned port;
    close(listen_anywhere(&port));
    pid_t pid = serve_over_tcp(port);
    test_tcp(port);
    test_refusal();
    test_silence();
    test_garbage();
    kill(pid, SIGTERM);
    process_wait(pid);
    scratch_remove();
    loop_poll_destroy(loop);
    arena_destroy(arena);
    return test_end();
}

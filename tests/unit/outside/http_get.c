/* http_get: an answer, no answer, and answers that are none; against a server that says what it is
 * told. */
#include "outside/http_get.h"

#include "base/arena.h"
#include "unit/loop_poll.h"
#include "unit/test.h"
#include <arpa/inet.h>
#include <pthread.h>
#include <stdlib.h>
#include <unistd.h>

enum { TIMEOUT_MS = 200, LIMIT_BYTES = 4096 };

static struct loop *loop;
static struct arena *arena;
static int listener;
static struct str url;

/* What the server says to the next request, and what it was asked. NULL: nothing. */
static const char *answer;
static char asked[1024];

static void *serve_one(void *unused)
{
    int client = accept(listener, NULL, NULL);
    ssize_t length = recv(client, asked, sizeof(asked) - 1, 0);
    asked[length < 0 ? 0 : length] = '\0';
    if (answer == NULL)
        usleep(2 * TIMEOUT_MS * 1000);
    else
        send(client, answer, strlen(answer), MSG_NOSIGNAL);
    close(client);
    return unused;
}

static void listen_somewhere(void)
{
    struct sockaddr_in at = {.sin_family = AF_INET, .sin_addr = {htonl(INADDR_LOOPBACK)}};
    socklen_t length = sizeof(at);
    listener = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (bind(listener, (struct sockaddr *)&at, sizeof(at)) != 0 || listen(listener, 4) != 0 ||
        getsockname(listener, (struct sockaddr *)&at, &length) != 0)
        abort();
    url = str_printf(arena, "http://127.0.0.1:%d/find", ntohs(at.sin_port));
}

static void on_done(struct http_get *get)
{
    *(bool *)get->context = true;
}

static struct http_get *get_from(const struct http_address *address)
{
    bool *done = arena_new(arena, bool);
    struct http_get *get = arena_new(arena, struct http_get);
    *done = false;
    *get = (struct http_get){.loop = loop,
                             .arena = arena,
                             .address = address,
                             .target = http_query(arena, address->path, "search", STR("a b&ü")),
                             .timeout_ms = TIMEOUT_MS,
                             .limit_bytes = LIMIT_BYTES,
                             .on_done = on_done,
                             .context = done};
    http_get_start(get);
    TEST("nothing is called back at once", !*done);
    TEST("it ends within its time", loop_poll_until(loop, done, 5 * TIMEOUT_MS));
    return get;
}

static struct http_get *ask(const char *what)
{
    struct http_address *address = arena_new(arena, struct http_address);
    struct str problem;
    pthread_t server;
    answer = what;
    if (!http_address_read(address, arena, url, &problem) ||
        pthread_create(&server, NULL, serve_one, NULL) != 0)
        abort();
    struct http_get *get = get_from(address);
    pthread_join(server, NULL);
    return get;
}

static bool fails(const char *what)
{
    return ask(what)->status == STATUS_UNAVAILABLE;
}

static void test_answers(void)
{
    struct http_get *get =
        ask("HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\n\r\nfound\r\n\r\nit");
    TEST("an answer is one", get->status == STATUS_OK);
    TEST_TEXT("with its body", get->body, STR("found\r\n\r\nit"));
    const char begins[] = "GET /find?search=a%20b%26%C3%BC HTTP/1.0\r\nHost: 127.0.0.1:";
    TEST("the request is as HTTP has it", strncmp(asked, begins, strlen(begins)) == 0);
    TEST("an empty body is one", ask("HTTP/1.0 200 OK\r\n\r\n")->status == STATUS_OK);
}

static void test_no_answers(void)
{
    static char endless[LIMIT_BYTES * 2];
    memset(endless, 'x', sizeof(endless) - 1);
    memcpy(endless, "HTTP/1.0 200 OK\r\n\r\n", 19);
    TEST("silence is none", fails(NULL));
    TEST("hanging up is none", fails(""));
    TEST("another status is none", fails("HTTP/1.0 404 Not Found\r\n\r\nfound"));
    TEST("half a head is none", fails("HTTP/1.0 200 OK\r\nContent-"));
    TEST("something else is none", fails("SSH-2.0-OpenSSH 200 \r\n\r\n"));
    TEST("more than is allowed is none", fails(endless));
    close(listener);
    struct http_address address;
    struct str problem;
    TEST("nobody there is none", http_address_read(&address, arena, url, &problem) &&
                                     get_from(&address)->status == STATUS_UNAVAILABLE);
}

static bool refuses(const char *text)
{
    struct http_address address;
    struct str problem = {0};
    return !http_address_read(&address, arena, str_of(text), &problem) && problem.len > 0;
}

static void test_addresses(void)
{
    struct http_address address;
    struct str problem;
    TEST("a path may be left out",
         http_address_read(&address, arena, STR("http://127.0.0.1"), &problem));
    TEST_TEXT("then it is the root", address.path, STR("/"));
    TEST("another scheme is refused", refuses("https://127.0.0.1/"));
    TEST("no host is refused", refuses("http:///find"));
    TEST("a port that is too long is refused", refuses("http://127.0.0.1:1234567/"));
    TEST("a name nobody knows is refused", refuses("http://nobody.invalid/"));
    TEST_TEXT("a path with a query gets more of it",
              http_query(arena, STR("/x?a=1"), "b", STR("%")), STR("/x?a=1&b=%25"));
}

int main(void)
{
    arena = arena_create();
    loop = loop_poll_create();
    listen_somewhere();
    test_answers();
    test_no_answers();
    test_addresses();
    loop_poll_destroy(loop);
    arena_destroy(arena);
    return test_end();
}

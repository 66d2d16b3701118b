/* server: the language over HTTP, so that test suites outside of this repository can ask it
 * (graphql-conform).
 *
 *     graphql-conform --port 8090
 *
 * A thread per connection, on 127.0.0.1 only; questions are answered one at a time. Not for
 * production: it knows no users, no limits but those of a body, and no rows.
 */
#include "answer.h"
#include "base/arena.h"
#include "base/buf.h"
#include "http_message.h"
#include <arpa/inet.h>
#include <errno.h>
#include <netinet/tcp.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

enum { IDLE_TIMEOUT_S = 60, CONNECTION_LIMIT = 128 };

struct server {
    struct answers *answers;
    pthread_mutex_t lock; /* of answers and connections */
    int connections;
};

struct connection {
    struct server *server;
    int fd;
    struct http_reader reader;
};

static bool send_all(int fd, struct str text)
{
    while (text.len > 0) {
        ssize_t sent = send(fd, text.at, text.len, MSG_NOSIGNAL);
        if (sent <= 0)
            return false;
        text = (struct str){.at = text.at + sent, .len = text.len - (size_t)sent};
    }
    return true;
}

static bool respond(int fd, struct arena *arena, const struct http_message *message,
                    const char *status, struct str body)
{
    struct buf out;
    buf_init(&out, arena, body.len + 256);
    buf_printf(&out,
               "HTTP/1.1 %s\r\n"
               "content-type: application/json; charset=utf-8\r\n"
               "content-length: %zu\r\n"
               "%s\r\n",
               status, body.len, message->keep_alive ? "" : "connection: close\r\n");
    if (!str_is(message->method, "HEAD"))
        buf_add(&out, body);
    return send_all(fd, buf_str(&out));
}

static struct str problem_body(struct arena *arena, const char *problem)
{
    struct buf body;
    buf_init(&body, arena, 256);
    buf_add(&body, STR("{\"errors\":[{\"message\":"));
    buf_add_json_string(&body, str_of(problem));
    buf_add(&body, STR("}]}"));
    return buf_str(&body);
}

/* The answer to a question that is well-formed JSON; .at NULL with the problem. */
static struct str ask(struct server *server, struct arena *arena,
                      const struct http_message *message, const char **problem)
{
    json_error_t malformed;
    json_t *question = json_loadb(message->body.at, message->body.len, JSON_ALLOW_NUL, &malformed);
    if (!json_is_object(question)) {
        *problem = question == NULL
                       ? str_printf(arena, "The body is not JSON: %s.", malformed.text).at
                       : "The body must be a JSON object.";
        json_decref(question);
        return (struct str){0};
    }
    const char *operation = str_copy(arena, message->path).at + 1;
    pthread_mutex_lock(&server->lock);
    struct str text = answer(server->answers, arena, operation, question, problem);
    pthread_mutex_unlock(&server->lock);
    json_decref(question);
    return text;
}

static bool is_operation(struct str path)
{
    static const char *const paths[] = {"/parse",     "/schema", "/validate",    "/execute",
                                        "/arguments", "/print",  "/print_schema"};
    for (size_t i = 0; i < sizeof(paths) / sizeof(paths[0]); i++) {
        if (str_is(path, paths[i]))
            return true;
    }
    return false;
}

static bool serve(struct connection *connection, struct arena *arena,
                  const struct http_message *message)
{
    int fd = connection->fd;
    bool reads = str_is(message->method, "GET") || str_is(message->method, "HEAD");
    if (str_is(message->path, "/health"))
        return respond(fd, arena, message, reads ? "200 OK" : "405 Method Not Allowed",
                       STR("{\"status\":\"ok\"}"));
    if (!is_operation(message->path))
        return respond(
            fd, arena, message, "404 Not Found",
            problem_body(arena,
                         "There is /health, and POST to /parse, /schema, /validate, /execute, "
                         "/arguments, /print and /print_schema."));
    if (!str_is(message->method, "POST"))
        return respond(fd, arena, message, "405 Method Not Allowed",
                       problem_body(arena, "Use POST."));
    const char *problem = NULL;
    struct str text = ask(connection->server, arena, message, &problem);
    if (text.at == NULL)
        return respond(fd, arena, message, "400 Bad Request", problem_body(arena, problem));
    return respond(fd, arena, message, "200 OK", text);
}

/* By one more or one less; false: there are too many already. */
static bool count_connection(struct server *server, int change)
{
    pthread_mutex_lock(&server->lock);
    bool fits = change < 0 || server->connections < CONNECTION_LIMIT;
    server->connections += fits ? change : 0;
    pthread_mutex_unlock(&server->lock);
    return fits;
}

static void end_connection(struct connection *connection)
{
    http_reader_release(&connection->reader);
    close(connection->fd);
    count_connection(connection->server, -1);
    free(connection);
}

static void *run_connection(void *argument)
{
    struct connection *connection = argument;
    bool more = true;
    while (more) {
        struct arena *arena = arena_create();
        struct http_message message;
        enum http_outcome outcome = http_read(&connection->reader, arena, &message);
        more = outcome == HTTP_READ && serve(connection, arena, &message) && message.keep_alive;
        if (outcome == HTTP_MALFORMED)
            respond(connection->fd, arena, &message, message.status,
                    problem_body(arena, message.problem));
        arena_destroy(arena);
    }
    end_connection(connection);
    return NULL;
}

static void start_connection(struct server *server, int fd)
{
    const struct timeval timeout = {.tv_sec = IDLE_TIMEOUT_S};
    const int yes = 1;
    setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &timeout, sizeof(timeout));
    setsockopt(fd, SOL_SOCKET, SO_SNDTIMEO, &timeout, sizeof(timeout));
    setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &yes, sizeof(yes));
    if (!count_connection(server, 1)) {
        close(fd);
        return;
    }
    struct connection *connection = calloc(1, sizeof(*connection));
    if (connection == NULL)
        abort();
    *connection = (struct connection){.server = server, .fd = fd, .reader = {.fd = fd}};
    pthread_t thread;
    if (pthread_create(&thread, NULL, run_connection, connection) == 0)
        pthread_detach(thread);
    else
        end_connection(connection);
}

static int listen_on(uint16_t port)
{
    int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    const int yes = 1;
    struct sockaddr_in address = {
        .sin_family = AF_INET, .sin_port = htons(port), .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    socklen_t size = sizeof(address);
    setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof(yes));
    if (bind(fd, (struct sockaddr *)&address, size) != 0 || listen(fd, 64) != 0 ||
        getsockname(fd, (struct sockaddr *)&address, &size) != 0) {
        fprintf(stderr, "graphql-conform: cannot listen on 127.0.0.1:%u (%s); try another --port\n",
                port, strerror(errno));
        exit(1);
    }
    printf("graphql-conform: http://127.0.0.1:%u\n", ntohs(address.sin_port));
    fflush(stdout);
    return fd;
}

/* 0: any port that is free. */
static uint16_t port_argument(int argc, char **argv)
{
    char *end = NULL;
    long port = 8090;
    if (argc == 3 && strcmp(argv[1], "--port") == 0)
        port = strtol(argv[2], &end, 10);
    bool understood =
        argc == 1 || (end != NULL && end != argv[2] && *end == '\0' && port >= 0 && port <= 65535);
    if (understood)
        return (uint16_t)port;
    fprintf(stderr, "usage: graphql-conform [--port N] (8090; 0 takes any that is free)\n");
    exit(2);
}

int main(int argc, char **argv)
{
    int listener = listen_on(port_argument(argc, argv));
    struct server server = {.answers = answers_create(), .lock = PTHREAD_MUTEX_INITIALIZER};
    for (;;) {
        int fd = accept(listener, NULL, NULL);
        if (fd >= 0)
            start_connection(&server, fd);
        else if (errno != EINTR && errno != ECONNABORTED)
            usleep(10000); /* out of descriptors, perhaps not for long */
    }
}

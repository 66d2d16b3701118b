/* door: where connections come in; each goes to the lane that has fewest. */
#define _GNU_SOURCE /* accept4 */
#include "http/door.h"

#include "base/metrics.h"
#include "http/lane.h"
#include <fcntl.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <stdlib.h>
#include <sys/socket.h>

enum {
    ACCEPTS_AT_ONCE = 16,
    UNACKNOWLEDGED_MS = 15000, /* a peer that takes nothing for so long is gone */
};

/* A connection on its way to another lane. */
struct handover {
    struct lane *lane;
    int fd;
};

/* A client that never reads would hold its answer for ever: h2o has no timeout for writing. */
static void set_options(int fd)
{
    const int on = 1, unacknowledged_ms = UNACKNOWLEDGED_MS;
    setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof(on));
    setsockopt(fd, IPPROTO_TCP, TCP_USER_TIMEOUT, &unacknowledged_ms, sizeof(unacknowledged_ms));
    setsockopt(fd, SOL_SOCKET, SO_KEEPALIVE, &on, sizeof(on));
}

/* Under the mutex. */
static void count(struct lane *lane, int change)
{
    lane->connections += (unsigned)change;
    counter_set(&lane->numbers->connections, lane->connections);
}

static struct lane *least_busy(struct lane *own)
{
    const struct door *door = own->door;
    struct lane *least = own;
    for (unsigned i = 0; i < door->lane_count && !door->closing; i++)
        if (door->lanes[i]->connections < least->connections)
            least = door->lanes[i];
    return least;
}

static void on_accept(h2o_socket_t *listener, const char *error);

static void on_connection_closed(void *context)
{
    struct lane *lane = context;
    pthread_mutex_lock(&lane->door->mutex);
    count(lane, -1);
    pthread_mutex_unlock(&lane->door->mutex);
    if (lane->listener != NULL && !h2o_socket_is_reading(lane->listener))
        h2o_socket_read_start(lane->listener, on_accept);
}

static void take(struct lane *lane, int fd)
{
    h2o_socket_t *socket =
        h2o_evloop_socket_create(lane->loop->h2o, fd, H2O_SOCKET_FLAG_IS_ACCEPTED_CONNECTION);
    set_options(fd);
    socket->on_close.cb = on_connection_closed;
    socket->on_close.data = lane;
    h2o_accept(&lane->accept, socket);
}

static void on_handover(void *context)
{
    struct handover *handover = context;
    take(handover->lane, handover->fd);
    free(handover);
}

static void hand_over(struct lane *lane, int fd)
{
    struct handover *handover = malloc(sizeof(*handover));
    if (handover == NULL)
        h2o_fatal("no memory left");
    *handover = (struct handover){.lane = lane, .fd = fd};
    lane->loop->super.ops->post(&lane->loop->super, on_handover, handover);
}

/* False: nobody waits, or nobody can be taken. All under the mutex: what is handed over arrives
 * before the message that the server ends, and after door_close() nothing is. */
static bool accept_one(struct lane *own)
{
    const unsigned limit = own->options->connection_limit / own->options->threads;
    pthread_mutex_lock(&own->door->mutex);
    struct lane *lane = least_busy(own);
    bool full = lane->connections >= limit;
    int listener = h2o_socket_get_fd(own->listener);
    int fd = full ? -1 : accept4(listener, NULL, NULL, SOCK_NONBLOCK | SOCK_CLOEXEC);
    if (fd != -1)
        count(lane, 1);
    if (fd != -1 && lane != own)
        hand_over(lane, fd);
    pthread_mutex_unlock(&own->door->mutex);
    if (full)
        h2o_socket_read_stop(own->listener);
    if (fd != -1 && lane == own)
        take(own, fd);
    return fd != -1;
}

/* At the limit nothing is accepted until somebody leaves; the kernel keeps the others waiting. */
static void on_accept(h2o_socket_t *listener, const char *error)
{
    for (int i = 0; i < ACCEPTS_AT_ONCE; i++)
        if (!accept_one(listener->data))
            return;
}

void door_init(struct door *door, int listener)
{
    *door = (struct door){.listener = listener};
    pthread_mutex_init(&door->mutex, NULL);
}

void door_destroy(struct door *door)
{
    pthread_mutex_destroy(&door->mutex);
}

void door_close(struct door *door)
{
    pthread_mutex_lock(&door->mutex);
    door->closing = true;
    pthread_mutex_unlock(&door->mutex);
}

bool door_enter(struct lane *lane)
{
    struct door *door = lane->door;
    int copy = fcntl(door->listener, F_DUPFD_CLOEXEC, 0);
    if (copy == -1)
        return false;
    lane->listener = h2o_evloop_socket_create(lane->loop->h2o, copy, H2O_SOCKET_FLAG_DONT_READ);
    lane->listener->data = lane;
    h2o_socket_read_start(lane->listener, on_accept);
    pthread_mutex_lock(&door->mutex);
    door->lanes[door->lane_count++] = lane;
    pthread_mutex_unlock(&door->mutex);
    return true;
}

void door_leave(struct lane *lane)
{
    h2o_socket_t *listener = lane->listener;
    while (accept_one(lane))
        continue;
    lane->listener = NULL;
    h2o_socket_read_stop(listener);
    h2o_socket_close(listener);
}

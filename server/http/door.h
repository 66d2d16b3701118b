/* door: where connections come in; each goes to the lane that has fewest.
 *
 * All lanes listen to the same socket. Whichever is woken accepts, and hands the connection over
 * when another lane has fewer: what came in one burst would else be the work of one processor.
 */
#pragma once

#include <pthread.h>
#include <stdbool.h>

struct lane;

enum { DOOR_LANES_MAX = 64 };

struct door {
    int listener;
    pthread_mutex_t mutex; /* of what follows, and of lane->connections */
    struct lane *lanes[DOOR_LANES_MAX];
    unsigned lane_count;
    bool closing; /* whoever accepts a connection keeps it */
};

void door_init(struct door *door, int listener);
void door_destroy(struct door *door);

/* Before the first lane is told to drain: nothing is handed to a lane that may be gone. */
void door_close(struct door *door);

/* On the lane's own thread: the lane accepts connections from now on. False: no more descriptors.
 */
bool door_enter(struct lane *lane);

/* On the lane's own thread, after door_close(): takes whoever was let in by the kernel, then
 * nobody. */
void door_leave(struct lane *lane);

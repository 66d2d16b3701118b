/* desk: where statements of all calls of a loop wait for a connection, and leave together.
 *
 * What is sent within one turn of the loop leaves at its end, as one burst on one connection. While
 * BURSTS_AT_ONCE bursts are under way fetches wait; when one comes back everything that waits
 * leaves: the same fetch of the same plan for viewers with the same rows is one statement with all
 * the keys (group commit, for reads). Without load nothing waits. A burst that takes long does not
 * count, so that one slow statement holds up nobody but itself while there are connections.
 */
#pragma once

#include <stdbool.h>
#include <stdint.h>

struct batch;
struct cell;
struct loop;
struct loop_timer;
struct source;
struct source_request;
struct trip;

/* Some keys of a batch, on their way to the database. */
struct errand {
    struct batch *batch;
    struct source_request *chunk; /* gets the rows; its on_rows is called */
    const struct cell *keys;      /* ascending */
    uint32_t key_count;           /* 0: the fetch has no key */
    struct errand *next;
};

struct errand_queue {
    struct errand *first, *last;
};

/* Statements that left together, on one connection. */
struct burst {
    uint32_t open; /* statements that are not back; 0: the place is free */
    bool alone;    /* one that may take long by nature: others neither join it nor wait for it */
    uint64_t left_ms;
};

enum { DESK_BURSTS = 64, TOGETHER_STEPS = 8 };

struct desk {
    struct source *source;
    struct loop *loop;
    uint32_t capacity; /* bursts under way at once, at most: one for each connection */
    struct errand_queue waiting, waiting_alone;
    struct burst bursts[DESK_BURSTS];
    struct trip *trips;           /* under way */
    struct loop_timer *leaving;   /* the end of this turn */
    struct loop_timer *impatient; /* a burst may have become a slow one */
    /* For the metrics: */
    uint64_t errands;
    uint64_t statements;
    uint64_t bursts_left;
    uint64_t together[TOGETHER_STEPS]; /* statements by their errands: 1, 2, 3–4, 5–8 … */
};

void desk_init(struct desk *desk, struct source *source, struct loop *loop, uint32_t capacity);

/* chunk->on_rows is never called before this returns. */
void desk_send(struct desk *desk, struct errand *errand);

/* Calls were abandoned: statements that nobody waits for any more are given up. */
void desk_abandon(struct desk *desk);

/* No call is under way any more. */
void desk_close(struct desk *desk);

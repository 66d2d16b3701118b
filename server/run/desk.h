/* desk: where statements of all calls of a loop wait for a connection, and leave together.
 *
 * While every connection works, fetches wait here. When one is free the first leaves, and with it
 * all that are the same fetch of the same plan for viewers with the same rows, only for other keys:
 * they are one statement with all the keys (group commit, for reads). Without load nothing waits.
 */
#pragma once

#include <stdint.h>

struct batch;
struct cell;
struct source;
struct source_request;

/* Some keys of a batch, on their way to the database. */
struct errand {
    struct batch *batch;
    struct source_request *chunk; /* gets the rows; its on_rows is called */
    const struct cell *keys;      /* ascending */
    uint32_t key_count;           /* 0: the fetch has no key */
    struct errand *next;
};

struct desk {
    struct source *source;
    uint32_t capacity; /* statements under way at once */
    uint32_t under_way;
    struct errand *first, *last; /* waiting */
    /* For the metrics: */
    uint64_t errands;
    uint64_t statements;
};

void desk_init(struct desk *desk, struct source *source, uint32_t capacity);

/* chunk->on_rows is never called before this returns. */
void desk_send(struct desk *desk, struct errand *errand);

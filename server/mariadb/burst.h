/* burst: queries that leave in one write on one connection, and their answers as they come.
 *
 * MariaDB takes one after the other and answers in their order, so the first that is unanswered is
 * the one that runs. What is sent has been copied: a query may be taken out of its slot at any
 * time, and its answer is then read and dropped.
 */
#pragma once

#include "answer.h"
#include "packets.h"
#include "request.h"

struct query;
struct statement;

enum {
    BURST_QUERIES = 32,
    BURST_BYTES = 128 << 10, /* a longer query goes alone, or last */
};

struct burst_slot {
    struct query *query; /* NULL: nobody waits for it any more */
    struct statement *statement;
};

struct burst {
    struct burst_slot slots[BURST_QUERIES];
    uint32_t count;
    uint32_t answered;
    uint32_t expected_us; /* of all its statements, as far as known */
    bool last;            /* nothing should wait behind what is in it */
    struct request request;
    size_t sent; /* bytes of it */
    struct packets packets;
    struct answer answer; /* of slots[answered] */
    uint64_t since_us;    /* it was sent, or the last answers came */
    uint32_t killed;      /* which of them was to be ended last, counted from 1; 0: none */
};

/* How many queries may go on one connection: `most`, or `least` when they take that long already.
 */
struct burst_share {
    uint32_t least, most;
    uint32_t us;
};

/* Statuses as of request_add(). A statement that is slow, compared with the mean of all, or not
 * known yet is the last of its burst. */
enum status burst_add(struct burst *burst, struct statement *statement, struct query *query,
                      uint32_t mean_us);
bool burst_is_full(const struct burst *burst, const struct burst_share *share);

static inline bool burst_is_sent(const struct burst *burst)
{
    return burst->sent == burst->request.len;
}

static inline bool burst_is_answered(const struct burst *burst)
{
    return burst->answered == burst->count;
}

/* Writes as much as the socket takes. False: the connection is lost. */
bool burst_send(struct burst *burst, int fd);

enum burst_received {
    BURST_BYTES_CAME,
    BURST_NOTHING_CAME,
    BURST_LOST,
};

enum burst_received burst_receive(struct burst *burst, int fd);

/* Goes on with the answer of the query that runs; its state tells how far it came. */
void burst_read(struct burst *burst);

/* How long the query that runs has done so, at most. */
uint64_t burst_time_us(const struct burst *burst);

/* The answer was handed over: on to the next one. */
void burst_advance(struct burst *burst);

/* Those from this one on were answered since the last time: what did each of them take? The mean of
 * all statements follows, too. */
void burst_measure(struct burst *burst, uint32_t first, uint32_t *mean_us);

/* A statement of the burst that has to be closed, each of them once; NULL: none. */
struct statement *burst_take_broken(struct burst *burst);

void burst_clear(struct burst *burst);
void burst_free(struct burst *burst);

/* packets: bytes from MariaDB, cut into the packets of its protocol.
 *
 * A packet is three bytes of length, one that counts (from 0 in every exchange, ours is 0), and its
 * content. One of 16 MB or more comes in pieces, of which the last is the first that is shorter.
 * What is handed out lies in the buffer and stays until bytes are added to it.
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { PACKET_HEAD = 4, PACKET_PIECE = 0xffffff };

struct packets {
    unsigned char *bytes;
    size_t at, len, size; /* what lies before `at` was handed out */
};

struct packet {
    const unsigned char *bytes;
    size_t len;
};

/* Whole packets one after another, with their heads, as they came. */
struct packet_run {
    const unsigned char *bytes;
    size_t len;
    uint32_t count;
};

enum packets_state {
    PACKETS_ONE,
    PACKETS_INCOMPLETE, /* the rest of it has not come yet */
    PACKETS_BAD,        /* miscounted, or larger than any we accept */
};

/* Where to put what comes next, and how much of it at most; packets_added() tells how much it was.
 */
unsigned char *packets_room(struct packets *packets, size_t *room);
void packets_added(struct packets *packets, size_t len);

/* *sequence is what the packet must be counted as, and then what the one after it must be. */
enum packets_state packets_next(struct packets *packets, struct packet *packet, uint8_t *sequence);

/* All packets that are here in whole and begin with this byte; false: the next one is none, or not
 * here, or in pieces. */
bool packets_run(struct packets *packets, struct packet_run *run, unsigned char first,
                 uint8_t *sequence);

/* Bytes that were not handed out. */
static inline size_t packets_left(const struct packets *packets)
{
    return packets->len - packets->at;
}

static inline size_t packet_length(const unsigned char *head)
{
    return head[0] | (size_t)head[1] << 8 | (size_t)head[2] << 16;
}

/* Forgets everything, and gives back what only a large answer needed. */
void packets_clear(struct packets *packets);
void packets_free(struct packets *packets);

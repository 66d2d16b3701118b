/* packets: a buffer that is filled at its end and emptied at its beginning. */
#include "packets.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

enum {
    ROOM = 64 << 10,       /* at least so much is offered to the socket */
    KEPT = 256 << 10,      /* so much stays when nothing is under way */
    PACKET_MOST = 64 << 20 /* as MYSQL_OPT_MAX_ALLOWED_PACKET in connect.c */
};

static void grow(struct packets *packets)
{
    size_t size = packets->size == 0 ? ROOM : packets->size * 2;
    unsigned char *bytes = realloc(packets->bytes, size);
    if (bytes == NULL)
        abort(); /* as an arena does */
    packets->bytes = bytes;
    packets->size = size;
}

unsigned char *packets_room(struct packets *packets, size_t *room)
{
    size_t left = packets_left(packets);
    if (packets->at > 0 && (left == 0 || packets->size - packets->len < ROOM)) {
        memmove(packets->bytes, packets->bytes + packets->at, left);
        packets->at = 0;
        packets->len = left;
    }
    while (packets->size - packets->len < ROOM)
        grow(packets);
    *room = packets->size - packets->len;
    return packets->bytes + packets->len;
}

void packets_added(struct packets *packets, size_t len)
{
    assert(len <= packets->size - packets->len);
    packets->len += len;
}

/* The pieces of a packet move together; the heads between them are overwritten. */
static void join_pieces(unsigned char *start, size_t len)
{
    size_t joined = PACKET_PIECE;
    for (size_t from = PACKET_HEAD + PACKET_PIECE; joined < len;) {
        size_t piece = packet_length(start + from);
        memmove(start + PACKET_HEAD + joined, start + from + PACKET_HEAD, piece);
        from += PACKET_HEAD + piece;
        joined += piece;
    }
}

enum packets_state packets_next(struct packets *packets, struct packet *packet, uint8_t *sequence)
{
    unsigned char *start = packets->bytes + packets->at;
    size_t left = packets_left(packets), heads = 0, len = 0, piece;
    uint8_t count = *sequence;
    do {
        if (left < heads + len + PACKET_HEAD)
            return PACKETS_INCOMPLETE;
        const unsigned char *head = start + heads + len;
        if (head[3] != count++)
            return PACKETS_BAD;
        piece = packet_length(head);
        heads += PACKET_HEAD;
        len += piece;
        if (len > PACKET_MOST)
            return PACKETS_BAD;
        if (left < heads + len)
            return PACKETS_INCOMPLETE;
    } while (piece == PACKET_PIECE);
    if (heads > PACKET_HEAD)
        join_pieces(start, len);
    *packet = (struct packet){.bytes = start + PACKET_HEAD, .len = len};
    *sequence = count;
    packets->at += heads + len;
    return PACKETS_ONE;
}

bool packets_run(struct packets *packets, struct packet_run *run, unsigned char first,
                 uint8_t *sequence)
{
    const unsigned char *start = packets->bytes + packets->at;
    size_t left = packets_left(packets);
    *run = (struct packet_run){.bytes = start};
    while (left - run->len > PACKET_HEAD) {
        const unsigned char *head = start + run->len;
        size_t len = packet_length(head);
        if (len == 0 || len == PACKET_PIECE || left - run->len - PACKET_HEAD < len ||
            head[PACKET_HEAD] != first || head[3] != *sequence)
            break;
        ++*sequence;
        run->len += PACKET_HEAD + len;
        run->count++;
    }
    packets->at += run->len;
    return run->count > 0;
}

void packets_clear(struct packets *packets)
{
    packets->at = packets->len = 0;
    if (packets->size > KEPT)
        packets_free(packets);
}

void packets_free(struct packets *packets)
{
    free(packets->bytes);
    *packets = (struct packets){0};
}

/* burst: the only file that reads from and writes to the socket of a connection itself. */
#include "burst.h"

#include "base/clock.h"
#include "database.h"
#include "statement.h"
#include <errno.h>
#include <sys/socket.h>

enum {
    SLOW_US = 5000, /* a statement that takes longer, */
    SLOW_TIMES = 8, /* and so many times as long as the mean, is slow */
    STEADY = 8,     /* how little one slow time changes the mean */
    TIME_MOST = 1 << 24,
};

static void begin_answer(struct burst *burst)
{
    if (burst_is_answered(burst))
        return;
    const struct burst_slot *slot = &burst->slots[burst->answered];
    struct query *query = slot->query;
    bool wanted = query != NULL && !query->abandoned;
    answer_begin(&burst->answer, &slot->statement->columns, wanted ? query->arena : NULL,
                 wanted ? query->row_limit : 0);
}

static bool is_slow(const struct statement *statement, uint32_t mean_us)
{
    return statement->mean_us == 0 ||
           (statement->mean_us >= SLOW_US && statement->mean_us / SLOW_TIMES >= mean_us);
}

enum status burst_add(struct burst *burst, struct statement *statement, struct query *query,
                      uint32_t mean_us)
{
    TRY(request_add(&burst->request, statement, query->parameters, query->parameter_count));
    burst->slots[burst->count++] = (struct burst_slot){.query = query, .statement = statement};
    burst->expected_us += statement->mean_us;
    burst->last = is_slow(statement, mean_us);
    if (burst->count == 1)
        begin_answer(burst);
    return STATUS_OK;
}

bool burst_is_full(const struct burst *burst, const struct burst_share *share)
{
    if (burst->count == 0)
        return false;
    return burst->last || burst->count >= BURST_QUERIES || burst->request.len >= BURST_BYTES ||
           burst->count >= share->most ||
           (burst->count >= share->least && burst->expected_us >= share->us);
}

bool burst_send(struct burst *burst, int fd)
{
    const struct request *request = &burst->request;
    if (burst->sent == 0)
        burst->since_us = clock_us();
    while (!burst_is_sent(burst)) {
        ssize_t len = send(fd, request->bytes + burst->sent, request->len - burst->sent,
                           MSG_DONTWAIT | MSG_NOSIGNAL);
        if (len < 0 && errno == EINTR)
            continue;
        if (len < 0)
            return errno == EAGAIN || errno == EWOULDBLOCK;
        burst->sent += (size_t)len;
    }
    return true;
}

enum burst_received burst_receive(struct burst *burst, int fd)
{
    size_t room;
    unsigned char *bytes = packets_room(&burst->packets, &room);
    ssize_t len;
    do {
        len = recv(fd, bytes, room, MSG_DONTWAIT);
    } while (len < 0 && errno == EINTR);
    if (len < 0 && (errno == EAGAIN || errno == EWOULDBLOCK))
        return BURST_NOTHING_CAME;
    if (len <= 0)
        return BURST_LOST;
    packets_added(&burst->packets, (size_t)len);
    return BURST_BYTES_CAME;
}

void burst_read(struct burst *burst)
{
    const struct query *query = burst->slots[burst->answered].query;
    if (query == NULL || query->abandoned)
        burst->answer.keep = false;
    answer_read(&burst->answer, &burst->packets);
}

uint64_t burst_time_us(const struct burst *burst)
{
    return clock_us() - burst->since_us;
}

void burst_advance(struct burst *burst)
{
    burst->answered++;
    begin_answer(burst);
}

/* Down at once, up slowly: a time that was long may be the machine's, not the statement's. */
static uint32_t follow(uint32_t mean_us, uint32_t time_us)
{
    if (mean_us == 0)
        return time_us;
    if (time_us < mean_us)
        return (mean_us + time_us) / 2;
    return mean_us + (time_us - mean_us + STEADY - 1) / STEADY;
}

void burst_measure(struct burst *burst, uint32_t first, uint32_t *mean_us)
{
    if (first == burst->answered)
        return;
    uint64_t now = clock_us(), time = (now - burst->since_us) / (burst->answered - first);
    uint32_t time_us = time == 0 ? 1 : time > TIME_MOST ? TIME_MOST : (uint32_t)time;
    burst->since_us = now;
    for (uint32_t i = first; i < burst->answered; i++) {
        struct statement *statement = burst->slots[i].statement;
        statement->mean_us = follow(statement->mean_us, time_us);
        *mean_us =
            follow(*mean_us, *mean_us > 0 && time_us / 2 > *mean_us ? *mean_us * 2 : time_us);
    }
}

struct statement *burst_take_broken(struct burst *burst)
{
    struct statement *broken = NULL;
    for (uint32_t i = 0; i < burst->count; i++) {
        struct burst_slot *slot = &burst->slots[i];
        if (broken == NULL && slot->statement != NULL && slot->statement->broken)
            broken = slot->statement;
        if (slot->statement == broken)
            slot->statement = NULL;
    }
    return broken;
}

void burst_clear(struct burst *burst)
{
    burst->count = burst->answered = burst->expected_us = burst->killed = 0;
    burst->last = false;
    burst->sent = 0;
    request_clear(&burst->request);
    packets_clear(&burst->packets);
}

void burst_free(struct burst *burst)
{
    request_free(&burst->request);
    packets_free(&burst->packets);
}

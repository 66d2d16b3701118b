/* The simulated network: the same job has the same fate, as often as promised. */
#include "unit/test.h"

#include "base/arena.h"
#include "order/simulator.h"

enum { PACE_MS = 100, JOBS = 10000 };

static const struct network *network;

static struct network_job job_of(struct arena *arena, int i, const char *action, int64_t elapsed_ms)
{
    return (struct network_job){
        .order = str_printf(arena, "75%08d", i / 3),
        .position = i % 3 + 1,
        .attempt = 1,
        .action = str_of(action),
        .elapsed_ms = elapsed_ms,
    };
}

static void count(struct arena *arena, const char *action, int64_t attempt, int counts[6])
{
    for (int i = 0; i < JOBS; i++) {
        struct network_job job = job_of(arena, i, action, 4 * PACE_MS);
        job.attempt = attempt;
        counts[network->poll(network->own, &job)]++;
    }
}

static bool near(int got, int of_hundred)
{
    int wanted = JOBS * of_hundred / 100;
    return got > wanted * 7 / 10 && got < wanted * 13 / 10;
}

static void test_fates(struct arena *arena)
{
    int first[6] = {0}, again[6] = {0}, ends[6] = {0};
    count(arena, "ADD", 1, first);
    count(arena, "ADD", 2, again);
    count(arena, "DELETE", 1, ends);
    TEST("three of a hundred are refused", near(first[NETWORK_REFUSED], 3));
    TEST("three get no answer", near(first[NETWORK_SILENT], 3));
    TEST("two have to be told something", near(first[NETWORK_ASKS], 2));
    TEST("all others are done after four steps",
         first[NETWORK_DONE] ==
             JOBS - first[NETWORK_REFUSED] - first[NETWORK_SILENT] - first[NETWORK_ASKS]);
    TEST("what is tried again is done", again[NETWORK_SILENT] == 0 && again[NETWORK_ASKS] == 0);
    TEST("but what was refused stays refused", again[NETWORK_REFUSED] == first[NETWORK_REFUSED]);
    TEST("an end is never refused", ends[NETWORK_REFUSED] == 0);
}

static void test_time(struct arena *arena)
{
    bool early = false, same = true, ordered = true;
    for (int i = 0; i < 1000; i++) {
        struct network_job job = job_of(arena, i, "ADD", 0), later = job;
        enum network_answer now = network->poll(network->own, &job);
        early |= now == NETWORK_DONE;
        same &= now == network->poll(network->own, &job);
        later.elapsed_ms = 4 * PACE_MS;
        enum network_answer then = network->poll(network->own, &later);
        later.elapsed_ms = 10 * PACE_MS;
        ordered &= then == network->poll(network->own, &later);
    }
    TEST("nothing is done at once", !early);
    TEST("who asks twice hears the same", same);
    TEST("what is settled stays so", ordered);
}

static void test_cancelling(struct arena *arena)
{
    int late = 0, denied = 0;
    for (int i = 0; i < JOBS; i++) {
        struct network_job fresh = job_of(arena, i, "ADD", 0), begun = job_of(arena, i, "ADD", 1);
        denied += network->cancel(network->own, &fresh) == NETWORK_TOO_LATE;
        late += network->cancel(network->own, &begun) == NETWORK_TOO_LATE;
    }
    TEST("what has not begun can be cancelled", denied == 0);
    TEST("of what has begun a fifth has gone too far", near(late, 20));
}

static struct network_job port_of(struct arena *arena, int i, int64_t position, int64_t attempt)
{
    return (struct network_job){
        .order = str_printf(arena, "port-%d", i),
        .position = position,
        .attempt = attempt,
        .action = i % 2 == 0 ? STR("PORT_IN") : STR("PORT_OUT"),
        .service = str_printf(arena, "+49159%08d", i),
        .elapsed_ms = 4 * PACE_MS,
    };
}

static void count_ports(struct arena *arena, int64_t position, int64_t attempt, int counts[6])
{
    for (int i = 0; i < JOBS; i++) {
        struct network_job job = port_of(arena, i, position, attempt);
        counts[network->poll(network->own, &job)]++;
    }
}

static void test_ports(struct arena *arena)
{
    int first[6] = {0}, second[6] = {0}, fourth[6] = {0}, moves[6] = {0};
    count_ports(arena, NETWORK_PORT_ASKED, 1, first);
    count_ports(arena, NETWORK_PORT_ASKED, 2, second);
    count_ports(arena, NETWORK_PORT_ASKED, 4, fourth);
    count_ports(arena, NETWORK_PORT_MOVES, 1, moves);
    TEST("five numbers of a hundred are refused", near(first[NETWORK_REFUSED], 5));
    TEST("for five nobody answers", near(first[NETWORK_SILENT], 5));
    TEST("for two not even when asked again", near(second[NETWORK_SILENT], 2));
    TEST("whoever is asked a fourth time answers", fourth[NETWORK_SILENT] == 0);
    TEST("and what was refused stays refused", fourth[NETWORK_REFUSED] == first[NETWORK_REFUSED]);
    TEST("what was agreed to is done", moves[NETWORK_DONE] == JOBS);
    struct network_job job = port_of(arena, 1, NETWORK_PORT_ASKED, 1);
    job.elapsed_ms = 0;
    TEST("no operator answers at once", network->poll(network->own, &job) != NETWORK_DONE);
}

int main(void)
{
    struct arena *arena = arena_create();
    network = simulator_create(arena, PACE_MS);
    TEST("it is patient for eight steps", network->patience_ms == 8 * PACE_MS);
    test_fates(arena);
    test_time(arena);
    test_cancelling(arena);
    test_ports(arena);
    arena_destroy(arena);
    return test_end();
}

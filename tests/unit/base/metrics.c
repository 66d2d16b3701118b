/* metrics: what is counted comes out as Prometheus reads it. */
#include "base/metrics.h"

#include "base/arena.h"
#include "base/buf.h"
#include "unit/test.h"
#include <stdlib.h>
#include <time.h>

static struct arena *arena;

static struct buf new_text(void)
{
    struct buf out;
    buf_init(&out, arena, 256);
    return out;
}

static void test_durations(void)
{
    struct durations durations = {0}, sum = {0};
    const uint64_t ms = 1000000;
    durations_add(&durations, 0);
    durations_add(&durations, ms);
    durations_add(&durations, ms + 1);
    durations_add(&durations, 250 * ms);
    durations_add(&durations, 5000 * ms);
    TEST("what took exactly as long as a class says is in it",
         durations.classes[0] == 2 && durations.classes[1] == 1 && durations.classes[4] == 1);
    TEST("the last class takes everything longer", durations.classes[DURATION_CLASSES - 1] == 1);
    durations_sum(&sum, &durations);
    durations_sum(&sum, &durations);
    TEST("two loops are summed", sum.classes[0] == 4 && sum.nanoseconds == 2 * (5252 * ms + 1));
}

static void test_text(void)
{
    struct buf out = new_text();
    metrics_family(&out, "calls_total", "counter", "Calls.");
    metrics_sample(&out, "calls_total", "", UINT64_MAX);
    metrics_sample(&out, "calls_total", "a=\"1\"", 7);
    metrics_seconds(&out, "wait_seconds", "", 1500000001);
    TEST_TEXT("samples follow their family", buf_str(&out),
              STR("# HELP calls_total Calls.\n# TYPE calls_total counter\n"
                  "calls_total 18446744073709551615\ncalls_total{a=\"1\"} 7\n"
                  "wait_seconds 1.500000001\n"));
}

static void test_histogram(void)
{
    struct durations durations = {.classes = {1, 0, 2}, .nanoseconds = 30000000};
    struct buf out = new_text();
    metrics_durations(&out, "t", "d=\"x\"", &durations);
    TEST_TEXT("classes of a histogram hold all that is shorter", buf_str(&out),
              STR("t_bucket{d=\"x\",le=\"0.001\"} 1\nt_bucket{d=\"x\",le=\"0.005\"} 1\n"
                  "t_bucket{d=\"x\",le=\"0.025\"} 3\nt_bucket{d=\"x\",le=\"0.1\"} 3\n"
                  "t_bucket{d=\"x\",le=\"0.25\"} 3\nt_bucket{d=\"x\",le=\"1\"} 3\n"
                  "t_bucket{d=\"x\",le=\"+Inf\"} 3\nt_sum{d=\"x\"} 0.030000000\n"
                  "t_count{d=\"x\"} 3\n"));
}

/* The value of a line that begins with the name. */
static double value_of(const struct buf *out, const char *name)
{
    const char *at = strstr(out->at, name);
    return at == NULL ? -1 : strtod(at + strlen(name), NULL);
}

static void test_process(void)
{
    struct buf out = new_text();
    metrics_process(&out);
    buf_add_char(&out, '\0');
    double started = value_of(&out, "\nprocess_start_time_seconds ");
    TEST("the process has a size", value_of(&out, "\nprocess_resident_memory_bytes ") > 100000);
    TEST("and takes time", value_of(&out, "\nprocess_cpu_seconds_total ") >= 0);
    TEST("and has its three files open", value_of(&out, "\nprocess_open_fds ") >= 3);
    TEST("and began this minute",
         started > (double)time(NULL) - 60 && started <= (double)time(NULL) + 1);
}

int main(void)
{
    arena = arena_create();
    test_durations();
    test_text();
    test_histogram();
    test_process();
    arena_destroy(arena);
    return test_end();
}

/* metrics: numbers that one thread counts and others read, and how they are told to Prometheus. */
#include "base/metrics.h"

#include "base/buf.h"
#include "base/clock.h"
#include <dirent.h>
#include <inttypes.h>
#include <stdio.h>
#include <sys/resource.h>
#include <time.h>
#include <unistd.h>

enum { NANOSECONDS = 1000000000, NANOSECONDS_PER_MS = 1000000, NANOSECONDS_PER_US = 1000 };

static const struct {
    uint64_t most;
    const char *seconds;
} classes[DURATION_CLASSES] = {
    {UINT64_C(1) * NANOSECONDS_PER_MS, "0.001"},
    {UINT64_C(5) * NANOSECONDS_PER_MS, "0.005"},
    {UINT64_C(25) * NANOSECONDS_PER_MS, "0.025"},
    {UINT64_C(100) * NANOSECONDS_PER_MS, "0.1"},
    {UINT64_C(250) * NANOSECONDS_PER_MS, "0.25"},
    {UINT64_C(1000) * NANOSECONDS_PER_MS, "1"},
    {UINT64_MAX, "+Inf"},
};

void durations_add(struct durations *durations, uint64_t nanoseconds)
{
    uint32_t class = 0;
    while (nanoseconds > classes[class].most)
        class ++;
    counter_add(&durations->classes[class], 1);
    counter_add(&durations->nanoseconds, nanoseconds);
}

void durations_sum(struct durations *sum, const struct durations *more)
{
    for (uint32_t i = 0; i < DURATION_CLASSES; i++)
        sum->classes[i] += counter_read(&more->classes[i]);
    sum->nanoseconds += counter_read(&more->nanoseconds);
}

uint64_t metrics_now(void)
{
    return clock_ns();
}

/* ---- telling ---- */

void metrics_family(struct buf *out, const char *name, const char *type, const char *help)
{
    buf_printf(out, "# HELP %s %s\n# TYPE %s %s\n", name, help, name, type);
}

static void add_name(struct buf *out, const char *name, const char *labels)
{
    buf_printf(out, *labels == '\0' ? "%s%s " : "%s{%s} ", name, labels);
}

void metrics_sample(struct buf *out, const char *name, const char *labels, uint64_t value)
{
    add_name(out, name, labels);
    buf_add_uint(out, value);
    buf_add_char(out, '\n');
}

void metrics_seconds(struct buf *out, const char *name, const char *labels, uint64_t nanoseconds)
{
    add_name(out, name, labels);
    buf_printf(out, "%" PRIu64 ".%09" PRIu64 "\n", nanoseconds / NANOSECONDS,
               nanoseconds % NANOSECONDS);
}

void metrics_durations(struct buf *out, const char *name, const char *labels,
                       const struct durations *durations)
{
    const char *comma = *labels == '\0' ? "" : ",";
    uint64_t count = 0;
    char part[128];
    for (uint32_t i = 0; i < DURATION_CLASSES; i++) {
        count += durations->classes[i];
        buf_printf(out, "%s_bucket{%s%sle=\"%s\"} %" PRIu64 "\n", name, labels, comma,
                   classes[i].seconds, count);
    }
    snprintf(part, sizeof(part), "%s_sum", name);
    metrics_seconds(out, part, labels, durations->nanoseconds);
    snprintf(part, sizeof(part), "%s_count", name);
    metrics_sample(out, part, labels, count);
}

/* ---- the process; /proc is memory, reading it waits for nothing ---- */

/* Pages of the process in memory. */
static uint64_t resident_pages(void)
{
    unsigned long long all, resident = 0;
    FILE *file = fopen("/proc/self/statm", "re");
    if (file == NULL)
        return 0;
    if (fscanf(file, "%llu %llu", &all, &resident) != 2)
        resident = 0;
    fclose(file);
    return resident;
}

static uint64_t open_files(void)
{
    uint64_t count = 0;
    DIR *folder = opendir("/proc/self/fd");
    if (folder == NULL)
        return 0;
    while (readdir(folder) != NULL)
        count++;
    closedir(folder);
    return count < 3 ? 0 : count - 3; /* itself, . and .. */
}

static uint64_t nanoseconds_of(struct timeval time)
{
    return (uint64_t)time.tv_sec * NANOSECONDS + (uint64_t)time.tv_usec * NANOSECONDS_PER_US;
}

/* Seconds since 1970 when the machine's clock of ticks began, plus the process's tick of birth. */
static uint64_t started_at(void)
{
    unsigned long long ticks = 0;
    struct timespec now, since_boot;
    FILE *file = fopen("/proc/self/stat", "re");
    if (file == NULL)
        return 0;
    /* Field 22; the name of the program is in brackets and may hold anything. */
    if (fscanf(file,
               "%*d (%*[^)]) %*c %*d %*d %*d %*d %*d %*u %*u %*u %*u %*u %*u %*u %*d %*d %*d "
               "%*d %*d %*d %llu",
               &ticks) != 1)
        ticks = 0;
    fclose(file);
    clock_gettime(CLOCK_REALTIME, &now);
    clock_gettime(CLOCK_BOOTTIME, &since_boot);
    return (uint64_t)(now.tv_sec - since_boot.tv_sec) +
           ticks / (unsigned long long)sysconf(_SC_CLK_TCK);
}

void metrics_process(struct buf *out)
{
    struct rusage usage;
    getrusage(RUSAGE_SELF, &usage);
    metrics_family(out, "process_resident_memory_bytes", "gauge", "Memory in use.");
    metrics_sample(out, "process_resident_memory_bytes", "",
                   resident_pages() * (uint64_t)sysconf(_SC_PAGESIZE));
    metrics_family(out, "process_cpu_seconds_total", "counter", "Processor time, of all threads.");
    metrics_seconds(out, "process_cpu_seconds_total", "",
                    nanoseconds_of(usage.ru_utime) + nanoseconds_of(usage.ru_stime));
    metrics_family(out, "process_open_fds", "gauge", "Open files and sockets.");
    metrics_sample(out, "process_open_fds", "", open_files());
    metrics_family(out, "process_start_time_seconds", "gauge", "When it started, since 1970.");
    metrics_sample(out, "process_start_time_seconds", "", started_at());
}

/* measure: what calls took: for the numbers of their loop, for their clients, and for the log of
 * those that were slow.
 */
#include "run/measure.h"

#include "base/arena.h"
#include "base/buf.h"
#include "base/encode.h"
#include "base/log.h"
#include "base/viewer.h"
#include "run/run.h"

enum { NANOSECONDS_PER_MS = 1000000, SLOWEST_FETCHES = 3 };

const char *const measure_codes[CODES] = {
#define X(name, code, meaning) code,
    STATUS_LIST(X)
#undef X
        "GRAPHQL_PARSE_FAILED",
    "GRAPHQL_VALIDATION_FAILED",
    "PERSISTED_DOCUMENT_NOT_FOUND",
    "COST_LIMIT_EXCEEDED",
    "OTHER",
};

uint32_t measure_series(struct engine *engine, struct str name)
{
    for (uint32_t i = SERIES_NAMED; i < engine->series_count; i++) {
        if (str_equal(engine->series[i], name))
            return i;
    }
    if (name.at == NULL || engine->series_count == SERIES_COUNT)
        return SERIES_OTHERS;
    engine->series[engine->series_count] = str_copy(engine->arena, name);
    return engine->series_count++;
}

/* ---- while it runs ---- */

static struct loop_numbers *numbers_of(const struct run *run)
{
    return &run->call->engine->numbers;
}

void measure_begin(struct run *run)
{
    struct call_times *times = &run->call->times;
    if (times->begun == 0)
        times->begun = metrics_now();
    counter_add(&numbers_of(run)->begun, 1);
}

uint64_t measure_compiled(struct run *run, enum compile_step step, uint64_t begun)
{
    uint64_t now = metrics_now();
    run->call->times.compile[step] = now - begun;
    durations_add(&numbers_of(run)->compiling[step], now - begun);
    return now;
}

void measure_fetch_begins(struct batch *batch)
{
    struct run *run = batch->run;
    uint64_t now = metrics_now();
    if (batch->begun == 0)
        batch->begun = now;
    if (run->fetches_open++ == 0)
        run->sql_since = now;
}

void measure_fetch_ends(struct batch *batch)
{
    struct run *run = batch->run;
    uint64_t now = metrics_now();
    batch->took = now - batch->begun;
    if (--run->fetches_open == 0)
        run->call->times.sql += now - run->sql_since;
}

/* ---- the log of slow calls: nothing of it says who asked, or for what ---- */

static void keep_slowest(const struct batch *slowest[SLOWEST_FETCHES], const struct batch *batch)
{
    for (uint32_t i = 0; i < SLOWEST_FETCHES && batch != NULL; i++) {
        if (slowest[i] != NULL && slowest[i]->took >= batch->took)
            continue;
        const struct batch *displaced = slowest[i];
        slowest[i] = batch;
        batch = displaced;
    }
}

static void find_slowest(const struct batch *slowest[SLOWEST_FETCHES], const struct batch *batch)
{
    if (batch->took > 0)
        keep_slowest(slowest, batch);
    for (uint32_t i = 0; i < batch->fetch->child_count && batch->children != NULL; i++) {
        if (batch->children[i] != NULL)
            find_slowest(slowest, batch->children[i]);
    }
}

/* Customer.products: 2 statements, 50 rows, 12 ms */
static const char *slowest_fetches(const struct run *run)
{
    const struct batch *slowest[SLOWEST_FETCHES] = {NULL};
    struct buf text;
    buf_init(&text, run->arena, 256);
    if (run->root != NULL)
        find_slowest(slowest, run->root);
    for (uint32_t i = 0; i < SLOWEST_FETCHES && slowest[i] != NULL; i++) {
        const struct field *field = slowest[i]->fetch->field;
        buf_printf(&text, "%s" STR_FMT "." STR_FMT ": %u statements, %u rows, %llu ms",
                   i == 0 ? "" : "; ", STR_ARG(field->parent->name), STR_ARG(field->name),
                   slowest[i]->chunk_count, slowest[i]->rows.count,
                   (unsigned long long)(slowest[i]->took / NANOSECONDS_PER_MS));
    }
    buf_add_char(&text, '\0');
    return text.at;
}

/* What a client made up is told by its hash alone, be it a document or the name of an operation. */
static struct str document_id(const struct run *run)
{
    const struct call *call = run->call;
    if (run->plan == NULL && call->document_id.at != NULL)
        return STR("unknown");
    if (call->document_id.at != NULL)
        return call->document_id;
    return str_printf(run->arena, "sha256:" STR_FMT, STR_ARG(sha256_hex(run->arena, call->query)));
}

static struct str operation_name(const struct run *run)
{
    bool trusted = run->call->document_id.at != NULL && run->plan != NULL;
    return trusted ? run->plan->operation->name.text : STR("ad hoc");
}

static void tell_slow(const struct run *run)
{
    static const char *const kinds[] = {[VIEWER_OPERATOR] = "operator",
                                        [VIEWER_PARTNER] = "partner",
                                        [VIEWER_CUSTOMER] = "customer"};
    const struct call_times *times = &run->call->times;
    log_event(LOG_WARN, "slow request", "operation",
              log_format(STR_FMT, STR_ARG(operation_name(run))), "document",
              log_format(STR_FMT, STR_ARG(document_id(run))), "viewer",
              kinds[run->call->viewer->kind], "ms",
              log_format("%llu", (unsigned long long)(times->total / NANOSECONDS_PER_MS)), "sqlMs",
              log_format("%llu", (unsigned long long)(times->sql / NANOSECONDS_PER_MS)),
              "statements", log_format("%u", run->statements), "rows",
              log_format("%llu", (unsigned long long)run->rows_read), "slowest",
              slowest_fetches(run), NULL);
}

/* ---- at its end ---- */

static uint32_t code_index(const char *code)
{
    uint32_t i = 0;
    while (i + 1 < CODES && (code == NULL || strcmp(measure_codes[i], code) != 0))
        i++;
    return i;
}

static void count(struct run *run)
{
    struct loop_numbers *numbers = numbers_of(run);
    struct series_numbers *series = &numbers->series[run->series];
    const struct call_times *times = &run->call->times;
    durations_add(&series->total, times->total);
    if (run->statements > 0) {
        durations_add(&series->sql, times->sql);
        counter_add(&series->statements, run->statements);
        counter_add(&series->rows, run->rows_read);
    }
    for (const struct error *error = run->errors.first; error != NULL; error = error->next)
        counter_add(&series->errors[code_index(error->code)], 1);
    counter_add(&numbers->ended, 1);
    counter_add(&numbers->abandoned, run->call_abandoned);
}

void measure_end(struct run *run, uint64_t write_begun)
{
    struct call_times *times = &run->call->times;
    uint64_t now = metrics_now(), slow_ms = run->call->engine->engine->options.slow_ms;
    times->write = write_begun > 0 ? now - write_begun : 0;
    times->total = now - times->begun;
    count(run);
    if (slow_ms > 0 && times->total >= slow_ms * NANOSECONDS_PER_MS) {
        counter_add(&numbers_of(run)->slow, 1);
        tell_slow(run);
    }
}

/* engine_metrics: what all loops of an engine counted, told to Prometheus. */
#include "run/engine_metrics.h"

#include "base/arena.h"
#include "base/buf.h"
#include "run/engine_internal.h"

static const char *const step_names[COMPILE_STEPS] = {
    [COMPILE_PARSE] = "parse", [COMPILE_VALIDATE] = "validate", [COMPILE_PLAN] = "plan"};

/* The desks' numbers of all loops together. */
struct desk_sum {
    uint64_t errands;
    uint64_t statements;
    uint64_t bursts;
    uint64_t together[TOGETHER_STEPS];
};

/* ---- adding up ---- */

static void sum_series(struct series_numbers *sum, const struct series_numbers *more)
{
    durations_sum(&sum->total, &more->total);
    durations_sum(&sum->sql, &more->sql);
    for (uint32_t i = 0; i < CODES; i++)
        sum->errors[i] += counter_read(&more->errors[i]);
    sum->statements += counter_read(&more->statements);
    sum->rows += counter_read(&more->rows);
}

static void sum_loop(struct loop_numbers *sum, const struct loop_numbers *more)
{
    for (uint32_t i = 0; i < SERIES_COUNT; i++)
        sum_series(&sum->series[i], &more->series[i]);
    for (uint32_t i = 0; i < COMPILE_STEPS; i++)
        durations_sum(&sum->compiling[i], &more->compiling[i]);
    sum->ended += counter_read(&more->ended); /* before what has begun: never less than nothing */
    sum->begun += counter_read(&more->begun);
    sum->abandoned += counter_read(&more->abandoned);
    sum->slow += counter_read(&more->slow);
    sum->cache_hits += counter_read(&more->cache_hits);
    sum->cache_misses += counter_read(&more->cache_misses);
    sum->cache_bytes += counter_read(&more->cache_bytes);
    sum->cache_entries += counter_read(&more->cache_entries);
}

static void sum_desk(struct desk_sum *sum, const struct desk *desk)
{
    sum->errands += counter_read(&desk->errands);
    sum->statements += counter_read(&desk->statements);
    sum->bursts += counter_read(&desk->bursts_left);
    for (uint32_t i = 0; i < TOGETHER_STEPS; i++)
        sum->together[i] += counter_read(&desk->together[i]);
}

/* ---- telling ---- */

static const char *label_of(const struct engine *engine, uint32_t series, struct arena *arena)
{
    static const char *const without_name[SERIES_NAMED] = {
        [SERIES_AD_HOC] = "ad hoc", [SERIES_UNKNOWN] = "unknown", [SERIES_OTHERS] = "others"};
    if (series < SERIES_NAMED)
        return str_printf(arena, "document=\"%s\"", without_name[series]).at;
    return str_printf(arena, "document=\"" STR_FMT "\"", STR_ARG(engine->series[series])).at;
}

static void tell_errors(const struct loop_numbers *sum, const char *const *labels, uint32_t count,
                        struct buf *out)
{
    static const char name[] = "dossier_document_errors_total";
    metrics_family(out, name, "counter", "Errors told, by code.");
    for (uint32_t i = 0; i < count; i++) {
        for (uint32_t j = 0; j < CODES; j++) {
            if (sum->series[i].errors[j] == 0)
                continue;
            const char *both =
                str_printf(out->arena, "%s,code=\"%s\"", labels[i], measure_codes[j]).at;
            metrics_sample(out, name, both, sum->series[i].errors[j]);
        }
    }
}

static void tell_documents(const struct loop_numbers *sum, const char *const *labels,
                           uint32_t count, struct buf *out)
{
    metrics_family(out, "dossier_document_seconds", "histogram",
                   "From the request until its answer is written, by name of the document.");
    for (uint32_t i = 0; i < count; i++)
        metrics_durations(out, "dossier_document_seconds", labels[i], &sum->series[i].total);
    metrics_family(out, "dossier_document_sql_seconds", "histogram",
                   "Of that, while at least one statement was under way; of requests with any.");
    for (uint32_t i = 0; i < count; i++)
        metrics_durations(out, "dossier_document_sql_seconds", labels[i], &sum->series[i].sql);
    metrics_family(out, "dossier_document_statements_total", "counter",
                   "Statements that requests took part in.");
    for (uint32_t i = 0; i < count; i++)
        metrics_sample(out, "dossier_document_statements_total", labels[i],
                       sum->series[i].statements);
    metrics_family(out, "dossier_document_rows_total", "counter", "Rows read for requests.");
    for (uint32_t i = 0; i < count; i++)
        metrics_sample(out, "dossier_document_rows_total", labels[i], sum->series[i].rows);
    tell_errors(sum, labels, count, out);
}

static void tell_one(struct buf *out, const char *name, const char *type, const char *help,
                     uint64_t value)
{
    metrics_family(out, name, type, help);
    metrics_sample(out, name, "", value);
}

static void tell_calls(const struct loop_numbers *sum, struct buf *out)
{
    metrics_family(out, "dossier_compile_seconds", "histogram",
                   "Steps of compiling ad-hoc documents that no cache had.");
    for (uint32_t i = 0; i < COMPILE_STEPS; i++)
        metrics_durations(out, "dossier_compile_seconds",
                          str_printf(out->arena, "step=\"%s\"", step_names[i]).at,
                          &sum->compiling[i]);
    tell_one(out, "dossier_calls_in_flight", "gauge", "GraphQL requests being answered.",
             sum->begun - sum->ended);
    tell_one(out, "dossier_calls_abandoned_total", "counter", "Whose clients left before the end.",
             sum->abandoned);
    tell_one(out, "dossier_calls_slow_total", "counter", "That the log of slow requests tells of.",
             sum->slow);
    tell_one(out, "dossier_plan_cache_hits_total", "counter", "Ad-hoc documents that were known.",
             sum->cache_hits);
    tell_one(out, "dossier_plan_cache_misses_total", "counter", "That were compiled.",
             sum->cache_misses);
    tell_one(out, "dossier_plan_cache_bytes", "gauge", "Of their plans.", sum->cache_bytes);
    tell_one(out, "dossier_plan_cache_entries", "gauge", "Plans that are kept.",
             sum->cache_entries);
}

static void tell_desk(const struct desk_sum *sum, struct buf *out)
{
    static const char name[] = "dossier_desk_statement_errands";
    uint64_t so_far = 0;
    tell_one(out, "dossier_desk_errands_total", "counter",
             "Sets of keys that fetches sent for rows.", sum->errands);
    tell_one(out, "dossier_desk_bursts_total", "counter",
             "Groups of statements that left on one connection.", sum->bursts);
    metrics_family(out, name, "histogram", "Errands that went together in one statement.");
    for (uint32_t i = 0; i < TOGETHER_STEPS; i++) {
        so_far += sum->together[i];
        const char *label = i + 1 == TOGETHER_STEPS
                                ? "le=\"+Inf\""
                                : str_printf(out->arena, "le=\"%u\"", 1u << i).at;
        metrics_sample(out, "dossier_desk_statement_errands_bucket", label, so_far);
    }
    metrics_sample(out, "dossier_desk_statement_errands_sum", "", sum->errands);
    metrics_sample(out, "dossier_desk_statement_errands_count", "", so_far);
}

void engine_tell_metrics(struct engine *engine, struct buf *out)
{
    struct arena *arena = out->arena;
    struct loop_numbers *sum = arena_new(arena, struct loop_numbers);
    struct desk_sum desks = {0};
    const char **labels = arena_array(arena, const char *, SERIES_COUNT);
    pthread_rwlock_rdlock(&engine->lock);
    uint32_t count = engine->series_count;
    for (const struct engine_loop *loop = engine->loops; loop != NULL; loop = loop->next) {
        sum_loop(sum, &loop->numbers);
        sum_desk(&desks, &loop->desk);
    }
    pthread_rwlock_unlock(&engine->lock);
    for (uint32_t i = 0; i < count; i++)
        labels[i] = label_of(engine, i, arena);
    tell_documents(sum, labels, count, out);
    tell_calls(sum, out);
    tell_desk(&desks, out);
}

/* compute: the leaves that C code makes of rows, once the rows are there.
 *
 * It runs on the loop, so it is bounded by what it is given: the rows of one fetch, which pages and
 * limits bound. What has to wait or to think for long does not belong here.
 */
#include "run/resolver.h"

#include "base/arena.h"
#include "base/clock.h"
#include "base/log.h"
#include "graphql/schema.h"
#include "run/batch.h"
#include "run/run.h"

const struct cell *compute_need(const struct compute *compute, uint32_t parent, uint32_t need)
{
    size_t row = compute->parents == NULL ? parent : compute->parents[parent];
    return &compute->rows->cells[row * compute->rows->width + compute->columns[need]];
}

int64_t compute_moment(const struct compute *compute, const struct input *argument)
{
    if (argument->kind == INPUT_STRING)
        return moment_microseconds(argument->text);
    if (compute->moment != NULL)
        return compute->moment->integer;
    return clock_unix_us();
}

void compute_fail(struct compute *compute, uint32_t parent, enum status status, struct str words)
{
    if (compute->failures == NULL)
        compute->failures = arena_array(compute->arena, struct compute_failure, compute->count);
    compute->failures[parent] = (struct compute_failure){.status = status, .words = words};
}

/* Which rows have the leaf, where some do not. */
static void choose_parents(struct batch *batch, const struct type *type, struct compute *out)
{
    uint32_t *parents = arena_array(out->arena, uint32_t, batch->rows.count);
    out->parents = parents;
    out->count = 0;
    for (uint32_t i = 0; i < batch->rows.count; i++) {
        if (batch_row_type(batch, i) == type)
            parents[out->count++] = i;
    }
}

/* From the place among those that have the leaf to the place among all rows. */
static void spread(struct compute *compute, uint32_t row_count)
{
    struct cell *out = arena_array(compute->arena, struct cell, row_count);
    struct compute_failure *failures =
        compute->failures == NULL ? NULL
                                  : arena_array(compute->arena, struct compute_failure, row_count);
    for (uint32_t i = 0; i < compute->count; i++) {
        out[compute->parents[i]] = compute->out[i];
        if (failures != NULL)
            failures[compute->parents[i]] = compute->failures[i];
    }
    compute->out = out;
    compute->failures = failures;
}

static void fail_all(struct compute *compute, enum status status)
{
    struct str words =
        str_printf(compute->arena, "This could not be computed: %s.", status_meaning(status));
    for (uint32_t i = 0; i < compute->count; i++)
        compute_fail(compute, i, status, words);
    log_event(LOG_WARN, "compute failed", "field",
              log_format(STR_FMT "." STR_FMT, STR_ARG(compute->field->parent->name),
                         STR_ARG(compute->field->name)),
              "status", status_code(status), NULL);
}

static void compute_one(struct batch *batch, const struct computed *computed, struct compute *out)
{
    struct run *run = batch->run;
    *out = (struct compute){
        .field = computed->field,
        .arguments = computed->arguments == UINT32_MAX ? NULL : run->arguments[computed->arguments],
        .viewer = run->call->viewer,
        .moment = moment_of(batch),
        .arena = run->arena,
        .count = batch->rows.count,
        .rows = &batch->rows,
        .columns = computed->columns,
    };
    if (computed->row_type != NULL)
        choose_parents(batch, computed->row_type, out);
    out->out = arena_array(run->arena, struct cell, out->count);
    enum status status = computed->binding->resolver->batch(out);
    if (status != STATUS_OK)
        fail_all(out, status);
    if (out->parents != NULL)
        spread(out, batch->rows.count);
}

void batch_compute(struct batch *batch)
{
    const struct fetch *fetch = batch->fetch;
    struct run *run = batch->run;
    if (fetch->computed_count == 0 || batch->rows.count == 0)
        return;
    batch->computed = arena_array(run->arena, struct compute, fetch->computed_count);
    for (uint32_t i = 0; i < fetch->computed_count; i++) {
        const struct computed *computed = &fetch->computed[i];
        bool refused =
            computed->arguments != UINT32_MAX && run->problems[computed->arguments].len > 0;
        if (run->live[computed->condition] && !refused)
            compute_one(batch, computed, &batch->computed[i]);
    }
}

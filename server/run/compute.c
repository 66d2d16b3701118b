/* compute: the leaves that C code makes of rows, once the rows are there.
 *
 * It runs on the loop, so it is bounded by what it is given: the rows of one fetch, which pages and
 * limits bound. What has to wait or to think for long does not belong here.
 */
#include "run/resolver.h"

#include "base/arena.h"
#include "base/log.h"
#include "graphql/schema.h"
#include "run/batch.h"

const struct cell *compute_need(const struct compute *compute, uint32_t parent, uint32_t need)
{
    return &compute->rows->cells[(size_t)parent * compute->rows->width + compute->columns[need]];
}

void compute_fail(struct compute *compute, uint32_t parent, enum status status, struct str words)
{
    if (compute->failures == NULL)
        compute->failures = arena_array(compute->arena, struct compute_failure, compute->count);
    compute->failures[parent] = (struct compute_failure){.status = status, .words = words};
}

static void compute_one(struct batch *batch, const struct computed *computed, struct compute *out)
{
    struct run *run = batch->run;
    *out = (struct compute){
        .field = computed->field,
        .arguments = computed->arguments == UINT32_MAX ? NULL : run->arguments[computed->arguments],
        .viewer = run->call->viewer,
        .arena = run->arena,
        .count = batch->rows.count,
        .rows = &batch->rows,
        .columns = computed->columns,
        .out = arena_array(run->arena, struct cell, batch->rows.count),
    };
    enum status status = computed->binding->resolver->batch(out);
    if (status == STATUS_OK)
        return;
    struct str words =
        str_printf(run->arena, "This could not be computed: %s.", status_meaning(status));
    for (uint32_t i = 0; i < out->count; i++)
        compute_fail(out, i, status, words);
    log_event(LOG_WARN, "compute failed", "field",
              log_format(STR_FMT "." STR_FMT, STR_ARG(out->field->parent->name),
                         STR_ARG(out->field->name)),
              "status", status_code(status), NULL);
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

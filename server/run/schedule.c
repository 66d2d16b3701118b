/* schedule: which fetch can start now, and what to do when its rows are there.
 *
 * A fetch starts as soon as its parent's rows are known; siblings run side by side. Sources that
 * are done at once are worked through without leaving this file; for the others a completion comes
 * from the loop. When nothing is in flight any more the answer is written.
 */
#include "base/arena.h"
#include "base/log.h"
#include "base/loop.h"
#include "run/batch.h"
#include "run/desk.h"
#include <assert.h>

static void start_children(struct batch *batch);

static struct source *source_of(struct run *run, const struct fetch *fetch)
{
    if (fetch->source == OBJECTS_INTROSPECTION)
        return &run->introspection.super;
    return run->call->engine->engine->options.objects;
}

static void answer(void *context)
{
    struct run *run = context;
    uint64_t now = run->statements > 0 ? metrics_now() : 0;
    if (run->session != NULL)
        sql_source_session_end(run->session);
    if (run->call->outcome == CALL_DATA && !run->call_abandoned)
        run_write(run);
    measure_end(run, now);
    run->call->on_answer(run->call);
}

static bool settle(struct run *run);

/* Called whenever something may have been the last thing in flight. */
static void check_end(struct run *run)
{
    if (run->in_flight > 0 || !run->started)
        return;
    bool mutation =
        run->plan != NULL && run->plan->operation->kind == AST_MUTATION && run->root != NULL;
    if (mutation && !run->call_abandoned &&
        (!settle(run) || run->root_next < run->root->fetch->child_count)) {
        start_children(run->root);
        return;
    }
    answer(run);
}

static void fail(struct batch *batch, enum status status, struct str problem)
{
    batch->status = status;
    batch->problem = problem;
    batch->run->unavailable |= status == STATUS_UNAVAILABLE || status == STATUS_TIMEOUT;
    if (status == STATUS_INVALID)
        return;
    const struct field *field = batch->fetch->field;
    log_event(LOG_WARN, "fetch failed", "field",
              field == NULL ? "Query"
                            : log_format(STR_FMT "." STR_FMT, STR_ARG(field->parent->name),
                                         STR_ARG(field->name)),
              "status", status_code(status), "problem", log_format(STR_FMT, STR_ARG(problem)),
              NULL);
}

/* What a root field of a mutation has done is made to last, now that all that is selected of it is
 * known. False: it has to be done again. */
static bool settle(struct run *run)
{
    const struct engine_loop *engine = run->call->engine;
    struct batch **batch = run->unsettled;
    run->unsettled = NULL;
    if (batch == NULL || engine->settle == NULL)
        return true;
    struct settled settled = engine->settle(engine->writer);
    if (settled.again) {
        run->root_next = (uint32_t)(batch - run->root->children);
        *batch = NULL;
        return false;
    }
    if (settled.status != STATUS_OK)
        fail(*batch, settled.status, STR("the transaction could not be committed"));
    return true;
}

static void start_rows(struct batch *batch);

/* The hint about rows for each parent was wrong for these parents. */
static bool is_flooded(const struct batch *batch)
{
    for (uint32_t i = 0; i < batch->chunk_count; i++) {
        if (batch->chunks[i].status == STATUS_LIMIT)
            return !batch->deep;
    }
    return false;
}

static void finish(struct batch *batch)
{
    if (is_flooded(batch) && !batch->run->call_abandoned) {
        batch->deep = true;
        start_rows(batch);
        return;
    }
    for (uint32_t i = 0; i < batch->chunk_count; i++) {
        const struct source_request *chunk = &batch->chunks[i];
        if (chunk->status != STATUS_OK && batch->status == STATUS_OK)
            fail(batch, chunk->status, chunk->problem);
    }
    if (batch->status != STATUS_OK)
        return;
    batch_group(batch);
    batch_find_types(batch);
    batch_compute(batch);
    start_children(batch);
}

static void on_chunk_rows(struct source_request *request)
{
    struct batch *batch = request->context;
    struct run *run = batch->run;
    bool rows = batch->fetch->kind != FETCH_OBJECTS;
    run->in_flight--;
    run->statements += rows;
    run->rows_read += rows ? request->rows.count : 0;
    if (--batch->chunks_open == 0) {
        if (rows)
            measure_fetch_ends(batch);
        finish(batch);
    }
    check_end(run);
}

static void start_chunk(struct batch *batch, struct source_request *request)
{
    struct source *source = source_of(batch->run, batch->fetch);
    request->arena = batch->run->arena;
    request->on_rows = on_chunk_rows;
    request->context = batch;
    request->viewer = batch->run->call->viewer;
    request->engine = batch->run->call->engine;
    if (source->start(source, request))
        return;
    batch->chunks_open++;
    batch->run->in_flight++;
}

/* One errand for each chunk of keys; the desk sends them, perhaps together with those of other
 * calls. */
static void start_rows(struct batch *batch)
{
    struct run *run = batch->run;
    uint32_t count = batch_is_keyless(batch) ? 0 : batch->key_count;
    uint32_t size = statement_chunk(batch);
    batch->chunk_count = count == 0 ? 1 : (count + size - 1) / size;
    batch->chunks = arena_array(run->arena, struct source_request, batch->chunk_count);
    batch->chunks_open = batch->chunk_count;
    run->in_flight += batch->chunk_count;
    measure_fetch_begins(batch);
    for (uint32_t i = 0; i < batch->chunk_count; i++) {
        uint32_t from = i * size, left = count - from;
        struct source_request *chunk = &batch->chunks[i];
        struct errand *errand = arena_new(run->arena, struct errand);
        chunk->on_rows = on_chunk_rows;
        chunk->context = batch;
        *errand = (struct errand){
            .batch = batch,
            .chunk = chunk,
            .keys = batch->keys + from,
            .key_count = count == 0    ? 0
                         : left < size ? left
                                       : size,
        };
        desk_send(&run->call->engine->desk, errand);
    }
}

static void start_objects(struct batch *batch)
{
    struct run *run = batch->run;
    const struct fetch *fetch = batch->fetch;
    struct source_request *request = arena_new(run->arena, struct source_request);
    uint32_t column_count = fetch->width - FIRST_LEAF_COLUMN;
    struct source_column *columns = arena_array(run->arena, struct source_column, column_count);
    for (uint32_t i = 0; i < column_count; i++) {
        const struct object_column *column = &fetch->object_columns[FIRST_LEAF_COLUMN + i];
        columns[i] = (struct source_column){
            .field = column->field,
            .type = column->type,
            .arguments = column->arguments == UINT32_MAX ? NULL : run->arguments[column->arguments],
        };
    }
    *request = (struct source_request){
        .field = fetch->field,
        .root = fetch->kind == FETCH_ROOT ? run->plan->root_shape->type : NULL,
        .arguments = fetch->arguments == UINT32_MAX || fetch->kind == FETCH_ROOT
                         ? NULL
                         : run->arguments[fetch->arguments],
        .list_level = fetch->list_level,
        .parents = batch->keys,
        .parent_count = batch->key_count,
        .moment = moment_of(batch),
        .columns = columns,
        .column_count = column_count,
    };
    batch->chunks = request;
    batch->chunk_count = 1;
    start_chunk(batch, request);
}

static void start_batch(struct run *run, const struct fetch *fetch, struct batch *parent,
                        struct batch **out);

/* Children whose keys are known already go together with their parent. */
static void start_early(struct batch *batch)
{
    const struct fetch *fetch = batch->fetch;
    for (uint32_t i = 0; i < fetch->child_count; i++) {
        const struct fetch *child = fetch->children[i];
        if (child->early && batch->run->live[child->condition])
            start_batch(batch->run, child, batch, &batch->children[i]);
    }
}

static void start_batch(struct run *run, const struct fetch *fetch, struct batch *parent,
                        struct batch **out)
{
    bool takes_arguments = fetch->arguments != UINT32_MAX;
    if (takes_arguments && run->problems[fetch->arguments].len > 0) {
        struct batch *refused = arena_new(run->arena, struct batch);
        *refused = (struct batch){.run = run, .fetch = fetch, .parent = parent};
        fail(refused, STATUS_INVALID, run->problems[fetch->arguments]);
        *out = refused;
        return;
    }
    struct batch *batch = reference_batch(run, fetch, parent);
    if (batch != NULL) {
        *out = batch;
        batch_compute(batch);
        start_children(batch);
        return;
    }
    bool early = parent->chunks_open > 0;
    batch = early ? batch_create_early(run, fetch, parent) : batch_create(run, fetch, parent);
    *out = batch;
    if (!batch_has_keys(batch))
        return;
    if (fetch->kind == FETCH_OBJECTS)
        start_objects(batch);
    else
        start_rows(batch);
    if (batch->chunks_open == 0 && batch->chunk_count > 0)
        finish(batch);
    else
        start_early(batch);
}

/* Root fields of a mutation run one after the other (specification §6.2.2). */
static void start_serially(struct batch *root)
{
    struct run *run = root->run;
    const struct fetch *fetch = root->fetch;
    while (run->root_next < fetch->child_count) {
        uint32_t i = run->root_next++;
        if (!run->live[fetch->children[i]->condition])
            continue;
        run->unsettled = &root->children[i];
        start_batch(run, fetch->children[i], root, &root->children[i]);
        if (run->in_flight > 0)
            return;
        settle(run);
    }
    if (run->started)
        check_end(run);
}

/* All else runs side by side. */
static void start_children(struct batch *batch)
{
    struct run *run = batch->run;
    if (run->call_abandoned)
        return;
    const struct fetch *fetch = batch->fetch;
    if (fetch->kind == FETCH_ROOT && run->plan->operation->kind == AST_MUTATION) {
        start_serially(batch);
        return;
    }
    for (uint32_t i = 0; i < fetch->child_count; i++) {
        if (batch->children[i] != NULL)
            batch_link(batch->children[i]); /* it went early */
        else if (run->live[fetch->children[i]->condition])
            start_batch(run, fetch->children[i], batch, &batch->children[i]);
    }
}

/* The root is one row; its own leaves, if any, come from the source of objects. */
static void start_root(struct run *run)
{
    const struct fetch *fetch = run->plan->root;
    if (run->plan->consistent)
        run->session = sql_source_session(&run->call->engine->sql);
    struct batch *root = arena_new(run->arena, struct batch);
    *root = (struct batch){
        .run = run,
        .fetch = fetch,
        .rows = {.width = FIRST_LEAF_COLUMN,
                 .count = 1,
                 .cells = arena_array(run->arena, struct cell, FIRST_LEAF_COLUMN)},
        .children = arena_array(run->arena, struct batch *, fetch->child_count),
    };
    run->root = root;
    root->rows.cells[OBJECT_COLUMN] = (struct cell){.kind = CELL_OBJECT, .object = run};
    root->rows.cells[TYPE_COLUMN] =
        (struct cell){.kind = CELL_OBJECT, .object = run->plan->root_shape->type};
    if (fetch->width == FIRST_LEAF_COLUMN) {
        start_children(root);
        return;
    }
    start_objects(root);
    assert(root->chunks_open == 0); /* sources of objects have their root at hand */
    root->rows = root->chunks[0].rows;
    start_children(root);
}

/* call_start() must not answer before it has returned. */
static void on_started(void *context)
{
    struct run *run = context;
    run->started = true;
    check_end(run);
}

void run_start(struct run *run)
{
    if (run->call->outcome == CALL_DATA)
        start_root(run);
    struct loop *loop = run->call->engine->loop;
    loop->ops->timer(loop, 0, on_started, run);
}

/* What waits at the desk comes back without rows, what is under way is given up unless others wait
 * for it, too. */
void run_abandon(struct run *run)
{
    if (run->handed_over)
        return;
    run->call_abandoned = true;
    desk_abandon(&run->call->engine->desk);
}

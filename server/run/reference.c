/* reference: a fetch whose rows are held in memory needs no statement.
 *
 * When nothing hangs below it, the batch's rows are the snapshot's own, all of them, and only the
 * places of the parents' rows among them are looked up. Else the rows that are named are copied, so
 * that what hangs below is fetched for them alone. One key that memory lacks, and the whole batch
 * goes to the database: the row may have been written a moment ago.
 */
#include "run/reference.h"

#include "base/arena.h"
#include "graphql/schema.h"
#include "run/batch.h"
#include "source/memory.h"

static void release(void *snapshot)
{
    snapshot_release(snapshot);
}

/* One snapshot for the whole call. */
static const struct held *held_by(struct run *run, const struct reference *reference)
{
    struct memory *memory = run->call->engine->engine->options.memory;
    if (memory == NULL)
        return NULL;
    if (run->snapshot == NULL) {
        run->snapshot = memory_take(memory);
        arena_defer(run->arena, release, (void *)run->snapshot);
    }
    return snapshot_table(run->snapshot, reference->index);
}

/* Fills key_of with the snapshot's rows. False: a key is not among them. */
static bool find_rows(struct batch *batch, const struct held *held)
{
    for (uint32_t i = 0; i < batch->parent->rows.count; i++) {
        const struct cell *key = batch_parent_key(batch, i);
        batch->key_of[i] = NO_KEY;
        if (key != NULL && !held_find(held, key, &batch->key_of[i]))
            return false;
    }
    return true;
}

static void share_rows(struct batch *batch, const struct held *held)
{
    batch->rows = held->rows;
    batch->first = held->first;
    batch->key_count = held->rows.count;
}

/* Copies each row that is named once, and leads key_of to the copies. */
static void copy_rows(struct batch *batch, const struct held *held)
{
    struct arena *arena = batch->run->arena;
    uint32_t width = held->rows.width, parents = batch->parent->rows.count;
    uint32_t *copied = arena_array(arena, uint32_t, held->rows.count);
    batch->rows = (struct rows){.width = width,
                                .cells = arena_array(arena, struct cell, (size_t)parents * width)};
    batch->keys = arena_array(arena, struct cell, parents);
    batch->first = arena_array(arena, uint32_t, parents + 1);
    for (uint32_t i = 0; i < parents; i++) {
        uint32_t row = batch->key_of[i];
        if (row == NO_KEY)
            continue;
        if (copied[row] == 0) {
            uint32_t place = batch->rows.count++;
            memcpy(batch->rows.cells + (size_t)place * width,
                   held->rows.cells + (size_t)row * width, width * sizeof(struct cell));
            batch->keys[place] = batch->rows.cells[(size_t)place * width];
            batch->first[place + 1] = place + 1;
            copied[row] = place + 1;
        }
        batch->key_of[i] = copied[row] - 1;
    }
    batch->key_count = batch->rows.count;
}

struct batch *reference_batch(struct run *run, const struct fetch *fetch, struct batch *parent)
{
    if (fetch->reference == NULL || run->moments[fetch->index].kind != CELL_NULL ||
        run->session != NULL)
        return NULL;
    const struct held *held = held_by(run, fetch->reference);
    if (held == NULL)
        return NULL;
    struct batch *batch = arena_new(run->arena, struct batch);
    *batch = (struct batch){
        .run = run,
        .fetch = fetch,
        .parent = parent,
        .key_of = arena_array(run->arena, uint32_t, parent->rows.count),
        .children = arena_array(run->arena, struct batch *, fetch->child_count),
    };
    if (!find_rows(batch, held))
        return NULL;
    if (fetch->child_count == 0 && fetch->computed_count == 0)
        share_rows(batch, held);
    else
        copy_rows(batch, held);
    return batch;
}

struct memory *reference_open(const struct reference *const *references, uint32_t count,
                              const struct database_address *address, struct arena *arena,
                              struct str *problem)
{
    struct memory_source *sources = arena_array(arena, struct memory_source, count);
    for (uint32_t i = 0; i < count; i++)
        sources[i] = (struct memory_source){.name = references[i]->table->type->name,
                                            .select = references[i]->select};
    return memory_open(sources, count, address, arena, problem);
}

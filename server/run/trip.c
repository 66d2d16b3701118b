/* trip: from errands to a statement, and from its rows back to the errands. */
#include "run/trip.h"

#include "base/arena.h"
#include "run/batch.h"
#include "run/desk.h"

/* ---- the way there ---- */

static void gather_keys(struct trip *trip)
{
    const struct errand *first = trip->errands;
    if (first->next == NULL) {
        trip->keys = (struct cell *)first->keys;
        trip->key_count = first->key_count;
        return;
    }
    uint32_t count = 0;
    for (const struct errand *errand = first; errand != NULL; errand = errand->next)
        count += errand->key_count;
    trip->keys = arena_array(trip->arena, struct cell, count);
    count = 0;
    for (const struct errand *errand = first; errand != NULL; errand = errand->next) {
        memcpy(trip->keys + count, errand->keys, errand->key_count * sizeof(struct cell));
        count += errand->key_count;
    }
    trip->key_count = keys_unique(trip->keys, count);
}

struct trip *trip_create(struct errand *errands)
{
    bool shared = errands->next != NULL;
    struct arena *arena = shared ? arena_create() : errands->batch->run->arena;
    struct trip *trip = arena_new(arena, struct trip);
    *trip = (struct trip){.arena = arena, .errands = errands};
    gather_keys(trip);
    statement_make(errands->batch, trip->keys, trip->key_count, arena, &trip->request);
    trip->request.arena = arena;
    trip->request.session = errands->batch->run->session;
    trip->request.context = trip;
    return trip;
}

bool trip_is_in_vain(const struct trip *trip)
{
    const struct errand *errand = trip->errands;
    while (errand != NULL && errand->batch->run->call_abandoned)
        errand = errand->next;
    return errand == NULL;
}

/* ---- the way back ---- */

static void release(void *context)
{
    struct trip *trip = context;
    if (--trip->users == 0)
        arena_destroy(trip->arena);
}

/* The rows of each key of the trip, one after the other: where they begin, and which they are. */
struct sorted {
    uint32_t *first;
    uint32_t *rows;
};

static struct sorted sort_rows(const struct trip *trip)
{
    const struct rows *rows = &trip->request.rows;
    struct sorted sorted = {
        .first = arena_array(trip->arena, uint32_t, trip->key_count + 2),
        .rows = arena_array(trip->arena, uint32_t, rows->count),
    };
    uint32_t *key_of = arena_array(trip->arena, uint32_t, rows->count);
    uint32_t key = NO_KEY;
    for (uint32_t i = 0; i < rows->count; i++) {
        key =
            keys_find_near(trip->keys, trip->key_count, key, rows->cells[(size_t)i * rows->width]);
        key_of[i] = key == NO_KEY ? trip->key_count : key;
        sorted.first[key_of[i] + 1]++;
    }
    for (uint32_t i = 0; i <= trip->key_count; i++)
        sorted.first[i + 1] += sorted.first[i];
    uint32_t *next = arena_array(trip->arena, uint32_t, trip->key_count + 1);
    for (uint32_t i = 0; i < rows->count; i++)
        sorted.rows[sorted.first[key_of[i]] + next[key_of[i]]++] = i;
    return sorted;
}

/* Copies the cells of the errand's own keys; their texts stay where they are. */
static void hand_over(const struct trip *trip, const struct sorted *sorted, struct errand *errand)
{
    const struct rows *rows = &trip->request.rows;
    struct arena *arena = errand->batch->run->arena;
    struct rows *out = &errand->chunk->rows;
    uint32_t *places = arena_array(arena, uint32_t, errand->key_count);
    uint32_t count = 0, near = NO_KEY;
    for (uint32_t i = 0; i < errand->key_count; i++) {
        near = places[i] = keys_find_near(trip->keys, trip->key_count, near, errand->keys[i]);
        count += sorted->first[places[i] + 1] - sorted->first[places[i]];
    }
    *out = (struct rows){.width = rows->width,
                         .cells = arena_array(arena, struct cell, (size_t)count * rows->width)};
    for (uint32_t i = 0; i < errand->key_count; i++) {
        for (uint32_t j = sorted->first[places[i]]; j < sorted->first[places[i] + 1]; j++)
            memcpy(out->cells + (size_t)out->count++ * rows->width,
                   rows->cells + (size_t)sorted->rows[j] * rows->width,
                   rows->width * sizeof(struct cell));
    }
}

static void return_shared(struct trip *trip)
{
    struct sorted sorted = {0};
    if (trip->request.status == STATUS_OK)
        sorted = sort_rows(trip);
    struct errand *next;
    trip->users = 1; /* this function */
    for (struct errand *errand = trip->errands; errand != NULL; errand = next) {
        struct source_request *chunk = errand->chunk;
        struct arena *arena = errand->batch->run->arena;
        next = errand->next;
        chunk->status = trip->request.status;
        chunk->problem = str_copy(arena, trip->request.problem);
        if (chunk->status == STATUS_OK)
            hand_over(trip, &sorted, errand);
        trip->users++;
        arena_defer(arena, release, trip);
        chunk->on_rows(chunk); /* the call may be gone behind this */
    }
    release(trip);
}

void trip_return(struct trip *trip)
{
    struct errand *errand = trip->errands;
    if (errand->next != NULL) {
        return_shared(trip);
        return;
    }
    struct source_request *chunk = errand->chunk;
    chunk->status = trip->request.status;
    chunk->problem = trip->request.problem;
    chunk->rows = trip->request.rows;
    chunk->on_rows(chunk);
}

/* desk: statements that wait together leave together. */
#include "run/desk.h"

#include "base/arena.h"
#include "base/viewer.h"
#include "run/batch.h"

enum { ERRANDS_TOGETHER = 64 };

/* One statement under way, for one or several errands. */
struct trip {
    struct desk *desk;
    struct arena *arena; /* of its own when several calls share the rows, else the call's */
    uint32_t users;      /* calls that read the shared rows */
    struct source_request request;
    struct errand *errands;
    struct cell *keys; /* of all errands */
    uint32_t key_count;
};

void desk_init(struct desk *desk, struct source *source, uint32_t capacity)
{
    *desk = (struct desk){.source = source, .capacity = capacity};
}

/* ---- which errands go together ---- */

static bool same_rows(const struct viewer *a, const struct viewer *b)
{
    return a->kind == b->kind && a->scope_id == b->scope_id &&
           str_equal(a->scope_path, b->scope_path);
}

static bool same_page(const struct errand *a, const struct errand *b)
{
    uint32_t index = a->batch->fetch->index;
    const struct page *first = &a->batch->run->pages[index], *second = &b->batch->run->pages[index];
    return first->limit == second->limit && first->backward == second->backward &&
           first->cursor == NULL && second->cursor == NULL;
}

/* Everything but the keys is equal, so one text and one set of other parameters serves both. */
static bool may_join(const struct errand *a, const struct errand *b)
{
    const struct fetch *fetch = a->batch->fetch;
    return fetch == b->batch->fetch && a->key_count > 0 && b->key_count > 0 &&
           fetch->binding->predicate == NULL &&
           same_rows(a->batch->run->call->viewer, b->batch->run->call->viewer) && same_page(a, b);
}

/* Takes what may leave with the first errand out of the queue. */
static struct errand *take_group(struct desk *desk, uint32_t *key_count)
{
    struct errand *group = desk->first;
    uint32_t limit = statement_chunk(group->batch), count = 1;
    desk->first = group->next;
    struct errand **tail = &group->next;
    *key_count = group->key_count;
    struct errand **link = &desk->first;
    while (*link != NULL) {
        struct errand *errand = *link;
        if (count == ERRANDS_TOGETHER || *key_count + errand->key_count > limit ||
            !may_join(group, errand)) {
            link = &errand->next;
            continue;
        }
        *link = errand->next;
        *tail = errand;
        tail = &errand->next;
        *key_count += errand->key_count;
        count++;
    }
    *tail = NULL;
    desk->last = NULL;
    for (struct errand *each = desk->first; each != NULL; each = each->next)
        desk->last = each;
    return group;
}

/* ---- the way back ---- */

static void release_trip(void *context)
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
    for (uint32_t i = 0; i < rows->count; i++) {
        uint32_t key = keys_find(trip->keys, trip->key_count, rows->cells[(size_t)i * rows->width]);
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
    uint32_t count = 0;
    for (uint32_t i = 0; i < errand->key_count; i++) {
        places[i] = keys_find(trip->keys, trip->key_count, errand->keys[i]);
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

static void launch_waiting(struct desk *desk);

static void finish_shared(struct trip *trip)
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
        arena_defer(arena, release_trip, trip);
        chunk->on_rows(chunk); /* the call may be gone behind this */
    }
    release_trip(trip);
}

static void on_trip_rows(struct source_request *request)
{
    struct trip *trip = request->context;
    struct desk *desk = trip->desk;
    struct errand *errand = trip->errands;
    desk->under_way--;
    if (errand->next != NULL) {
        finish_shared(trip);
    } else {
        struct source_request *chunk = errand->chunk;
        chunk->status = request->status;
        chunk->problem = request->problem;
        chunk->rows = request->rows;
        chunk->on_rows(chunk);
    }
    launch_waiting(desk);
}

/* ---- the way there ---- */

static void gather_keys(struct trip *trip, uint32_t key_count)
{
    if (trip->errands->next == NULL) {
        trip->keys = (struct cell *)trip->errands->keys;
        trip->key_count = key_count;
        return;
    }
    trip->keys = arena_array(trip->arena, struct cell, key_count);
    for (const struct errand *errand = trip->errands; errand != NULL; errand = errand->next) {
        memcpy(trip->keys + trip->key_count, errand->keys, errand->key_count * sizeof(struct cell));
        trip->key_count += errand->key_count;
    }
    trip->key_count = keys_unique(trip->keys, trip->key_count);
}

static void launch(struct desk *desk, struct errand *errands, uint32_t key_count)
{
    bool shared = errands->next != NULL;
    struct arena *arena = shared ? arena_create() : errands->batch->run->arena;
    struct trip *trip = arena_new(arena, struct trip);
    *trip = (struct trip){.desk = desk, .arena = arena, .errands = errands};
    gather_keys(trip, key_count);
    statement_make(errands->batch, trip->keys, trip->key_count, arena, &trip->request);
    trip->request.arena = arena;
    trip->request.on_rows = on_trip_rows;
    trip->request.context = trip;
    desk->under_way++;
    desk->statements++;
    bool done = desk->source->start(desk->source, &trip->request);
    if (done)
        on_trip_rows(&trip->request);
}

static void launch_waiting(struct desk *desk)
{
    while (desk->first != NULL && desk->under_way < desk->capacity) {
        uint32_t key_count;
        struct errand *group = take_group(desk, &key_count);
        if (group->next == NULL && group->batch->run->call_abandoned)
            group->chunk->on_rows(group->chunk); /* without rows: nobody waits for them */
        else
            launch(desk, group, key_count);
    }
}

void desk_send(struct desk *desk, struct errand *errand)
{
    errand->next = NULL;
    desk->errands++;
    if (desk->last == NULL)
        desk->first = errand;
    else
        desk->last->next = errand;
    desk->last = errand;
    launch_waiting(desk);
}

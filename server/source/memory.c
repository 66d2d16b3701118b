/* memory: reading tables as a whole, again and again. */
#include "source/memory.h"

#include "base/arena.h"
#include "base/log.h"
#include "mariadb/database.h"
#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <time.h>

enum { PAUSE_SECONDS = 2, STATEMENT_MS = 5000 };

struct snapshot {
    struct arena *arena; /* of all of it, this struct too */
    atomic_uint users;
    struct held *tables;
};

struct memory {
    const struct memory_source *sources;
    uint32_t count;
    const struct database_address *address;
    pthread_t thread;
    pthread_mutex_t mutex; /* of what follows */
    pthread_cond_t wake;
    bool closing;
    bool wanted; /* somebody asked for a refresh */
    struct snapshot *current;
    bool complained; /* the thread's own: that it cannot read; once is enough */
};

/* ---- a table ---- */

static uint64_t key_hash(const struct cell *key)
{
    if (key->kind == CELL_TEXT)
        return str_hash(cell_str(key));
    return (uint64_t)key->integer * 0x9e3779b97f4a7c15u >> 32;
}

/* An unsigned key of one table meets a signed one of another. */
static bool key_equal(const struct cell *a, const struct cell *b)
{
    if (a->kind == CELL_TEXT || b->kind == CELL_TEXT)
        return a->kind == b->kind && str_equal(cell_str(a), cell_str(b));
    return a->integer == b->integer && (a->kind == b->kind || a->integer >= 0);
}

static const struct cell *key_of_row(const struct held *held, uint32_t row)
{
    return &held->rows.cells[(size_t)row * held->rows.width];
}

static void index_rows(struct held *held, struct arena *arena)
{
    uint32_t slots = 16;
    while (slots < held->rows.count * 2)
        slots *= 2;
    held->slot_mask = slots - 1;
    held->slots = arena_array(arena, uint32_t, slots);
    held->first = arena_array(arena, uint32_t, held->rows.count + 1);
    for (uint32_t row = 0; row < held->rows.count; row++) {
        uint32_t slot = (uint32_t)key_hash(key_of_row(held, row)) & held->slot_mask;
        while (held->slots[slot] != 0)
            slot = (slot + 1) & held->slot_mask;
        held->slots[slot] = row + 1;
        held->first[row + 1] = row + 1;
    }
}

bool held_find(const struct held *held, const struct cell *key, uint32_t *row)
{
    uint32_t slot = (uint32_t)key_hash(key) & held->slot_mask;
    for (; held->slots[slot] != 0; slot = (slot + 1) & held->slot_mask) {
        *row = held->slots[slot] - 1;
        if (key_equal(key_of_row(held, *row), key))
            return true;
    }
    return false;
}

/* ---- a snapshot ---- */

static enum status read_table(const struct memory_source *source, struct database *database,
                              struct arena *arena, struct held *held, struct str *problem)
{
    const struct cell limit = cell_int(MEMORY_ROWS + 1);
    enum status status = database_run(database, arena, source->select, &limit, 1, &held->rows);
    if (status != STATUS_OK) {
        *problem = database_problem(database);
        return status;
    }
    if (held->rows.count > MEMORY_ROWS) {
        *problem = str_printf(arena,
                              STR_FMT " has more than %d rows, too many to be held in memory: drop "
                                      "its @reference",
                              STR_ARG(source->name), MEMORY_ROWS);
        return STATUS_LIMIT;
    }
    index_rows(held, arena);
    return STATUS_OK;
}

/* NULL with the reason in *problem, in the arena. */
static struct snapshot *read_snapshot(const struct memory *memory, struct database *database,
                                      struct arena *arena, struct str *problem)
{
    struct arena *own = arena_create();
    struct snapshot *snapshot = arena_new(own, struct snapshot);
    snapshot->arena = own;
    snapshot->users = 1;
    snapshot->tables = arena_array(own, struct held, memory->count);
    for (uint32_t i = 0; i < memory->count; i++) {
        if (read_table(&memory->sources[i], database, own, &snapshot->tables[i], problem) ==
            STATUS_OK)
            continue;
        *problem = str_copy(arena, *problem);
        arena_destroy(own);
        return NULL;
    }
    return snapshot;
}

static bool rows_equal(const struct rows *a, const struct rows *b)
{
    if (a->count != b->count || a->width != b->width)
        return false;
    for (size_t i = 0; i < (size_t)a->count * a->width; i++) {
        const struct cell *left = &a->cells[i], *right = &b->cells[i];
        bool same = left->kind != CELL_TEXT ? left->integer == right->integer
                                            : str_equal(cell_str(left), cell_str(right));
        if (left->kind != right->kind || !same)
            return false;
    }
    return true;
}

static bool snapshot_equal(const struct memory *memory, const struct snapshot *a,
                           const struct snapshot *b)
{
    for (uint32_t i = 0; i < memory->count; i++) {
        if (!rows_equal(&a->tables[i].rows, &b->tables[i].rows))
            return false;
    }
    return true;
}

const struct held *snapshot_table(const struct snapshot *snapshot, uint32_t index)
{
    return &snapshot->tables[index];
}

const struct snapshot *memory_take(struct memory *memory)
{
    pthread_mutex_lock(&memory->mutex);
    struct snapshot *snapshot = memory->current;
    atomic_fetch_add(&snapshot->users, 1);
    pthread_mutex_unlock(&memory->mutex);
    return snapshot;
}

void snapshot_release(const struct snapshot *snapshot)
{
    struct snapshot *own = (struct snapshot *)snapshot;
    if (atomic_fetch_sub(&own->users, 1) == 1)
        arena_destroy(own->arena);
}

/* ---- again and again ---- */

static void replace(struct memory *memory, struct snapshot *fresh)
{
    pthread_mutex_lock(&memory->mutex);
    struct snapshot *old = memory->current;
    memory->current = fresh;
    pthread_mutex_unlock(&memory->mutex);
    if (old != NULL)
        snapshot_release(old);
}

/* What is held stays when the tables cannot be read. */
static void refresh(struct memory *memory, struct database **database)
{
    struct str problem;
    struct arena *arena = arena_create();
    struct snapshot *fresh = NULL;
    if (*database == NULL)
        *database = database_open(memory->address, arena, &problem);
    if (*database != NULL) {
        database_set_timeout(*database, STATEMENT_MS);
        fresh = read_snapshot(memory, *database, arena, &problem);
    }
    if (fresh == NULL && !memory->complained)
        log_event(LOG_WARN, "reference tables were not read again", "problem",
                  log_format(STR_FMT, STR_ARG(problem)), NULL);
    memory->complained = fresh == NULL;
    if (fresh != NULL && snapshot_equal(memory, fresh, memory->current))
        snapshot_release(fresh);
    else if (fresh != NULL)
        replace(memory, fresh);
    arena_destroy(arena);
}

/* Until it is time, or somebody asks. False: the end. */
static bool wait_for_turn(struct memory *memory)
{
    struct timespec until;
    clock_gettime(CLOCK_MONOTONIC, &until);
    until.tv_sec += PAUSE_SECONDS;
    pthread_mutex_lock(&memory->mutex);
    int waited = 0;
    while (!memory->closing && !memory->wanted && waited == 0)
        waited = pthread_cond_timedwait(&memory->wake, &memory->mutex, &until);
    memory->wanted = false;
    bool goes_on = !memory->closing;
    pthread_mutex_unlock(&memory->mutex);
    return goes_on;
}

static void *keep_fresh(void *argument)
{
    struct memory *memory = argument;
    struct database *database = NULL;
    while (wait_for_turn(memory))
        refresh(memory, &database);
    database_close(database);
    return NULL;
}

void memory_refresh(struct memory *memory)
{
    pthread_mutex_lock(&memory->mutex);
    memory->wanted = true;
    pthread_cond_signal(&memory->wake);
    pthread_mutex_unlock(&memory->mutex);
}

static void init_lock(struct memory *memory)
{
    pthread_condattr_t attributes;
    pthread_condattr_init(&attributes);
    pthread_condattr_setclock(&attributes, CLOCK_MONOTONIC);
    pthread_mutex_init(&memory->mutex, NULL);
    pthread_cond_init(&memory->wake, &attributes);
    pthread_condattr_destroy(&attributes);
}

struct memory *memory_open(const struct memory_source *sources, uint32_t count,
                           const struct database_address *address, struct arena *arena,
                           struct str *problem)
{
    struct database *database = database_open(address, arena, problem);
    if (database == NULL)
        return NULL;
    struct memory *memory = arena_new(arena, struct memory);
    *memory = (struct memory){.sources = sources, .count = count, .address = address};
    memory->current = read_snapshot(memory, database, arena, problem);
    database_close(database);
    if (memory->current == NULL)
        return NULL;
    init_lock(memory);
    if (pthread_create(&memory->thread, NULL, keep_fresh, memory) != 0)
        abort();
    return memory;
}

void memory_close(struct memory *memory)
{
    pthread_mutex_lock(&memory->mutex);
    memory->closing = true;
    pthread_cond_signal(&memory->wake);
    pthread_mutex_unlock(&memory->mutex);
    pthread_join(memory->thread, NULL);
    snapshot_release(memory->current);
    pthread_cond_destroy(&memory->wake);
    pthread_mutex_destroy(&memory->mutex);
}

/* load: each block of customers is made and stored by one writer, in one transaction.
 *
 * Blocks are those of search_pages.c: no two of them share a page, a row or a range of ids, so
 * several writers need not wait for each other, unless constraints are asked. They end in any
 * order; the setting says up to where all of them are there, and what an interrupted run stored
 * beyond is found by looking.
 */
#include "load.h"

#include "base/arena.h"
#include "customer.h"
#include "db/chore.h"
#include "db/search_pages.h"
#include "mariadb/database.h"
#include "store.h"
#include <inttypes.h>
#include <pthread.h>
#include <time.h>
#include <unistd.h>

enum {
    BLOCK = SEARCH_CUSTOMERS_OF_BLOCK,
    SENT_AT_ONCE = 64, /* customers, so that little of a block is in memory */
    WRITERS_MOST = 4,
    CHECKED = 10000, /* customers, whose rows the tables' constraints are asked about */
    PROGRESS_SECONDS = 2,
};

struct load {
    struct chore *chore;
    const struct demo_world *world;
    const struct vault *vault;
    int64_t there, wanted;
    time_t began;
    pthread_mutex_t mutex; /* of the following, of the chore and of the setting */
    int64_t next;          /* block that nobody has taken */
    int64_t first_missing; /* block before which all are stored */
    bool *stored;          /* by block */
    int64_t made;          /* customers, in this run or one before */
    time_t told;
    enum status status; /* the first that is not OK ends all writers */
};

struct writer {
    struct load *load;
    struct database *database;
    struct arena *arena; /* of the block at hand */
    pthread_t thread;
};

/* Rows of one program that refer to each other by computed ids are right for all customers when
 * they are for ten thousand; asking for each of a million takes as long as storing them. What a
 * writer reads is its own, so it needs no locks between rows; but what a crash interrupted may
 * still be being undone. */
#define SESSION(isolation, checks, wait_seconds)                                               \
    STR("SET SESSION tx_isolation = '" isolation "', innodb_lock_wait_timeout = " wait_seconds \
        ", foreign_key_checks = " checks ", check_constraint_checks = " checks)

static const struct str checked = SESSION("READ-COMMITTED", "ON", "120"),
                        unchecked = SESSION("READ-COMMITTED", "OFF", "120"),
                        as_before = SESSION("REPEATABLE-READ", "ON", "3");

static void fail(struct writer *writer, enum status status)
{
    struct load *load = writer->load;
    pthread_mutex_lock(&load->mutex);
    if (load->status == STATUS_OK)
        load->status =
            chore_fail(load->chore, status, "the demonstration's data cannot be stored: " STR_FMT,
                       STR_ARG(database_problem(writer->database)));
    pthread_mutex_unlock(&load->mutex);
}

/* ---- how far it is ---- */

static void tell(struct load *load)
{
    time_t now = time(NULL);
    if (now - load->told < PROGRESS_SECONDS || load->made >= load->wanted)
        return;
    load->told = now;
    int64_t rate = (load->made - load->there) / (now - load->began);
    if (rate == 0)
        rate = 1;
    int64_t seconds = (load->wanted - load->made) / rate;
    chore_tell(load->chore,
               "%" PRId64 " of %" PRId64 " customers, %" PRId64 " a second, %" PRId64
               ":%02d minutes left",
               load->made, load->wanted, rate, seconds / 60, (int)(seconds % 60));
}

static void count(struct load *load, int64_t customers)
{
    pthread_mutex_lock(&load->mutex);
    load->made += customers;
    tell(load);
    pthread_mutex_unlock(&load->mutex);
}

/* ---- blocks ---- */

static int64_t first_of(const struct load *load, int64_t block)
{
    int64_t first = block * BLOCK;
    return first > load->there ? first : load->there + 1;
}

static int64_t last_of(const struct load *load, int64_t block)
{
    int64_t last = block * BLOCK + BLOCK - 1;
    return last < load->wanted ? last : load->wanted;
}

static bool take(struct load *load, int64_t *block)
{
    pthread_mutex_lock(&load->mutex);
    bool ends = load->chore->asked_to_end != NULL && load->chore->asked_to_end();
    if (ends && load->status == STATUS_OK)
        load->status = chore_fail(load->chore, STATUS_UNAVAILABLE,
                                  "ended as asked with %" PRId64
                                  " customers; the same command goes on from there",
                                  load->made);
    *block = load->next;
    bool taken = load->status == STATUS_OK && *block * BLOCK <= load->wanted;
    load->next += taken;
    pthread_mutex_unlock(&load->mutex);
    return taken;
}

static enum status write_setting(struct writer *writer, int64_t customers)
{
    struct cell value = cell_text(str_printf(writer->arena, "%" PRId64, customers));
    return database_run(writer->database, writer->arena,
                        STR("UPDATE setting SET value = ? WHERE name = '" LOAD_SETTING "'"), &value,
                        1, NULL);
}

/* One after the other: the setting never goes back. */
static enum status note_stored(struct writer *writer, int64_t block)
{
    struct load *load = writer->load;
    enum status status = STATUS_OK;
    pthread_mutex_lock(&load->mutex);
    load->stored[block] = true;
    int64_t before = load->first_missing;
    while (load->first_missing * BLOCK <= load->wanted && load->stored[load->first_missing])
        load->first_missing++;
    if (load->first_missing > before)
        status = write_setting(writer, last_of(load, load->first_missing - 1));
    pthread_mutex_unlock(&load->mutex);
    return status;
}

/* The last customer of the block that an interrupted run stored, or the one before the first. */
static enum status find_stored(struct writer *writer, int64_t first, int64_t last, int64_t *stored)
{
    const struct cell parameters[] = {cell_int(first), cell_int(last)};
    struct rows rows;
    TRY(database_run(writer->database, writer->arena,
                     STR("SELECT MAX(id) FROM customer WHERE id BETWEEN ? AND ?"), parameters, 2,
                     &rows));
    *stored = rows.cells[0].kind == CELL_NULL ? first - 1 : rows.cells[0].integer;
    return STATUS_OK;
}

static enum status send_some(struct writer *writer, int64_t first, int64_t last)
{
    struct arena *arena = arena_create();
    struct store *store = store_create(arena, writer->load->vault);
    for (int64_t ordinal = first; ordinal <= last; ordinal++)
        store_add(store, customer_make(writer->load->world, arena, ordinal));
    enum status status = store_send(store, writer->database);
    arena_destroy(arena);
    count(writer->load, last - first + 1);
    return status;
}

static enum status send_all(struct writer *writer, int64_t first, int64_t last)
{
    TRY(database_begin(writer->database));
    for (int64_t at = first; at <= last; at += SENT_AT_ONCE)
        TRY(send_some(writer, at, at + SENT_AT_ONCE <= last ? at + SENT_AT_ONCE - 1 : last));
    TRY(search_pages_write(writer->database, writer->arena, first, last));
    return database_commit(writer->database);
}

static enum status store_block(struct writer *writer, int64_t block)
{
    int64_t first = first_of(writer->load, block), last = last_of(writer->load, block), stored;
    TRY(database_run(writer->database, writer->arena, first <= CHECKED ? checked : unchecked, NULL,
                     0, NULL));
    TRY(find_stored(writer, first, last, &stored));
    count(writer->load, stored - first + 1);
    if (stored < last) {
        enum status status = send_all(writer, stored + 1, last);
        if (status != STATUS_OK) {
            fail(writer, status); /* the rollback forgets why */
            database_rollback(writer->database);
            return status;
        }
    }
    return note_stored(writer, block);
}

static void *write_blocks(void *argument)
{
    struct writer *writer = argument;
    int64_t block;
    while (take(writer->load, &block)) {
        writer->arena = arena_create();
        enum status status = store_block(writer, block);
        arena_destroy(writer->arena);
        if (status != STATUS_OK)
            fail(writer, status);
    }
    return NULL;
}

/* ---- writers ---- */

/* Constraints are asked with locks, for which writers would wait for each other, some for ever. */
static int writers_for(const struct load *load)
{
    int64_t blocks = load->wanted / BLOCK - load->next + 1;
    long processors = sysconf(_SC_NPROCESSORS_ONLN);
    int64_t most = processors < WRITERS_MOST ? processors : WRITERS_MOST;
    return load->there < CHECKED ? 1 : (int)(blocks < most ? blocks : most);
}

/* The caller is the first writer. */
static void run_writers(struct load *load, struct arena *arena)
{
    struct writer writers[WRITERS_MOST];
    int wanted = writers_for(load), started = 1;
    writers[0] = (struct writer){.load = load, .database = load->chore->database};
    for (; started < wanted; started++) {
        struct writer *writer = &writers[started];
        struct str problem;
        *writer = (struct writer){
            .load = load, .database = database_another(load->chore->database, arena, &problem)};
        if (writer->database == NULL)
            break; /* fewer do */
        if (pthread_create(&writer->thread, NULL, write_blocks, writer) != 0) {
            database_close(writer->database);
            break;
        }
    }
    write_blocks(&writers[0]);
    for (int i = 1; i < started; i++) {
        pthread_join(writers[i].thread, NULL);
        database_close(writers[i].database);
    }
}

static enum status load_some(struct chore *chore, const struct demo_world *world,
                             const struct vault *vault, int64_t there, int64_t wanted)
{
    struct arena *arena = arena_create();
    struct load load = {
        .chore = chore,
        .world = world,
        .vault = vault,
        .there = there,
        .wanted = wanted,
        .began = time(NULL),
        .next = (there + 1) / BLOCK,
        .first_missing = (there + 1) / BLOCK,
        .stored = arena_array(arena, bool, (size_t)(wanted / BLOCK + 1)),
        .made = there,
        .told = time(NULL),
    };
    pthread_mutex_init(&load.mutex, NULL);
    run_writers(&load, arena);
    pthread_mutex_destroy(&load.mutex);
    enum status restored = database_run(chore->database, arena, as_before, NULL, 0, NULL);
    arena_destroy(arena);
    if (load.status == STATUS_OK && restored != STATUS_OK)
        return chore_database_failed(chore, restored, "the session cannot go on");
    return load.status;
}

enum status load_customers(struct chore *chore, const struct demo_world *world,
                           const struct vault *vault, int64_t there, int64_t wanted)
{
    if (there < CHECKED)
        TRY(load_some(chore, world, vault, there, wanted < CHECKED ? wanted : CHECKED));
    if (wanted <= CHECKED)
        return STATUS_OK;
    return load_some(chore, world, vault, there < CHECKED ? CHECKED : there, wanted);
}

/* invariants_check: asks all invariants of a portion of the rows, then of the next one. */
#include "invariants.h"

#include "base/arena.h"
#include "mariadb/database.h"
#include <pthread.h>
#include <stdlib.h>
#include <unistd.h>

enum { THREADS_MOST = 4, PORTIONS_FOR_ONE = 16, PARAMETERS_MOST = 8 };

/* Of a size that stays in memory until all has been asked of it. */
struct portions_of {
    const char *next; /* statement: the id that so many others lie before */
    int64_t rows;
};

#define NEXT_OF(table) "SELECT id FROM " table " WHERE id >= ? ORDER BY id LIMIT 1 OFFSET ?"

static const struct portions_of portions_of[INVARIANT_ROWS] = {
    [OF_CUSTOMERS] = {NEXT_OF("customer"), 4096},
    [OF_PERIODS] = {NEXT_OF("usage_period"), 8192},
    [OF_PRODUCTS] = {NEXT_OF("product"), 16384},
};

struct portion {
    enum invariant_rows rows;
    int64_t first, last;
    struct portion *next;
};

struct checking {
    struct arena *arena;
    void (*looked)(uint32_t portions, uint32_t all);
    uint32_t all;
    pthread_mutex_t mutex; /* of what follows, and of the arena */
    struct portion *next;
    uint32_t done;
    int64_t *broken; /* by invariant */
    enum status status;
    struct str problem;
};

struct looker {
    struct checking *checking;
    struct database *database;
    pthread_t thread;
};

/* ---- portions ---- */

static void add_portion(struct checking *checking, enum invariant_rows rows, int64_t first,
                        int64_t last)
{
    struct portion *portion = arena_new(checking->arena, struct portion);
    *portion = (struct portion){.rows = rows, .first = first, .last = last, .next = checking->next};
    checking->next = portion;
    checking->all++;
}

/* From the least id there can be to the greatest: rows of what does not exist are looked at, too.
 */
static enum status cut(struct checking *checking, struct database *database,
                       enum invariant_rows rows)
{
    const struct portions_of *of = &portions_of[rows];
    int64_t first = INT64_MIN;
    for (;;) {
        const struct cell parameters[] = {cell_int(first), cell_int(of->rows)};
        struct rows found;
        TRY(database_run(database, checking->arena, str_of(of->next), parameters, 2, &found));
        if (found.count == 0)
            break;
        add_portion(checking, rows, first, found.cells[0].integer - 1);
        first = found.cells[0].integer;
    }
    add_portion(checking, rows, first, INT64_MAX);
    return STATUS_OK;
}

static enum status cut_all(struct checking *checking, struct database *database)
{
    add_portion(checking, OF_ALL, 0, 0);
    for (int rows = OF_ALL + 1; rows < INVARIANT_ROWS; rows++)
        TRY(cut(checking, database, (enum invariant_rows)rows));
    return STATUS_OK;
}

static struct portion *take(struct checking *checking)
{
    pthread_mutex_lock(&checking->mutex);
    struct portion *portion = checking->status == STATUS_OK ? checking->next : NULL;
    if (portion != NULL)
        checking->next = portion->next;
    pthread_mutex_unlock(&checking->mutex);
    return portion;
}

/* ---- looking ---- */

static uint32_t parameters_of(const char *sql)
{
    uint32_t count = 0;
    for (const char *at = strchr(sql, '?'); at != NULL; at = strchr(at + 1, '?'))
        count++;
    return count;
}

static enum status count_broken(struct looker *looker, struct arena *arena,
                                const struct portion *portion, const struct invariant *invariant,
                                int64_t *broken)
{
    struct cell parameters[PARAMETERS_MOST];
    struct rows rows;
    uint32_t count = portion->rows == OF_ALL ? 0 : parameters_of(invariant->count_broken);
    if (count > PARAMETERS_MOST)
        abort();
    for (uint32_t i = 0; i < count; i++)
        parameters[i] = cell_int(i % 2 == 0 ? portion->first : portion->last);
    TRY(database_run(looker->database, arena, str_of(invariant->count_broken), parameters, count,
                     &rows));
    *broken = rows.cells[0].integer;
    return STATUS_OK;
}

static enum status look_at(struct looker *looker, struct arena *arena,
                           const struct portion *portion)
{
    struct checking *checking = looker->checking;
    for (uint32_t i = 0; invariants[i].says != NULL; i++) {
        int64_t broken;
        if (invariants[i].rows != portion->rows)
            continue;
        TRY(count_broken(looker, arena, portion, &invariants[i], &broken));
        pthread_mutex_lock(&checking->mutex);
        checking->broken[i] += broken;
        pthread_mutex_unlock(&checking->mutex);
    }
    return STATUS_OK;
}

static void note(struct looker *looker, enum status status)
{
    struct checking *checking = looker->checking;
    pthread_mutex_lock(&checking->mutex);
    if (status != STATUS_OK && checking->status == STATUS_OK) {
        checking->status = status;
        checking->problem = str_copy(checking->arena, database_problem(looker->database));
    }
    checking->done++;
    if (checking->looked != NULL)
        checking->looked(checking->done, checking->all);
    pthread_mutex_unlock(&checking->mutex);
}

static void *look(void *argument)
{
    struct looker *looker = argument;
    struct portion *portion;
    while ((portion = take(looker->checking)) != NULL) {
        struct arena *arena = arena_create();
        enum status status = look_at(looker, arena, portion);
        note(looker, status);
        arena_destroy(arena);
    }
    return NULL;
}

/* ---- together ---- */

static int lookers_for(const struct checking *checking)
{
    long processors = sysconf(_SC_NPROCESSORS_ONLN);
    if (checking->all <= PORTIONS_FOR_ONE || processors < 1)
        return 1;
    return processors < THREADS_MOST ? (int)processors : THREADS_MOST;
}

/* The caller is the first; where there can be no more, fewer do. */
static void look_together(struct checking *checking, struct database *database)
{
    struct looker lookers[THREADS_MOST] = {{.checking = checking, .database = database}};
    int wanted = lookers_for(checking), started = 1;
    for (; started < wanted; started++) {
        struct looker *looker = &lookers[started];
        struct str problem;
        pthread_mutex_lock(&checking->mutex);
        *looker = (struct looker){
            .checking = checking,
            .database = database_another(database, checking->arena, &problem),
        };
        pthread_mutex_unlock(&checking->mutex);
        if (looker->database == NULL)
            break;
        database_set_timeout(looker->database,
                             0); /* as the caller's: however many rows there are */
        if (pthread_create(&looker->thread, NULL, look, looker) != 0) {
            database_close(looker->database);
            break;
        }
    }
    look(&lookers[0]);
    for (int i = 1; i < started; i++) {
        pthread_join(lookers[i].thread, NULL);
        database_close(lookers[i].database);
    }
}

static struct str words_of(const struct checking *checking)
{
    struct str words = {0};
    for (uint32_t i = 0; invariants[i].says != NULL; i++) {
        if (checking->broken[i] == 0)
            continue;
        words =
            str_printf(checking->arena, STR_FMT "%sin %lld %s it is not so that %s", STR_ARG(words),
                       words.len > 0 ? "; " : "", (long long)checking->broken[i],
                       checking->broken[i] == 1 ? "place" : "places", invariants[i].says);
    }
    return words;
}

static uint32_t count_invariants(void)
{
    uint32_t count = 0;
    while (invariants[count].says != NULL)
        count++;
    return count;
}

enum status invariants_check(struct database *database, struct arena *arena,
                             void (*looked)(uint32_t portions, uint32_t all), struct str *broken)
{
    struct checking checking = {
        .arena = arena,
        .looked = looked,
        .broken = arena_array(arena, int64_t, count_invariants()),
    };
    enum status status = cut_all(&checking, database);
    if (status != STATUS_OK) {
        *broken = str_copy(arena, database_problem(database));
        return status;
    }
    pthread_mutex_init(&checking.mutex, NULL);
    look_together(&checking, database);
    pthread_mutex_destroy(&checking.mutex);
    *broken = checking.status == STATUS_OK ? words_of(&checking) : checking.problem;
    return checking.status;
}

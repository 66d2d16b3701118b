/* memory: many threads read what one thread puts in the place of itself, again and again: each
 * snapshot is of one moment, none goes back in time, and none goes while it is read.
 *
 * Built with -fsanitize=thread it tells whether they get in each other's way.
 */
#include "source/memory.h"

#include "base/arena.h"
#include "mariadb/database.h"
#include "unit/mariadb/scratch.h"
#include "unit/test.h"
#include <pthread.h>
#include <stdatomic.h>

enum { READERS = 4, ROWS = 500, CHANGES = 300, MANY_READS = 1000, FEW_CHANGES_SEEN = 20 };

static struct memory *memory;
static atomic_bool ended;

struct reader {
    pthread_t thread;
    uint32_t reads, snapshots, torn, lost, older;
};

/* All rows are of one change, and each is found by its key. */
static int64_t read_once(struct reader *reader)
{
    const struct snapshot *snapshot = memory_take(memory);
    const struct held *held = snapshot_table(snapshot, 0);
    int64_t change = held->rows.cells[1].integer;
    reader->lost += held->rows.count != ROWS;
    for (uint32_t i = 0; i < held->rows.count; i++) {
        const struct cell *cells = &held->rows.cells[(size_t)i * held->rows.width];
        uint32_t row;
        reader->torn += cells[1].integer != change;
        reader->lost += !held_find(held, &cells[0], &row) || row != i;
    }
    snapshot_release(snapshot);
    return change;
}

static void *read_on(void *context)
{
    struct reader *reader = context;
    int64_t newest = 0;
    while (!ended) {
        int64_t change = read_once(reader);
        reader->reads++;
        reader->older += change < newest;
        reader->snapshots += change != newest;
        newest = change;
    }
    return NULL;
}

static void change(struct database *database, struct arena *arena)
{
    if (database_run(database, arena, STR("UPDATE thing SET change_number = change_number + 1"),
                     NULL, 0, NULL) != STATUS_OK) {
        fprintf(stderr, STR_FMT "\n", STR_ARG(database_problem(database)));
        exit(1);
    }
    memory_refresh(memory);
}

static void test_readers(struct database *database, struct arena *arena)
{
    struct reader readers[READERS] = {0}, all = {0};
    for (uint32_t i = 0; i < READERS; i++)
        pthread_create(&readers[i].thread, NULL, read_on, &readers[i]);
    for (uint32_t i = 0; i < CHANGES; i++)
        change(database, arena);
    ended = true;
    for (uint32_t i = 0; i < READERS; i++) {
        pthread_join(readers[i].thread, NULL);
        all.reads += readers[i].reads;
        all.snapshots += readers[i].snapshots;
        all.torn += readers[i].torn;
        all.lost += readers[i].lost;
        all.older += readers[i].older;
    }
    printf("# %u reads, %u new snapshots seen\n", all.reads, all.snapshots);
    TEST("many read while it changes", all.reads > MANY_READS && all.snapshots > FEW_CHANGES_SEEN);
    TEST("each snapshot is of one moment", all.torn == 0);
    TEST("none goes while it is read", all.lost == 0);
    TEST("none goes back in time", all.older == 0);
}

int main(void)
{
    struct arena *arena = arena_create();
    struct str problem;
    struct private_mariadb *mariadb = scratch_start(arena);
    struct database *database = database_open(private_migration(mariadb), arena, &problem);
    const char *tables = "CREATE TABLE thing (id INT PRIMARY KEY, change_number INT NOT NULL);"
                         "INSERT INTO thing SELECT seq, 1 FROM seq_1_to_500";
    if (database == NULL || database_script(database, str_of(tables)) != STATUS_OK)
        return 1;
    const struct memory_source source = {
        .name = STR("Thing"),
        .select = STR("SELECT id, change_number FROM thing ORDER BY id LIMIT ?"),
    };
    memory = memory_open(&source, 1, private_application(mariadb), arena, &problem);
    if (TEST("it is read for the first time", memory != NULL)) {
        test_readers(database, arena);
        memory_close(memory);
    }
    database_close(database);
    scratch_stop(mariadb);
    arena_destroy(arena);
    return test_end();
}

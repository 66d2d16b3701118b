/* migrated: a MariaDB in a temporary folder with all our tables, for one test program. */
#pragma once

#include "base/arena.h"
#include "db/chore.h"
#include "mariadb/database.h"
#include "mariadb/migrations.h"
#include "unit/mariadb/scratch.h"

struct migrated {
    struct arena *arena;
    struct private_mariadb *mariadb;
    struct database *database; /* as the server has it: rows only */
    struct chore chore;
    /* What the chore told, line by line, and how much of it fitted: */
    char told[65536];
    size_t told_length;
};

static inline void migrated_tell(void *context, struct str line)
{
    struct migrated *migrated = context;
    size_t room = sizeof(migrated->told) - migrated->told_length;
    int length =
        snprintf(migrated->told + migrated->told_length, room, STR_FMT "\n", STR_ARG(line));
    migrated->told_length += (size_t)length < room ? (size_t)length : room - 1;
}

static inline void migrated_give_up(struct str problem)
{
    fprintf(stderr, STR_FMT "\n", STR_ARG(problem));
    exit(1);
}

static inline struct migrated *migrated_start(void)
{
    struct arena *arena = arena_create();
    struct migrated *migrated = arena_new(arena, struct migrated);
    struct str problem = {0};
    migrated->arena = arena;
    migrated->mariadb = scratch_start(arena);
    struct database *owner = database_open(private_migration(migrated->mariadb), arena, &problem);
    const struct migrations migrations = {.folder = "db/migrations"};
    if (owner == NULL || migrations_apply(&migrations, owner, arena, &problem) != STATUS_OK)
        migrated_give_up(problem);
    database_close(owner);
    migrated->database = database_open(private_application(migrated->mariadb), arena, &problem);
    if (migrated->database == NULL)
        migrated_give_up(problem);
    migrated->chore = (struct chore){
        .database = migrated->database, .arena = arena, .tell = migrated_tell, .context = migrated};
    return migrated;
}

static inline void migrated_stop(struct migrated *migrated)
{
    database_close(migrated->database);
    scratch_stop(migrated->mariadb);
    arena_destroy(migrated->arena);
}

static inline bool migrated_told(const struct migrated *migrated, const char *words)
{
    return strstr(migrated->told, words) != NULL;
}

static inline bool migrated_problem(const struct migrated *migrated, const char *words)
{
    return strstr(str_copy(migrated->arena, migrated->chore.problem).at, words) != NULL;
}

static inline void migrated_forget(struct migrated *migrated)
{
    migrated->told_length = 0;
    migrated->told[0] = 0;
    migrated->chore.problem = (struct str){0};
}

/* The first cell of the answer as text; ends the program when there is none. */
static inline struct str migrated_text(struct migrated *migrated, const char *sql)
{
    struct rows rows = {0};
    if (database_run(migrated->database, migrated->arena, str_of(sql), NULL, 0, &rows) !=
            STATUS_OK ||
        rows.count == 0) {
        fprintf(stderr, "%s\n", sql);
        migrated_give_up(database_problem(migrated->database));
    }
    const struct cell *cell = rows.cells;
    if (cell->kind == CELL_TEXT)
        return cell_str(cell);
    return cell->kind == CELL_NULL ? STR("NULL")
                                   : str_printf(migrated->arena, "%lld", (long long)cell->integer);
}

static inline int64_t migrated_number(struct migrated *migrated, const char *sql)
{
    struct str text = migrated_text(migrated, sql);
    return strtoll(str_copy(migrated->arena, text).at, NULL, 10);
}

static inline void migrated_run(struct migrated *migrated, const char *sql)
{
    if (database_run(migrated->database, migrated->arena, str_of(sql), NULL, 0, NULL) != STATUS_OK)
        migrated_give_up(database_problem(migrated->database));
}

/* One text that stands for all rows of the tables the chores fill, the moments of their writing
 * aside. */
static inline struct str migrated_fingerprint(struct migrated *migrated)
{
    static const char *const tables[] = {
        "partner",
        "customer",
        "customer_external_id",
        "customer_search_term",
        "contact_medium",
        "geographic_address",
        "billing_account",
        "ledger_entry",
        "customer_bill",
        "applied_billing_rate",
        "product_offering",
        "product",
        "product_price",
        "product_order",
        "product_order_item",
        "number_sequence",
        "setting",
        "user_account",
        "user_role",
        "api_client",
        "tab_definition",
        "tab_version",
        "tab_release",
    };
    struct str all = STR("");
    for (size_t i = 0; i < sizeof(tables) / sizeof(tables[0]); i++) {
        char sql[64];
        snprintf(sql, sizeof(sql), "CHECKSUM TABLE %s EXTENDED", tables[i]);
        struct rows rows = {0};
        if (database_run(migrated->database, migrated->arena, str_of(sql), NULL, 0, &rows) !=
            STATUS_OK)
            migrated_give_up(database_problem(migrated->database));
        all = str_printf(migrated->arena, STR_FMT " %lld", STR_ARG(all),
                         (long long)rows.cells[1].integer);
    }
    return all;
}

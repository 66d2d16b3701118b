/* demo: what all customers have in common is stored first, then those that are missing. */
#include "demo.h"

#include "access.h"
#include "base/arena.h"
#include "catalogue.h"
#include "db/batch.h"
#include "db/chore.h"
#include "db/dates.h"
#include "desk.h"
#include "extras.h"
#include "feasibility.h"
#include "load.h"
#include "mariadb/database.h"
#include "message_texts.h"
#include "partners.h"
#include "showcase.h"
#include "specifications.h"
#include "vault/vault.h"
#include <inttypes.h>

enum { FIRST_SEED = 1 };

struct demo {
    struct chore *chore;
    const struct vault *vault;
    struct demo_world world;
    int64_t customers; /* there are already */
    bool settled;      /* seed and day are stored */
};

/* Of the settings below, in the same order. */
enum demo_setting { SETTING_SEED, SETTING_DAY, SETTING_CUSTOMERS, SETTINGS };

static const char *const setting_names[SETTINGS] = {"demo.seed", "demo.day", LOAD_SETTING};

static enum status failed(struct demo *demo, enum status status)
{
    return chore_database_failed(demo->chore, status, "the demonstration's data cannot be stored");
}

static enum status read_setting(struct demo *demo, struct arena *arena, enum demo_setting setting,
                                int64_t *value)
{
    struct cell name = cell_text(str_of(setting_names[setting]));
    struct rows rows;
    TRY(database_run(demo->chore->database, arena,
                     STR("SELECT CAST(value AS SIGNED) FROM setting WHERE name = ?"), &name, 1,
                     &rows));
    if (rows.count == 0)
        return STATUS_NOT_FOUND;
    *value = rows.cells[0].integer;
    return STATUS_OK;
}

static enum status write_setting(struct demo *demo, struct arena *arena, enum demo_setting setting,
                                 int64_t value)
{
    struct cell parameters[] = {
        cell_text(str_of(setting_names[setting])),
        cell_text(str_printf(arena, "%" PRId64, value)),
    };
    return database_run(demo->chore->database, arena,
                        STR("INSERT INTO setting (name, value)\n"
                            "VALUES (?, ?)\n"
                            "ON DUPLICATE KEY UPDATE value = VALUES(value)"),
                        parameters, 2, NULL);
}

/* What was begun is continued as it was begun. */
static enum status settle(struct demo *demo, struct arena *arena,
                          const struct demo_options *options)
{
    int64_t values[SETTINGS];
    for (int i = 0; i < SETTINGS; i++) {
        enum status status = read_setting(demo, arena, (enum demo_setting)i, &values[i]);
        if (status == STATUS_NOT_FOUND) {
            demo->world = (struct demo_world){
                .seed = options->seed == 0 ? FIRST_SEED : options->seed,
                .day = options->day == 0 ? dates_today() : options->day,
            };
            return STATUS_OK;
        }
        if (status != STATUS_OK)
            return failed(demo, status);
    }
    if (options->seed != 0 && (int64_t)options->seed != values[SETTING_SEED])
        return chore_fail(demo->chore, STATUS_INVALID,
                          "the data that is here has seed %" PRId64
                          "; use that, or another database",
                          values[SETTING_SEED]);
    if (options->day != 0 && options->day != values[SETTING_DAY])
        return chore_fail(demo->chore, STATUS_INVALID,
                          "the data that is here is of day %" PRId64
                          "; use that, or another database",
                          values[SETTING_DAY]);
    demo->world =
        (struct demo_world){.seed = (uint64_t)values[SETTING_SEED], .day = values[SETTING_DAY]};
    demo->customers = values[SETTING_CUSTOMERS];
    demo->settled = true;
    return STATUS_OK;
}

static enum status store_partners(struct demo *demo, struct arena *arena)
{
    static const struct batch_table table = {.name = "partner",
                                             .columns = "id, parent_id, path, name, kind"};
    struct batch batch;
    batch_init(&batch, &table, arena);
    for (int i = 0; i < PARTNERS_COUNT; i++) {
        struct cell cells[] = {
            cell_int(partners[i].id),
            cell_int(partners[i].parent_id),
            cell_text(str_of(partners[i].path)),
            cell_text(str_of(partners[i].name)),
            cell_text(str_of(partners[i].kind)),
        };
        memcpy(batch_row(&batch), cells, sizeof(cells));
    }
    return batch_send(&batch, demo->chore->database, NULL);
}

static enum status store_offerings(struct demo *demo, struct arena *arena)
{
    struct offering offerings[CATALOGUE_OFFERINGS];
    int64_t ids[CATALOGUE_OFFERINGS];
    for (int i = 0; i < CATALOGUE_OFFERINGS; i++)
        offerings[i] = catalogue[i].offering;
    TRY(offerings_ensure(demo->chore->database, arena, offerings, CATALOGUE_OFFERINGS, ids));
    for (int i = 0; i < CATALOGUE_OFFERINGS; i++) {
        if (ids[i] != offerings[i].id)
            return chore_fail(demo->chore, STATUS_CONFLICT,
                              "the offering %s is the operator's own here; the demonstration needs"
                              " a database of its own",
                              offerings[i].code);
    }
    return STATUS_OK;
}

/* What all customers have in common. */
static enum status store_ground(struct demo *demo, struct arena *arena)
{
    TRY(store_partners(demo, arena));
    TRY(store_offerings(demo, arena));
    TRY(specifications_store(demo->chore->database, arena));
    TRY(feasibility_store(demo->chore->database, arena, demo->world.day));
    TRY(desk_store(demo->chore->database, arena));
    TRY(extras_store(demo->chore->database, arena));
    TRY(message_texts_store(demo->chore->database, arena, demo->world.day));
    TRY(access_store_agents(demo->chore, arena));
    TRY(write_setting(demo, arena, SETTING_SEED, (int64_t)demo->world.seed));
    TRY(write_setting(demo, arena, SETTING_DAY, demo->world.day));
    return write_setting(demo, arena, SETTING_CUSTOMERS, 0);
}

static enum status store_ground_at_once(struct demo *demo)
{
    struct database *database = demo->chore->database;
    struct arena *arena = arena_create();
    enum status status = database_begin(database);
    if (status == STATUS_OK)
        status = store_ground(demo, arena);
    if (status == STATUS_OK)
        status = database_commit(database);
    if (status != STATUS_OK) {
        if (demo->chore->problem.len == 0)
            failed(demo, status);
        database_rollback(database);
    }
    arena_destroy(arena);
    return status;
}

/* Two at a time would make the same customers. */
static enum status lock(struct demo *demo, struct arena *arena)
{
    struct rows rows;
    enum status status =
        database_run(demo->chore->database, arena,
                     STR("SELECT GET_LOCK(CONCAT('demo of ', DATABASE()), 0)"), NULL, 0, &rows);
    if (status != STATUS_OK)
        return failed(demo, status);
    if (rows.cells[0].kind != CELL_INT || rows.cells[0].integer != 1)
        return chore_fail(demo->chore, STATUS_CONFLICT,
                          "somebody else is adding to the demonstration; wait until they are done");
    return STATUS_OK;
}

static void unlock(struct demo *demo, struct arena *arena)
{
    /* If this fails, the lock ends with the connection. */
    database_run(demo->chore->database, arena,
                 STR("DO RELEASE_LOCK(CONCAT('demo of ', DATABASE()))"), NULL, 0, NULL);
}

static enum status add_customers(struct demo *demo, int64_t wanted)
{
    if (demo->customers >= wanted)
        return STATUS_OK;
    TRY(load_customers(demo->chore, &demo->world, demo->vault, demo->customers, wanted));
    chore_tell(demo->chore, "%" PRId64 " customers added, %" PRId64 " in all",
               wanted - demo->customers, wanted);
    return STATUS_OK;
}

/* Customers that are added need what those of an earlier version did without. */
static enum status check_ground(struct demo *demo)
{
    bool there = false;
    struct arena *arena = arena_create();
    enum status status = extras_are_there(demo->chore->database, arena, &there);
    if (status != STATUS_OK)
        failed(demo, status);
    else if (!there)
        status = chore_fail(demo->chore, STATUS_INVALID,
                            "the data that is here was made by an earlier version, which cannot be"
                            " added to; use another database");
    arena_destroy(arena);
    return status;
}

static enum status load(struct demo *demo, struct arena *arena, const struct demo_options *options)
{
    TRY(settle(demo, arena, options));
    if (!demo->settled)
        TRY(store_ground_at_once(demo));
    else if (demo->customers < options->customers)
        TRY(check_ground(demo));
    return add_customers(demo, options->customers);
}

enum status demo_load(struct chore *chore, const struct demo_options *options)
{
    struct demo demo = {.chore = chore};
    if (options->customers < SHOWCASE_COUNT || options->customers > DEMO_CUSTOMERS_LIMIT)
        return chore_fail(chore, STATUS_INVALID, "the number of customers must be from %d to %d",
                          SHOWCASE_COUNT, DEMO_CUSTOMERS_LIMIT);
    demo.vault = vault_open(chore->arena, options->keys_path, &chore->problem);
    if (demo.vault == NULL)
        return STATUS_INVALID;
    struct arena *arena = arena_create();
    enum status status = lock(&demo, arena);
    if (status == STATUS_OK) {
        status = load(&demo, arena, options);
        unlock(&demo, arena);
    }
    arena_destroy(arena);
    TRY(status);
    return access_ensure(chore, options->access_path);
}

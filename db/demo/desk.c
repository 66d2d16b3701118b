/* desk: five teams, six queues and a dozen agents. */
#include "desk.h"

#include "db/batch.h"
#include "mariadb/database.h"

/* clang-format off */
static const char *const teams[DESK_TEAMS] = {
    [DESK_ACCOUNTS]           = "Accounts",
    [DESK_FIRST_LINE]         = "First line",
    [DESK_LOGISTICS]          = "Orders and logistics",
    [DESK_NETWORK_OPERATIONS] = "Network operations",
    [DESK_RELATIONS]          = "Customer relations",
};

const struct desk_place desk_queues[DESK_QUEUES] = {
    [DESK_BILLING]    = {"Bills and payments",  DESK_ACCOUNTS},
    [DESK_FAULTS]     = {"Faults",              DESK_FIRST_LINE},
    [DESK_ORDERS]     = {"Orders and delivery", DESK_LOGISTICS},
    [DESK_SIM]        = {"SIM and numbers",     DESK_FIRST_LINE},
    [DESK_COMPLAINTS] = {"Complaints",          DESK_RELATIONS},
    [DESK_NETWORK]    = {"Network",             DESK_NETWORK_OPERATIONS},
};

const char *const desk_agents[DESK_AGENTS] = {
    "Jana Köhler",  "Sven Lüders",   "Tom Becker",   "Aylin Demir",  "Marek Nowak",   "Julie Fontaine",
    "Kerstin Vogt", "Oliver Stamm",  "Nadia Haddad", "Piet de Boer", "Clara Winkler", "Declan Walsh",
};
/* clang-format on */

static enum status store_teams(struct database *database, struct arena *arena)
{
    static const struct batch_table table = {.name = "team", .columns = "id, name"};
    struct batch batch;
    batch_init(&batch, &table, arena);
    for (int i = 0; i < DESK_TEAMS; i++) {
        struct cell *row = batch_row(&batch);
        row[0] = cell_int(i + 1);
        row[1] = cell_text(str_of(teams[i]));
    }
    return batch_send(&batch, database, NULL);
}

/* Which queue takes tickets about what. */
static enum status store_policies(struct database *database, struct arena *arena)
{
    static const char *const types[] = {[DESK_BILLING] = "BILLING",
                                        [DESK_FAULTS] = "FAULT",
                                        [DESK_ORDERS] = "ORDER",
                                        [DESK_SIM] = "SIM",
                                        [DESK_COMPLAINTS] = "COMPLAINT"};
    for (int i = 0; i < (int)(sizeof(types) / sizeof(*types)); i++) {
        const struct cell parameters[] = {cell_int(i + 1), cell_text(str_of(types[i]))};
        TRY(database_run(database, arena,
                         STR("UPDATE ticket_policy SET queue_id = ? WHERE type = ?"), parameters, 2,
                         NULL));
    }
    return STATUS_OK;
}

enum status desk_store(struct database *database, struct arena *arena)
{
    static const struct batch_table table = {.name = "queue_definition",
                                             .columns = "id, team_id, name"};
    struct batch batch;
    TRY(store_teams(database, arena));
    batch_init(&batch, &table, arena);
    for (int i = 0; i < DESK_QUEUES; i++) {
        struct cell *row = batch_row(&batch);
        row[0] = cell_int(i + 1);
        row[1] = cell_int(desk_queues[i].team + 1);
        row[2] = cell_text(str_of(desk_queues[i].name));
    }
    TRY(batch_send(&batch, database, NULL));
    return store_policies(database, arena);
}

/* interaction_rows: what a generated time of being in touch is in our table. */
#include "interaction_rows.h"

#include "access.h"
#include "base/arena.h"
#include "cells.h"
#include "db/batch.h"
#include "desk.h"
#include "model.h"

struct interaction_rows {
    struct batch batch;
};

struct interaction_rows *interaction_rows_create(struct arena *arena)
{
    static const struct batch_table table = {
        .name = "party_interaction",
        .columns =
            "id, customer_id, started_at, channel, direction, reason, result, user_account_id,"
            " agent_name, note, trouble_ticket_id, product_order_id"};
    struct interaction_rows *rows = arena_new(arena, struct interaction_rows);
    batch_init(&rows->batch, &table, arena);
    return rows;
}

void interaction_rows_add(struct interaction_rows *rows, const struct demo_customer *customer)
{
    for (int i = 0; i < customer->interaction_count; i++) {
        const struct demo_interaction *made = &customer->interactions[i];
        const char *agent = made->agent == DEMO_NONE ? NULL : desk_agents[made->agent];
        struct cell cells[] = {
            id_of(customer, i),
            cell_int(customer->ordinal),
            moment_or_null(made->started_at),
            word(made->channel),
            word(made->direction),
            word(made->reason),
            word(made->result),
            access_user(agent),
            word(agent),
            made->note.at == NULL ? word("") : cell_text(made->note),
            id_of(customer, made->ticket),
            id_of(customer, made->order),
        };
        memcpy(batch_row(&rows->batch), cells, sizeof(cells));
    }
}

enum status interaction_rows_send(struct interaction_rows *rows, struct database *database)
{
    return batch_send(&rows->batch, database, NULL);
}

/* message_rows: generated messages on their way into their table. */
#include "message_rows.h"

#include "base/arena.h"
#include "cells.h"
#include "db/batch.h"

struct message_rows {
    struct batch batch;
};

struct message_rows *message_rows_create(struct arena *arena)
{
    static const struct batch_table table = {
        .name = "communication_message",
        .columns = "id, customer_id, kind, channel, direction, message_template_id, state, sent_at,"
                   " subject, recipient, inputs"};
    struct message_rows *rows = arena_new(arena, struct message_rows);
    batch_init(&rows->batch, &table, arena);
    return rows;
}

void message_rows_add(struct message_rows *rows, const struct demo_customer *customer)
{
    for (int i = 0; i < customer->message_count; i++) {
        const struct demo_message *message = &customer->messages[i];
        struct cell cells[] = {
            id_of(customer, i),          cell_int(customer->ordinal),
            word(message->kind),         word(message->channel),
            word(message->direction),    cell_int(message->template),
            word(message->state),        moment_or_null(message->sent_at),
            cell_text(message->subject), cell_text(message->recipient),
            cell_text(message->inputs),
        };
        memcpy(batch_row(&rows->batch), cells, sizeof(cells));
    }
}

enum status message_rows_send(struct message_rows *rows, struct database *database)
{
    return batch_send(&rows->batch, database, NULL);
}

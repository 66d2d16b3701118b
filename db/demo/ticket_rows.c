/* ticket_rows: what a generated ticket is in our tables. */
#include "ticket_rows.h"

#include "access.h"
#include "base/arena.h"
#include "cells.h"
#include "db/batch.h"
#include "db/dates.h"
#include "db/number.h"
#include "desk.h"

enum { TICKET, ARTICLE, CLOCK, TABLES };

/* clang-format off */
static const struct batch_table tables[TABLES] = {
    [TICKET]  = {.name = "trouble_ticket",
                 .columns = "id, customer_id, number, type, severity, priority, status, sub_status, is_open, subject,"
                            " queue_id, team_id, assignee_id, assignee_name, opened_at, updated_at, resolved_at, first_viewed_at,"
                            " last_customer_at, last_agent_at, customer_viewed_at, next_due_at, escalated,"
                            " reopened_count, product_id, product_order_id"},
    [ARTICLE] = {.name = "ticket_article",
                 .columns = "id, customer_id, ticket_id, kind, author_kind, author_name, written_at, subject, text"},
    [CLOCK]   = {.name = "ticket_clock",
                 .columns = "id, customer_id, ticket_id, kind, started_at, due_at, stopped_at, breached"},
};
/* clang-format on */

struct ticket_rows {
    struct arena *arena;
    struct batch batches[TABLES];
};

struct ticket_rows *ticket_rows_create(struct arena *arena)
{
    struct ticket_rows *rows = arena_new(arena, struct ticket_rows);
    rows->arena = arena;
    for (int i = 0; i < TABLES; i++)
        batch_init(&rows->batches[i], &tables[i], arena);
    return rows;
}

struct str ticket_rows_number(struct arena *arena, const struct demo_customer *customer,
                              int position)
{
    return number_text(
        arena, number_generated(NUMBER_TICKET, customer->ordinal * DEMO_TICKETS + position));
}

static void add_row(struct ticket_rows *rows, int table, const struct cell *cells, uint32_t width)
{
    assert(rows->batches[table].width == width);
    memcpy(batch_row(&rows->batches[table]), cells, width * sizeof(*cells));
}

/* The first moment that is still to be kept; 0: none is. */
static int64_t next_due(const struct demo_ticket *ticket)
{
    int64_t next = 0;
    for (int i = 0; i < DEMO_CLOCKS; i++) {
        const struct demo_clock *clock = &ticket->clocks[i];
        if (clock->kind != NULL && clock->stopped_at == 0 && (next == 0 || clock->due_at < next))
            next = clock->due_at;
    }
    return next;
}

static void add_ticket(struct ticket_rows *rows, const struct demo_customer *customer, int position)
{
    const struct demo_ticket *ticket = &customer->tickets[position];
    const struct cell cells[] = {
        id_of(customer, position),
        cell_int(customer->ordinal),
        cell_text(ticket_rows_number(rows->arena, customer, position)),
        word(ticket->type),
        word(ticket->severity),
        word(ticket->priority),
        word(ticket->status),
        word(ticket->sub_status),
        cell_int(model_ticket_is_open(ticket)),
        cell_text(ticket->subject),
        cell_int(ticket->queue + 1),
        cell_int(desk_queues[ticket->queue].team + 1),
        access_user(ticket->assignee),
        word(ticket->assignee),
        moment_or_null(ticket->opened_at),
        moment_or_null(ticket->updated_at),
        moment_or_null(ticket->resolved_at),
        moment_or_null(ticket->first_viewed_at),
        moment_or_null(ticket->last_customer_at),
        moment_or_null(ticket->last_agent_at),
        moment_or_null(ticket->customer_viewed_at),
        moment_or_null(next_due(ticket)),
        cell_int(ticket->escalated),
        cell_int(ticket->reopened),
        id_of(customer, ticket->product),
        id_of(customer, ticket->order),
    };
    add_row(rows, TICKET, cells, sizeof(cells) / sizeof(cells[0]));
}

static void add_article(struct ticket_rows *rows, const struct demo_customer *customer,
                        int position)
{
    const struct demo_article *article = &customer->articles[position];
    const struct cell cells[] = {
        id_of(customer, position),
        cell_int(customer->ordinal),
        id_of(customer, article->ticket),
        word(article->note ? "NOTE" : "MESSAGE"),
        word(article->written),
        cell_text(article->author),
        moment_or_null(article->written_at),
        cell_text(customer->tickets[article->ticket].subject),
        cell_text(article->text),
    };
    add_row(rows, ARTICLE, cells, sizeof(cells) / sizeof(cells[0]));
}

/* One that runs is breached once its moment is over. */
static void add_clock(struct ticket_rows *rows, const struct demo_customer *customer, int ticket,
                      int which, int64_t now)
{
    const struct demo_clock *clock = &customer->tickets[ticket].clocks[which];
    int64_t until = clock->stopped_at == 0 ? now : clock->stopped_at;
    const struct cell cells[] = {
        id_of(customer, ticket * DEMO_CLOCKS + which),
        cell_int(customer->ordinal),
        id_of(customer, ticket),
        word(clock->kind),
        moment_or_null(clock->started_at),
        moment_or_null(clock->due_at),
        moment_or_null(clock->stopped_at),
        cell_int(until > clock->due_at),
    };
    add_row(rows, CLOCK, cells, sizeof(cells) / sizeof(cells[0]));
}

void ticket_rows_add(struct ticket_rows *rows, const struct demo_customer *customer)
{
    int64_t now = dates_midnight(customer->world->day);
    for (int i = 0; i < customer->ticket_count; i++) {
        add_ticket(rows, customer, i);
        for (int j = 0; j < DEMO_CLOCKS; j++) {
            if (customer->tickets[i].clocks[j].kind != NULL)
                add_clock(rows, customer, i, j, now);
        }
    }
    for (int i = 0; i < customer->article_count; i++)
        add_article(rows, customer, i);
}

enum status ticket_rows_send(struct ticket_rows *rows, struct database *database)
{
    for (int i = 0; i < TABLES; i++)
        TRY(batch_send(&rows->batches[i], database, NULL));
    return STATUS_OK;
}

/* usage_rows: periods before what belongs to them. */
#include "usage_rows.h"

#include "base/arena.h"
#include "cells.h"
#include "db/batch.h"
#include "mariadb/database.h"
#include "usage.h"

enum usage_table { PERIOD, TOTAL, DAY, DAILY, BUCKET, EVENT, TABLES };

/* clang-format off */
static const struct batch_table tables[TABLES] = {
    [PERIOD] = {.name = "usage_period",
                .columns = "id, customer_id, start_date, end_date, state, event_count, amount_minor, currency,"
                           " collected_at"},
    [TOTAL]  = {.name = "usage_total",
                .columns = "customer_id, usage_period_id, type, event_count, quantity, unit, amount_minor, currency"},
    [DAY]    = {.name = "usage_day",
                .columns = "customer_id, usage_period_id, day, event_count, voice_seconds, message_count, data_bytes,"
                           " amount_minor, currency"},
    [DAILY]  = {.name = "usage_daily",
                .columns = "customer_id, product_id, day, type, event_count, quantity, unit, amount_minor, currency"},
    [BUCKET] = {.name = "usage_bucket",
                .columns = "id, customer_id, usage_period_id, product_id, type, unit, total_quantity, used_quantity,"
                           " remaining_quantity, start_date, end_date, status"},
    [EVENT]  = {.name = "usage_event",
                .columns = "id, customer_id, usage_period_id, product_id, type, direction, other_party_masked,"
                           " started_at, recorded_at, quantity, unit, amount_minor, currency, status"},
};
/* clang-format on */

struct usage_rows {
    struct batch batches[TABLES];
};

static struct cell date(int64_t day)
{
    return (struct cell){.kind = CELL_DATE, .integer = day};
}

static struct cell *row_of(struct usage_rows *rows, enum usage_table table, uint32_t width)
{
    assert(rows->batches[table].width == width);
    return batch_row(&rows->batches[table]);
}

#define USAGE_ROW(rows, table, cells) \
    memcpy(row_of((rows), (table), sizeof(cells) / sizeof((cells)[0])), (cells), sizeof(cells))

static void add_period(struct usage_rows *rows, const struct demo_customer *customer,
                       uint32_t position)
{
    const struct usage_period *period = &customer->usage->periods[position];
    struct cell cells[] = {
        id_of(customer, (int)position),
        cell_int(customer->ordinal),
        date(period->first_day),
        date(period->last_day),
        word(period->open ? "OPEN" : "BILLED"),
        cell_int(period->total.events),
        cell_int(period->total.amount_minor),
        word("EUR"),
        moment_or_null(period->collected_at),
    };
    USAGE_ROW(rows, PERIOD, cells);
    for (int type = 0; type < USAGE_TYPES; type++) {
        const struct usage_sum *sum = &period->by_type[type];
        struct cell totals[] = {
            cell_int(customer->ordinal),  id_of(customer, (int)position),
            word(usage_type_names[type]), cell_int(sum->events),
            cell_int(sum->quantity),      word(usage_units[type]),
            cell_int(sum->amount_minor),  word("EUR"),
        };
        if (sum->events > 0)
            USAGE_ROW(rows, TOTAL, totals);
    }
}

static void add_days(struct usage_rows *rows, const struct demo_customer *customer,
                     uint32_t position)
{
    const struct usage_period *period = &customer->usage->periods[position];
    for (int day = 0; day < USAGE_DAYS; day++) {
        const struct usage_sum *sums = period->by_day[day];
        int64_t events = 0, amount_minor = 0;
        for (int type = 0; type < USAGE_TYPES; type++) {
            events += sums[type].events;
            amount_minor += sums[type].amount_minor;
        }
        struct cell cells[] = {
            cell_int(customer->ordinal),
            id_of(customer, (int)position),
            date(period->first_day + day),
            cell_int(events),
            cell_int(sums[USAGE_VOICE].quantity),
            cell_int(sums[USAGE_MESSAGE].quantity),
            cell_int(sums[USAGE_DATA].quantity),
            cell_int(amount_minor),
            word("EUR"),
        };
        if (events > 0)
            USAGE_ROW(rows, DAY, cells);
    }
}

static void add_dailies(struct usage_rows *rows, const struct demo_customer *customer)
{
    for (uint32_t i = 0; i < customer->usage->daily_count; i++) {
        const struct usage_daily *daily = &customer->usage->dailies[i];
        struct cell cells[] = {
            cell_int(customer->ordinal),
            id_of(customer, daily->product),
            date(daily->day),
            word(usage_type_names[daily->type]),
            cell_int(daily->sum.events),
            cell_int(daily->sum.quantity),
            word(usage_units[daily->type]),
            cell_int(daily->sum.amount_minor),
            word("EUR"),
        };
        USAGE_ROW(rows, DAILY, cells);
    }
}

static void add_buckets(struct usage_rows *rows, const struct demo_customer *customer)
{
    for (uint32_t i = 0; i < customer->usage->bucket_count; i++) {
        const struct usage_bucket *bucket = &customer->usage->buckets[i];
        const struct usage_period *period = &customer->usage->periods[bucket->period];
        struct cell cells[] = {
            id_of(customer, (int)i),
            cell_int(customer->ordinal),
            id_of(customer, bucket->period),
            id_of(customer, bucket->product),
            word(usage_type_names[bucket->type]),
            word(usage_units[bucket->type]),
            cell_int(bucket->total),
            cell_int(bucket->used),
            cell_int(bucket->total - bucket->used),
            date(period->first_day),
            date(period->last_day),
            word(bucket->status),
        };
        USAGE_ROW(rows, BUCKET, cells);
    }
}

static void add_events(struct usage_rows *rows, const struct demo_customer *customer)
{
    for (uint32_t i = 0; i < customer->usage->event_count; i++) {
        const struct usage_event *event = &customer->usage->events[i];
        struct cell cells[] = {
            cell_int(customer->ordinal * USAGE_IDS + i + 1),
            cell_int(customer->ordinal),
            id_of(customer, event->period),
            id_of(customer, event->product),
            word(usage_type_names[event->type]),
            word(event->direction),
            cell_text(event->other_party),
            moment_or_null(event->started_at),
            moment_or_null(event->recorded_at),
            cell_int(event->quantity),
            word(usage_units[event->type]),
            cell_int(event->amount_minor),
            word("EUR"),
            word(customer->usage->periods[event->period].open ? "RATED" : "BILLED"),
        };
        USAGE_ROW(rows, EVENT, cells);
    }
}

struct usage_rows *usage_rows_create(struct arena *arena)
{
    struct usage_rows *rows = arena_new(arena, struct usage_rows);
    for (int i = 0; i < TABLES; i++)
        batch_init(&rows->batches[i], &tables[i], arena);
    return rows;
}

void usage_rows_add(struct usage_rows *rows, const struct demo_customer *customer)
{
    for (uint32_t i = 0; i < customer->usage->period_count; i++) {
        add_period(rows, customer, i);
        add_days(rows, customer, i);
    }
    add_dailies(rows, customer);
    add_buckets(rows, customer);
    add_events(rows, customer);
}

enum status usage_rows_send(struct usage_rows *rows, struct database *database)
{
    for (int i = 0; i < TABLES; i++)
        TRY(batch_send(&rows->batches[i], database, NULL));
    return STATUS_OK;
}

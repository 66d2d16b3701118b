/* merge_usage: a customer has one period of usage for each month, so those of two are added up. */
#include "resolvers/merge.h"

/* The duplicate's period d and the survivor's s of the same days. */
#define BOTH_PERIODS      \
    "usage_period AS d\n" \
    "JOIN usage_period AS s ON s.start_date = d.start_date\n"
#define OF_BOTH "WHERE s.customer_id = ? AND d.customer_id = ?"

static const char *const statements[] = {
    "UPDATE customer AS s JOIN usage_period AS d\n"
    "JOIN usage_event AS e ON e.usage_period_id = d.id\n"
    "SET e.customer_id = s.id\n"
    "WHERE s.id = ? AND d.customer_id = ?",

    "UPDATE " BOTH_PERIODS "JOIN usage_event AS e ON e.usage_period_id = d.id\n"
    "SET e.usage_period_id = s.id\n" OF_BOTH,

    "INSERT INTO usage_total (customer_id, usage_period_id, type, event_count, quantity, unit,\n"
    "    amount_minor, currency)\n"
    "SELECT s.customer_id, s.id, t.type, t.event_count, t.quantity, t.unit, t.amount_minor,\n"
    "    t.currency\n"
    "FROM " BOTH_PERIODS "JOIN usage_total AS t ON t.usage_period_id = d.id\n" OF_BOTH "\n"
    "ON DUPLICATE KEY UPDATE event_count = usage_total.event_count + VALUES(event_count),\n"
    "    quantity = usage_total.quantity + VALUES(quantity),\n"
    "    amount_minor = usage_total.amount_minor + VALUES(amount_minor)",

    "DELETE t FROM " BOTH_PERIODS "JOIN usage_total AS t ON t.usage_period_id = d.id\n" OF_BOTH,

    "INSERT INTO usage_day (customer_id, usage_period_id, day, event_count, voice_seconds,\n"
    "    message_count, data_bytes, amount_minor, currency)\n"
    "SELECT s.customer_id, s.id, t.day, t.event_count, t.voice_seconds, t.message_count,\n"
    "    t.data_bytes, t.amount_minor, t.currency\n"
    "FROM " BOTH_PERIODS "JOIN usage_day AS t ON t.usage_period_id = d.id\n" OF_BOTH "\n"
    "ON DUPLICATE KEY UPDATE event_count = usage_day.event_count + VALUES(event_count),\n"
    "    voice_seconds = usage_day.voice_seconds + VALUES(voice_seconds),\n"
    "    message_count = usage_day.message_count + VALUES(message_count),\n"
    "    data_bytes = usage_day.data_bytes + VALUES(data_bytes),\n"
    "    amount_minor = usage_day.amount_minor + VALUES(amount_minor)",

    "DELETE t FROM " BOTH_PERIODS "JOIN usage_day AS t ON t.usage_period_id = d.id\n" OF_BOTH,

    /* The products of the buckets move only later. */
    "SET STATEMENT foreign_key_checks = 0 FOR UPDATE " BOTH_PERIODS
    "JOIN usage_bucket AS b ON b.usage_period_id = d.id\n"
    "SET b.usage_period_id = s.id\n" OF_BOTH,

    "UPDATE " BOTH_PERIODS "SET s.event_count = s.event_count + d.event_count,\n"
    "    s.amount_minor = s.amount_minor + d.amount_minor,\n"
    "    s.collected_at = LEAST(s.collected_at, d.collected_at)\n" OF_BOTH,

    "DELETE d FROM " BOTH_PERIODS OF_BOTH,
};

enum status merge_usage(struct merge *merge)
{
    struct rows rows;
    TRY(merge_run(merge,
                  "SELECT COUNT(*) FROM " BOTH_PERIODS OF_BOTH "\n"
                  "    AND (s.end_date <> d.end_date OR s.state <> d.state\n"
                  "        OR s.currency <> d.currency)",
                  &rows));
    if (rows.cells[0].integer > 0) {
        act_error(merge->act, "NOT_ALLOWED", "duplicateId",
                  "Usage of the same month is billed for one of them and open for the other; "
                  "merge them once both are billed.");
        return STATUS_OK;
    }
    for (size_t i = 0; i < sizeof(statements) / sizeof(*statements); i++)
        TRY(merge_run(merge, statements[i], NULL));
    return STATUS_OK;
}

/* Invariants hold for the demonstration, and every one of them notices when it is broken. */
#include "unit/test.h"

#include "db/demo/demo.h"
#include "db/invariants.h"
#include "mariadb/calendar.h"
#include "unit/db/migrated.h"
#include <sodium.h>

/* What breaks the invariant of the same place. */
static const char *const breaks[] = {
    "UPDATE billing_account SET balance_minor = balance_minor + 1 WHERE id = 4001",
    "UPDATE ledger_entry SET seq = seq + 1 WHERE billing_account_id = 4001 ORDER BY seq DESC LIMIT "
    "1",
    "UPDATE applied_billing_rate SET tax_minor = tax_minor + 1 WHERE customer_bill_id = 4003 LIMIT "
    "1",
    "UPDATE ledger_entry SET customer_bill_id = 4002 WHERE customer_bill_id = 4003 AND kind = "
    "'PAYMENT'",
    "UPDATE customer_bill SET billing_account_id = 20000000001 WHERE id = 4003",
    "UPDATE billing_account SET due_minor = due_minor + 1 WHERE id = 4001",
    "UPDATE customer SET open_order_count = open_order_count + 1 WHERE id = 4",
    "UPDATE customer SET active_product_count = active_product_count + 1 WHERE id = 4",
    "UPDATE customer SET fibre_count = fibre_count + 1 WHERE id = 4",
    "UPDATE customer SET open_ticket_count = open_ticket_count + 1 WHERE id = 4",
    "UPDATE usage_period SET event_count = event_count + 1 WHERE id = 2013",
    "UPDATE usage_total SET quantity = quantity + 1 WHERE usage_period_id = 2013 AND type = 'DATA'",
    "DELETE FROM usage_day WHERE usage_period_id = 2013 LIMIT 1",
    "UPDATE usage_daily SET amount_minor = amount_minor + 1 WHERE customer_id = 2 LIMIT 1",
    "UPDATE usage_event SET product_id = 1001 WHERE usage_period_id = 2013 LIMIT 1",
    "UPDATE usage_period SET state = 'BILLED', amount_minor = amount_minor + 1 WHERE id = 2012",
    "UPDATE trouble_ticket SET next_due_at = NULL WHERE id = 4002",
    "UPDATE trouble_ticket SET last_agent_at = opened_at WHERE id = 4001",
    "UPDATE sim_card SET msisdn = '+4915799999' WHERE customer_id = 4",
    "DELETE FROM sim_secret WHERE customer_id = 4 AND kind = 'PUK1'",
    "UPDATE sim_card SET status = 'BLOCKED', in_use = FALSE, ended_on = activated_on WHERE "
    "customer_id = 4",
    "UPDATE customer SET identity_valid_until = NULL WHERE id = 4",
    "UPDATE customer SET parent_id = 3 - id, unit_kind = 'BRANCH' WHERE id IN (1, 2)",
    "UPDATE customer_characteristic SET value = 'LC1' WHERE value LIKE 'LC%' LIMIT 1",
    "INSERT INTO free_number (number, free_from) SELECT service_identifier, CURRENT_DATE FROM "
    "product "
    "WHERE customer_id = 4 AND service_identifier LIKE '+%' LIMIT 1",
    "UPDATE product SET service_identifier = '+49123456' WHERE status = 'ACTIVE' AND "
    "service_identifier LIKE '+%' AND parent_id IS NULL LIMIT 20",
    "INSERT INTO line_bar (customer_id, product_id, kind, barred_at, reason) SELECT customer_id, "
    "id, 'DATA', NOW(6), '' FROM product WHERE status = 'TERMINATED' LIMIT 1",
    "UPDATE free_number SET free_from = CURRENT_DATE + INTERVAL 181 DAY LIMIT 1",
    "UPDATE product_stock SET available = available - 1 WHERE available > 0 LIMIT 1",
    "INSERT INTO number_port (customer_id, product_id, direction, number, other_operator, status, "
    "is_open, wanted_on, requested_at, changed_at) SELECT customer_id, id, 'OUT', '+4912345', 'x', "
    "'REQUESTED', TRUE, CURRENT_DATE, NOW(6), NOW(6) FROM product WHERE customer_id = 4 AND "
    "service_identifier LIKE '+%' UNION ALL SELECT 4, 4001, 'IN', '+4912345', 'x', 'REQUESTED', "
    "TRUE, CURRENT_DATE, NOW(6), NOW(6)",
    "DELETE FROM spare_sim_secret LIMIT 1",
    "UPDATE billing_account SET credit_limit_minor = 1000001 WHERE id = 4001",
    "UPDATE customer SET merged_into_id = 5, status = 'CLOSED' WHERE id = 4",
};

static struct migrated *migrated;

static struct str check(void)
{
    struct str broken;
    if (invariants_check(migrated->database, migrated->arena, NULL, &broken) != STATUS_OK)
        migrated_give_up(database_problem(migrated->database));
    return broken;
}

static void test_break(int which)
{
    migrated_run(migrated, "START TRANSACTION");
    migrated_run(migrated, breaks[which]);
    struct str broken = check();
    migrated_run(migrated, "ROLLBACK");
    if (!TEST(str_printf(migrated->arena, "noticed: not so that %s", invariants[which].says).at,
              strstr(str_copy(migrated->arena, broken).at, invariants[which].says) != NULL))
        printf("# " STR_FMT "\n", STR_ARG(broken));
}

int main(void)
{
    if (sodium_init() < 0)
        return 1;
    migrated = migrated_start();
    const struct demo_options options = {
        .customers = 200,
        .seed = 3,
        .day = calendar_days(2026, 11, 25),
        .access_path = str_printf(migrated->arena, "%s/demo-access.json", scratch_folder).at,
        .keys_path = str_printf(migrated->arena, "%s/keys", scratch_folder).at};
    TEST("S1-42 the demonstration is loaded", demo_load(&migrated->chore, &options) == STATUS_OK);
    migrated_run(migrated, "INSERT INTO billing_account"
                           " (id, customer_id, number, rating_type, payment_status, currency)"
                           " VALUES (20000000001, 4, '1', 'POSTPAID', 'PAID', 'EUR')");
    TEST_TEXT("and every invariant holds", check(), STR(""));
    for (size_t i = 0; i < sizeof(breaks) / sizeof(breaks[0]); i++)
        test_break((int)i);
    TEST("each invariant is broken once here",
         invariants[sizeof(breaks) / sizeof(breaks[0])].says == NULL);
    TEST_TEXT("afterwards they hold again", check(), STR(""));
    migrated_stop(migrated);
    return test_end();
}

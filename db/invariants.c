/* invariants: balances, bills, usage and counters agree with the rows they sum up. */
#include "invariants.h"

#include "base/arena.h"
#include "mariadb/database.h"

/* clang-format off */
const struct invariant invariants[] = {
    {"the balance of an account is that after its last entry",
     "SELECT COUNT(*)\n"
     "FROM billing_account AS account\n"
     "WHERE balance_minor <> COALESCE((\n"
     "  SELECT balance_after_minor FROM ledger_entry\n"
     "  WHERE customer_id = account.customer_id AND billing_account_id = account.id\n"
     "  ORDER BY seq DESC LIMIT 1), 0)"},
    {"the entries of an account are numbered from 1 and each balance is the one before plus the amount",
     "SELECT COUNT(*)\n"
     "FROM ledger_entry AS entry\n"
     "LEFT JOIN ledger_entry AS previous ON previous.customer_id = entry.customer_id\n"
     "  AND previous.billing_account_id = entry.billing_account_id AND previous.seq = entry.seq - 1\n"
     "WHERE entry.balance_after_minor <> COALESCE(previous.balance_after_minor, 0) + entry.amount_minor\n"
     "OR (previous.seq IS NULL) <> (entry.seq = 1)"},
    {"a bill is the sum of its lines, and so are the taxes in it",
     "SELECT COUNT(*)\n"
     "FROM customer_bill AS bill\n"
     "WHERE (amount_minor, tax_minor) <> (\n"
     "  SELECT COALESCE(SUM(line.amount_minor), 0), COALESCE(SUM(line.tax_minor), 0)\n"
     "  FROM applied_billing_rate AS line\n"
     "  WHERE line.customer_id = bill.customer_id AND line.customer_bill_id = bill.id)"},
    {"a bill is charged once, and what remains of it is what was not paid or given back",
     "SELECT COUNT(*)\n"
     "FROM customer_bill AS bill\n"
     "WHERE (amount_minor, remaining_minor) <> (\n"
     "  SELECT COALESCE(SUM(IF(kind = 'CHARGE', entry.amount_minor, 0)), 0),\n"
     "    COALESCE(SUM(IF(kind = 'FEE', 0, entry.amount_minor)), 0)\n"
     "  FROM ledger_entry AS entry\n"
     "  WHERE entry.customer_id = bill.customer_id AND entry.customer_bill_id = bill.id)"},
    {"entries about a bill are on the bill's account",
     "SELECT COUNT(*)\n"
     "FROM ledger_entry AS entry\n"
     "JOIN customer_bill AS bill ON bill.customer_id = entry.customer_id AND bill.id = entry.customer_bill_id\n"
     "WHERE bill.billing_account_id <> entry.billing_account_id"},
    {"what an account has due is what remains of its bills",
     "SELECT COUNT(*)\n"
     "FROM billing_account AS account\n"
     "WHERE due_minor <> (\n"
     "  SELECT COALESCE(SUM(remaining_minor), 0) FROM customer_bill\n"
     "  WHERE customer_id = account.customer_id AND billing_account_id = account.id)"},
    {"open orders are counted",
     "SELECT COUNT(*)\n"
     "FROM customer\n"
     "WHERE open_order_count <> (\n"
     "  SELECT COUNT(*) FROM product_order WHERE customer_id = customer.id AND completed_at IS NULL)"},
    {"active products are counted",
     "SELECT COUNT(*)\n"
     "FROM customer\n"
     "WHERE active_product_count <> (\n"
     "  SELECT COUNT(*) FROM product WHERE customer_id = customer.id AND status = 'ACTIVE')"},
    {"products held are counted by their kind",
     "SELECT COUNT(*)\n"
     "FROM customer\n"
     "LEFT JOIN (\n"
     "  SELECT product.customer_id, SUM(category = 'MOBILE') AS mobile, SUM(category = 'VOICE') AS voice,\n"
     "    SUM(category = 'BROADBAND') AS broadband, SUM(category = 'FIBRE') AS fibre,\n"
     "    SUM(category = 'TV') AS tv, SUM(category = 'CONTENT') AS content\n"
     "  FROM product JOIN product_offering AS offering ON offering.id = product.offering_id\n"
     "  WHERE product.status IN ('ACTIVE', 'SUSPENDED', 'PENDING_TERMINATE')\n"
     "  GROUP BY product.customer_id) AS held ON held.customer_id = customer.id\n"
     "WHERE (mobile_count, voice_count, broadband_count, fibre_count, tv_count, content_count) <> (\n"
     "  COALESCE(mobile, 0), COALESCE(voice, 0), COALESCE(broadband, 0), COALESCE(fibre, 0), COALESCE(tv, 0),\n"
     "  COALESCE(content, 0))"},
    {"open tickets are counted",
     "SELECT COUNT(*)\n"
     "FROM customer\n"
     "WHERE open_ticket_count <> (\n"
     "  SELECT COUNT(*) FROM trouble_ticket WHERE customer_id = customer.id AND is_open)"},
    {"what a period of usage has and costs is what its events are and cost",
     "SELECT COUNT(*)\n"
     "FROM usage_period AS period\n"
     "WHERE (event_count, amount_minor) <> (\n"
     "  SELECT COUNT(*), COALESCE(SUM(amount_minor), 0) FROM usage_event\n"
     "  WHERE usage_period_id = period.id)"},
    {"the totals of a period are the sums of its events by type",
     "SELECT COUNT(*) FROM (\n"
     "  SELECT 1 FROM (\n"
     "    SELECT usage_period_id, type, event_count, quantity, amount_minor FROM usage_total\n"
     "    UNION ALL\n"
     "    SELECT usage_period_id, type, -COUNT(*), -SUM(quantity), -SUM(amount_minor) FROM usage_event\n"
     "    GROUP BY usage_period_id, type) AS either\n"
     "  GROUP BY usage_period_id, type\n"
     "  HAVING SUM(event_count) <> 0 OR SUM(quantity) <> 0 OR SUM(amount_minor) <> 0) AS different"},
    {"the days of a period are the sums of its events by day",
     "SELECT COUNT(*) FROM (\n"
     "  SELECT 1 FROM (\n"
     "    SELECT usage_period_id, day, event_count, voice_seconds, message_count, data_bytes, amount_minor\n"
     "    FROM usage_day\n"
     "    UNION ALL\n"
     "    SELECT usage_period_id, DATE(started_at), -COUNT(*), -SUM(IF(type = 'VOICE', quantity, 0)),\n"
     "      -SUM(IF(type = 'MESSAGE', quantity, 0)), -SUM(IF(type = 'DATA', quantity, 0)), -SUM(amount_minor)\n"
     "    FROM usage_event\n"
     "    GROUP BY usage_period_id, DATE(started_at)) AS either\n"
     "  GROUP BY usage_period_id, day\n"
     "  HAVING SUM(event_count) <> 0 OR SUM(voice_seconds) <> 0 OR SUM(message_count) <> 0\n"
     "    OR SUM(data_bytes) <> 0 OR SUM(amount_minor) <> 0) AS different"},
    {"the usage of a product by day and type is the sum of its events",
     "SELECT COUNT(*) FROM (\n"
     "  SELECT 1 FROM (\n"
     "    SELECT product_id, day, type, event_count, quantity, amount_minor FROM usage_daily\n"
     "    UNION ALL\n"
     "    SELECT product_id, DATE(started_at), type, -COUNT(*), -SUM(quantity), -SUM(amount_minor) FROM usage_event\n"
     "    GROUP BY product_id, DATE(started_at), type) AS either\n"
     "  GROUP BY product_id, day, type\n"
     "  HAVING SUM(event_count) <> 0 OR SUM(quantity) <> 0 OR SUM(amount_minor) <> 0) AS different"},
    {"a usage event is of a period and a product of its own customer, and of a day of both",
     "SELECT COUNT(*)\n"
     "FROM usage_event AS event\n"
     "WHERE NOT EXISTS (\n"
     "  SELECT 1 FROM usage_period AS period JOIN product\n"
     "  WHERE period.id = event.usage_period_id AND product.id = event.product_id\n"
     "  AND period.customer_id = event.customer_id AND product.customer_id = event.customer_id\n"
     "  AND DATE(started_at) BETWEEN GREATEST(period.start_date, product.start_date) AND period.end_date)"},
    {"what the usage of a billed period costs is on its bill or was taken from credit",
     "SELECT COUNT(*)\n"
     "FROM usage_period AS period\n"
     "WHERE state = 'BILLED' AND amount_minor <> (\n"
     "  SELECT COALESCE(SUM(line.amount_minor), 0)\n"
     "  FROM customer_bill AS bill\n"
     "  JOIN applied_billing_rate AS line ON line.customer_id = bill.customer_id AND line.customer_bill_id = bill.id\n"
     "  WHERE bill.customer_id = period.customer_id AND bill.period_from = period.start_date AND line.kind = 'USAGE')\n"
     "  + (\n"
     "  SELECT COALESCE(SUM(amount_minor), 0) FROM ledger_entry\n"
     "  WHERE customer_id = period.customer_id AND kind = 'USAGE'\n"
     "  AND DATE(effective_at) BETWEEN period.start_date AND period.end_date)"},
    {"the next due moment of a ticket is the first of its clocks that run",
     "SELECT COUNT(*)\n"
     "FROM trouble_ticket AS ticket\n"
     "WHERE NOT next_due_at <=> (\n"
     "  SELECT MIN(due_at) FROM ticket_clock WHERE ticket_id = ticket.id AND stopped_at IS NULL)"},
    {"a ticket says when its customer last wrote, and was last written to",
     "SELECT COUNT(*)\n"
     "FROM trouble_ticket AS ticket\n"
     "WHERE NOT last_customer_at <=> (\n"
     "  SELECT MAX(written_at) FROM ticket_article WHERE ticket_id = ticket.id AND author_kind = 'CUSTOMER')\n"
     "OR NOT last_agent_at <=> (\n"
     "  SELECT MAX(written_at) FROM ticket_article\n"
     "  WHERE ticket_id = ticket.id AND author_kind <> 'CUSTOMER' AND kind = 'MESSAGE')"},
    {"a SIM card in use has the telephone number of its line",
     "SELECT COUNT(*)\n"
     "FROM sim_card AS card\n"
     "JOIN product AS line ON line.customer_id = card.customer_id AND line.id = card.product_id\n"
     "WHERE card.in_use AND NOT card.msisdn <=> line.service_identifier"},
    {"a SIM card has both of its codes, sealed",
     "SELECT COUNT(*)\n"
     "FROM sim_card AS card\n"
     "WHERE 2 <> (SELECT COUNT(*) FROM sim_secret WHERE customer_id = card.customer_id AND sim_card_id = card.id)"},
    {"a mobile line that works and ever had a SIM card has one in use",
     "SELECT COUNT(*)\n"
     "FROM product AS line\n"
     "WHERE status IN ('ACTIVE', 'SUSPENDED')\n"
     "AND EXISTS (SELECT 1 FROM sim_card WHERE product_id = line.id)\n"
     "AND NOT EXISTS (SELECT 1 FROM sim_card WHERE product_id = line.id AND in_use)"},
    {"who a customer is was proved as the identifications say that somebody looked at",
     "SELECT COUNT(*)\n"
     "FROM customer\n"
     "LEFT JOIN (\n"
     "  SELECT customer_id, IF(SUM(valid_until IS NULL) > 0, NULL, MAX(valid_until)) AS last_day\n"
     "  FROM identification WHERE verified_at IS NOT NULL\n"
     "  GROUP BY customer_id) AS proof ON proof.customer_id = customer.id\n"
     "WHERE identity_verified <> (proof.customer_id IS NOT NULL) OR NOT identity_valid_until <=> last_day"},
    {"no customer is a part of others at more than five levels, nor of itself",
     "SELECT COUNT(*)\n"
     "FROM customer AS part\n"
     "JOIN customer AS second ON second.id = part.parent_id\n"
     "JOIN customer AS third ON third.id = second.parent_id\n"
     "JOIN customer AS fourth ON fourth.id = third.parent_id\n"
     "JOIN customer AS fifth ON fifth.id = fourth.parent_id\n"
     "WHERE fifth.parent_id IS NOT NULL"},
    {"a characteristic is where its specification stands and as that says",
     "SELECT COUNT(*)\n"
     "FROM customer_characteristic AS known\n"
     "JOIN characteristic_specification AS specification ON specification.id = known.specification_id\n"
     "WHERE known.position <> specification.position\n"
     "OR (pattern IS NOT NULL AND value NOT RLIKE CONCAT('^(', pattern, ')$'))"},
    {0},
};
/* clang-format on */

enum status invariants_check(struct database *database, struct arena *arena,
                             void (*looking)(const struct invariant *invariant), struct str *broken)
{
    *broken = (struct str){0};
    for (const struct invariant *each = invariants; each->says != NULL; each++) {
        struct rows rows;
        if (looking != NULL)
            looking(each);
        TRY(database_run(database, arena, str_of(each->count_broken), NULL, 0, &rows));
        if (rows.cells[0].integer == 0)
            continue;
        *broken = str_printf(arena, STR_FMT "%sin %lld %s it is not so that %s", STR_ARG(*broken),
                             broken->len > 0 ? "; " : "", (long long)rows.cells[0].integer,
                             rows.cells[0].integer == 1 ? "place" : "places", each->says);
    }
    return STATUS_OK;
}

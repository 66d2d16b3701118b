/* invariants: balances, bills, usage and counters agree with the rows they sum up. */
#include "invariants.h"

#include <stddef.h>

/* clang-format off */
const struct invariant invariants[] = {
    {"the balance of an account is that after its last entry", OF_CUSTOMERS,
     "SELECT COUNT(*)\n"
     "FROM billing_account AS account\n"
     "WHERE customer_id BETWEEN ? AND ? AND balance_minor <> COALESCE((\n"
     "  SELECT balance_after_minor FROM ledger_entry\n"
     "  WHERE customer_id = account.customer_id AND billing_account_id = account.id\n"
     "  ORDER BY seq DESC LIMIT 1), 0)"},
    {"the entries of an account are numbered from 1 and each balance is the one before plus the amount", OF_CUSTOMERS,
     "SELECT COUNT(*)\n"
     "FROM ledger_entry AS entry\n"
     "LEFT JOIN ledger_entry AS previous ON previous.customer_id = entry.customer_id\n"
     "  AND previous.billing_account_id = entry.billing_account_id AND previous.seq = entry.seq - 1\n"
     "WHERE entry.customer_id BETWEEN ? AND ?\n"
     "AND (entry.balance_after_minor <> COALESCE(previous.balance_after_minor, 0) + entry.amount_minor\n"
     "  OR (previous.seq IS NULL) <> (entry.seq = 1))"},
    {"a bill is the sum of its lines, and so are the taxes in it", OF_CUSTOMERS,
     "SELECT COUNT(*)\n"
     "FROM customer_bill AS bill\n"
     "WHERE customer_id BETWEEN ? AND ? AND (amount_minor, tax_minor) <> (\n"
     "  SELECT COALESCE(SUM(line.amount_minor), 0), COALESCE(SUM(line.tax_minor), 0)\n"
     "  FROM applied_billing_rate AS line\n"
     "  WHERE line.customer_id = bill.customer_id AND line.customer_bill_id = bill.id)"},
    {"a bill is charged once, and what remains of it is what was not paid or given back", OF_CUSTOMERS,
     "SELECT COUNT(*)\n"
     "FROM customer_bill AS bill\n"
     "WHERE customer_id BETWEEN ? AND ? AND (amount_minor, remaining_minor) <> (\n"
     "  SELECT COALESCE(SUM(IF(kind = 'CHARGE', entry.amount_minor, 0)), 0),\n"
     "    COALESCE(SUM(IF(kind = 'FEE', 0, entry.amount_minor)), 0)\n"
     "  FROM ledger_entry AS entry\n"
     "  WHERE entry.customer_id = bill.customer_id AND entry.customer_bill_id = bill.id)"},
    {"entries about a bill are on the bill's account", OF_CUSTOMERS,
     "SELECT COUNT(*)\n"
     "FROM ledger_entry AS entry\n"
     "JOIN customer_bill AS bill ON bill.customer_id = entry.customer_id AND bill.id = entry.customer_bill_id\n"
     "WHERE entry.customer_id BETWEEN ? AND ? AND bill.billing_account_id <> entry.billing_account_id"},
    {"what an account has due is what remains of its bills", OF_CUSTOMERS,
     "SELECT COUNT(*)\n"
     "FROM billing_account AS account\n"
     "WHERE customer_id BETWEEN ? AND ? AND due_minor <> (\n"
     "  SELECT COALESCE(SUM(remaining_minor), 0) FROM customer_bill\n"
     "  WHERE customer_id = account.customer_id AND billing_account_id = account.id)"},
    {"open orders are counted", OF_CUSTOMERS,
     "SELECT COUNT(*)\n"
     "FROM customer\n"
     "WHERE id BETWEEN ? AND ? AND open_order_count <> (\n"
     "  SELECT COUNT(*) FROM product_order WHERE customer_id = customer.id AND completed_at IS NULL)"},
    {"active products are counted", OF_CUSTOMERS,
     "SELECT COUNT(*)\n"
     "FROM customer\n"
     "WHERE id BETWEEN ? AND ? AND active_product_count <> (\n"
     "  SELECT COUNT(*) FROM product WHERE customer_id = customer.id AND status = 'ACTIVE')"},
    {"products held are counted by their kind", OF_CUSTOMERS,
     "SELECT COUNT(*)\n"
     "FROM customer\n"
     "LEFT JOIN (\n"
     "  SELECT product.customer_id, SUM(category = 'MOBILE') AS mobile, SUM(category = 'VOICE') AS voice,\n"
     "    SUM(category = 'BROADBAND') AS broadband, SUM(category = 'FIBRE') AS fibre,\n"
     "    SUM(category = 'TV') AS tv, SUM(category = 'CONTENT') AS content\n"
     "  FROM product STRAIGHT_JOIN product_offering AS offering ON offering.id = product.offering_id\n"
     "  WHERE product.customer_id BETWEEN ? AND ? AND product.status IN ('ACTIVE', 'SUSPENDED', 'PENDING_TERMINATE')\n"
     "  GROUP BY product.customer_id) AS held ON held.customer_id = customer.id\n"
     "WHERE id BETWEEN ? AND ?\n"
     "AND (mobile_count, voice_count, broadband_count, fibre_count, tv_count, content_count) <> (\n"
     "  COALESCE(mobile, 0), COALESCE(voice, 0), COALESCE(broadband, 0), COALESCE(fibre, 0), COALESCE(tv, 0),\n"
     "  COALESCE(content, 0))"},
    {"open tickets are counted", OF_CUSTOMERS,
     "SELECT COUNT(*)\n"
     "FROM customer\n"
     "WHERE id BETWEEN ? AND ? AND open_ticket_count <> (\n"
     "  SELECT COUNT(*) FROM trouble_ticket WHERE customer_id = customer.id AND is_open)"},
    {"what a period of usage has and costs is what its events are and cost", OF_PERIODS,
     "SELECT COUNT(*) FROM (\n"
     "  SELECT 1 FROM (\n"
     "    SELECT id AS usage_period_id, event_count, amount_minor FROM usage_period WHERE id BETWEEN ? AND ?\n"
     "    UNION ALL\n"
     "    SELECT usage_period_id, -COUNT(*), -SUM(amount_minor) FROM usage_event\n"
     "    WHERE usage_period_id BETWEEN ? AND ?\n"
     "    GROUP BY usage_period_id) AS either\n"
     "  GROUP BY usage_period_id\n"
     "  HAVING SUM(event_count) <> 0 OR SUM(amount_minor) <> 0) AS different"},
    {"the totals of a period are the sums of its events by type", OF_PERIODS,
     "SELECT COUNT(*) FROM (\n"
     "  SELECT 1 FROM (\n"
     "    SELECT usage_period_id, type, event_count, quantity, amount_minor FROM usage_total\n"
     "    WHERE usage_period_id BETWEEN ? AND ?\n"
     "    UNION ALL\n"
     "    SELECT usage_period_id, type, -COUNT(*), -SUM(quantity), -SUM(amount_minor) FROM usage_event\n"
     "    WHERE usage_period_id BETWEEN ? AND ?\n"
     "    GROUP BY usage_period_id, type) AS either\n"
     "  GROUP BY usage_period_id, type\n"
     "  HAVING SUM(event_count) <> 0 OR SUM(quantity) <> 0 OR SUM(amount_minor) <> 0) AS different"},
    {"the days of a period are the sums of its events by day", OF_PERIODS,
     "SELECT COUNT(*) FROM (\n"
     "  SELECT 1 FROM (\n"
     "    SELECT usage_period_id, day, event_count, voice_seconds, message_count, data_bytes, amount_minor\n"
     "    FROM usage_day\n"
     "    WHERE usage_period_id BETWEEN ? AND ?\n"
     "    UNION ALL\n"
     "    SELECT usage_period_id, DATE(started_at), -COUNT(*), -SUM(IF(type = 'VOICE', quantity, 0)),\n"
     "      -SUM(IF(type = 'MESSAGE', quantity, 0)), -SUM(IF(type = 'DATA', quantity, 0)), -SUM(amount_minor)\n"
     "    FROM usage_event\n"
     "    WHERE usage_period_id BETWEEN ? AND ?\n"
     "    GROUP BY usage_period_id, DATE(started_at)) AS either\n"
     "  GROUP BY usage_period_id, day\n"
     "  HAVING SUM(event_count) <> 0 OR SUM(voice_seconds) <> 0 OR SUM(message_count) <> 0\n"
     "    OR SUM(data_bytes) <> 0 OR SUM(amount_minor) <> 0) AS different"},
    {"the usage of a product by day and type is the sum of its events", OF_PRODUCTS,
     "SELECT COUNT(*) FROM (\n"
     "  SELECT 1 FROM (\n"
     "    SELECT product_id, day, type, event_count, quantity, amount_minor FROM usage_daily\n"
     "    WHERE product_id BETWEEN ? AND ?\n"
     "    UNION ALL\n"
     "    SELECT product_id, DATE(started_at), type, -COUNT(*), -SUM(quantity), -SUM(amount_minor) FROM usage_event\n"
     "    WHERE product_id BETWEEN ? AND ?\n"
     "    GROUP BY product_id, DATE(started_at), type) AS either\n"
     "  GROUP BY product_id, day, type\n"
     "  HAVING SUM(event_count) <> 0 OR SUM(quantity) <> 0 OR SUM(amount_minor) <> 0) AS different"},
    {"a usage event is of a period and a product of its own customer, and of a day of both", OF_PERIODS,
     "SELECT COUNT(*) FROM (\n"
     "  SELECT usage_period_id, product_id, customer_id, DATE(MIN(started_at)) AS first_day,\n"
     "    DATE(MAX(started_at)) AS last_day\n"
     "  FROM usage_event\n"
     "  WHERE usage_period_id BETWEEN ? AND ?\n"
     "  GROUP BY usage_period_id, product_id, customer_id) AS event\n"
     "LEFT JOIN usage_period AS period ON period.id = event.usage_period_id AND period.customer_id = event.customer_id\n"
     "LEFT JOIN product ON product.id = event.product_id AND product.customer_id = event.customer_id\n"
     "WHERE (first_day >= GREATEST(period.start_date, product.start_date) AND last_day <= period.end_date) IS NOT TRUE"},
    /* Of a customer into whom another one was merged there may be bills of months whose usage was not kept. */
    {"what the usage of a billed period costs is on its bill or was taken from credit", OF_CUSTOMERS,
     "SELECT COUNT(*) FROM (\n"
     "  SELECT customer_id, amount_minor - (\n"
     "    SELECT COALESCE(SUM(line.amount_minor), 0)\n"
     "    FROM customer_bill AS bill\n"
     "    JOIN applied_billing_rate AS line ON line.customer_id = bill.customer_id AND line.customer_bill_id = bill.id\n"
     "    WHERE bill.customer_id = period.customer_id AND bill.period_from = period.start_date AND line.kind = 'USAGE')\n"
     "    - (\n"
     "    SELECT COALESCE(SUM(amount_minor), 0) FROM ledger_entry\n"
     "    WHERE customer_id = period.customer_id AND kind = 'USAGE'\n"
     "    AND DATE(effective_at) BETWEEN period.start_date AND period.end_date) AS unbilled\n"
     "  FROM usage_period AS period\n"
     "  WHERE customer_id BETWEEN ? AND ? AND state = 'BILLED') AS compared\n"
     "WHERE unbilled > 0\n"
     "OR (unbilled < 0 AND NOT EXISTS (SELECT 1 FROM customer WHERE merged_into_id = compared.customer_id))"},
    {"the next due moment of a ticket is the first of its clocks that run", OF_CUSTOMERS,
     "SELECT COUNT(*)\n"
     "FROM trouble_ticket AS ticket\n"
     "WHERE customer_id BETWEEN ? AND ? AND NOT next_due_at <=> (\n"
     "  SELECT MIN(due_at) FROM ticket_clock\n"
     "  WHERE customer_id = ticket.customer_id AND ticket_id = ticket.id AND stopped_at IS NULL)"},
    {"a ticket says when its customer last wrote, and was last written to", OF_CUSTOMERS,
     "SELECT COUNT(*)\n"
     "FROM trouble_ticket AS ticket\n"
     "WHERE customer_id BETWEEN ? AND ? AND (NOT last_customer_at <=> (\n"
     "  SELECT MAX(written_at) FROM ticket_article\n"
     "  WHERE customer_id = ticket.customer_id AND ticket_id = ticket.id AND author_kind = 'CUSTOMER')\n"
     "OR NOT last_agent_at <=> (\n"
     "  SELECT MAX(written_at) FROM ticket_article\n"
     "  WHERE customer_id = ticket.customer_id AND ticket_id = ticket.id\n"
     "  AND author_kind <> 'CUSTOMER' AND kind = 'MESSAGE'))"},
    {"a SIM card in use has the telephone number of its line", OF_CUSTOMERS,
     "SELECT COUNT(*)\n"
     "FROM sim_card AS card\n"
     "JOIN product AS line ON line.customer_id = card.customer_id AND line.id = card.product_id\n"
     "WHERE card.customer_id BETWEEN ? AND ? AND card.in_use AND NOT card.msisdn <=> line.service_identifier"},
    {"a SIM card has both of its codes, sealed", OF_CUSTOMERS,
     "SELECT COUNT(*)\n"
     "FROM sim_card AS card\n"
     "WHERE customer_id BETWEEN ? AND ?\n"
     "AND 2 <> (SELECT COUNT(*) FROM sim_secret WHERE customer_id = card.customer_id AND sim_card_id = card.id)"},
    {"a mobile line that works and ever had a SIM card has one in use", OF_CUSTOMERS,
     "SELECT COUNT(*)\n"
     "FROM (\n"
     "  SELECT customer_id, product_id FROM sim_card\n"
     "  WHERE customer_id BETWEEN ? AND ?\n"
     "  GROUP BY customer_id, product_id HAVING SUM(in_use) = 0) AS without\n"
     "JOIN product AS line ON line.customer_id = without.customer_id AND line.id = without.product_id\n"
     "WHERE line.status IN ('ACTIVE', 'SUSPENDED')"},
    {"who a customer is was proved as the identifications say that somebody looked at", OF_CUSTOMERS,
     "SELECT COUNT(*)\n"
     "FROM customer\n"
     "LEFT JOIN (\n"
     "  SELECT customer_id, IF(SUM(valid_until IS NULL) > 0, NULL, MAX(valid_until)) AS last_day\n"
     "  FROM identification WHERE customer_id BETWEEN ? AND ? AND verified_at IS NOT NULL\n"
     "  GROUP BY customer_id) AS proof ON proof.customer_id = customer.id\n"
     "WHERE id BETWEEN ? AND ?\n"
     "AND (identity_verified <> (proof.customer_id IS NOT NULL) OR NOT identity_valid_until <=> last_day)"},
    {"no customer is a part of others at more than five levels, nor of itself", OF_CUSTOMERS,
     "SELECT COUNT(*)\n"
     "FROM customer AS part\n"
     "JOIN customer AS second ON second.id = part.parent_id\n"
     "JOIN customer AS third ON third.id = second.parent_id\n"
     "JOIN customer AS fourth ON fourth.id = third.parent_id\n"
     "JOIN customer AS fifth ON fifth.id = fourth.parent_id\n"
     "WHERE part.id BETWEEN ? AND ? AND fifth.parent_id IS NOT NULL"},
    {"a characteristic is where its specification stands and as that says", OF_CUSTOMERS,
     "SELECT COUNT(*)\n"
     "FROM customer_characteristic AS known\n"
     "JOIN characteristic_specification AS specification ON specification.id = known.specification_id\n"
     "WHERE known.customer_id BETWEEN ? AND ? AND (known.position <> specification.position\n"
     "OR (pattern IS NOT NULL AND value NOT RLIKE CONCAT('^(', pattern, ')$')))"},
    {"a number that is nobody's is on no line", OF_CUSTOMERS,
     "SELECT COUNT(*)\n"
     "FROM product AS line\n"
     "JOIN free_number ON free_number.number = line.service_identifier\n"
     "WHERE line.customer_id BETWEEN ? AND ? AND line.status IN ('ACTIVE', 'SUSPENDED', 'PENDING_TERMINATE')"},
    {"no number is on two lines", OF_CUSTOMERS,
     "SELECT COUNT(*)\n"
     "FROM product AS line\n"
     "JOIN product_offering AS offering ON offering.id = line.offering_id\n"
     "JOIN product AS other ON other.service_identifier = line.service_identifier AND other.id > line.id\n"
     "JOIN product_offering AS another ON another.id = other.offering_id\n"
     "WHERE line.customer_id BETWEEN ? AND ? AND offering.category = 'MOBILE' AND another.category = 'MOBILE'\n"
     "AND line.status IN ('ACTIVE', 'SUSPENDED', 'PENDING_TERMINATE')\n"
     "AND other.status IN ('ACTIVE', 'SUSPENDED', 'PENDING_TERMINATE')"},
    {"a line that has ended has no SIM card in use, nothing that is barred, and no number that is to move", OF_CUSTOMERS,
     "SELECT COUNT(*)\n"
     "FROM product AS line\n"
     "WHERE line.customer_id BETWEEN ? AND ? AND line.status IN ('TERMINATED', 'CANCELLED', 'ABORTED')\n"
     "AND (EXISTS (SELECT 1 FROM sim_card WHERE customer_id = line.customer_id AND product_id = line.id AND in_use)\n"
     "OR EXISTS (SELECT 1 FROM line_bar WHERE customer_id = line.customer_id AND product_id = line.id)\n"
     "OR EXISTS (SELECT 1 FROM number_port WHERE customer_id = line.customer_id AND product_id = line.id AND is_open))"},
    {"no number rests for longer than the policy ever said", OF_ALL,
     "SELECT COUNT(*)\n"
     "FROM free_number\n"
     "WHERE free_from > CURRENT_DATE + INTERVAL (\n"
     "  SELECT MAX(value) FROM policy FOR SYSTEM_TIME ALL WHERE name = 'number_rest_days') DAY"},
    {"of what is counted there is what came without what orders took", OF_ALL,
     "SELECT COUNT(*)\n"
     "FROM product_stock AS stock\n"
     "WHERE available <> delivered - (\n"
     "  SELECT COALESCE(SUM(took_stock), 0) FROM product_order_item WHERE offering_id = stock.offering_id)"},
    {"one number at a time moves to a line or away from it", OF_CUSTOMERS,
     "SELECT COUNT(*)\n"
     "FROM (SELECT 1 FROM number_port WHERE customer_id BETWEEN ? AND ? AND is_open\n"
     "      GROUP BY product_id HAVING COUNT(*) > 1) AS several"},
    {"a SIM card in stock has both of its codes, sealed", OF_ALL,
     "SELECT COUNT(*)\n"
     "FROM spare_sim AS card\n"
     "WHERE 2 <> (SELECT COUNT(*) FROM spare_sim_secret WHERE spare_sim_id = card.id)"},
    {"a credit limit is not above what the class of its customer allows", OF_CUSTOMERS,
     "SELECT COUNT(*)\n"
     "FROM billing_account AS account\n"
     "LEFT JOIN credit_profile AS profile ON profile.customer_id = account.customer_id\n"
     "JOIN credit_policy AS policy\n"
     "  ON policy.class = COALESCE(profile.class, 'C') AND policy.currency = account.currency\n"
     "WHERE account.customer_id BETWEEN ? AND ? AND credit_limit_minor > highest_minor"},
    {"a customer who was merged is closed, has nothing, and leads to one who was not", OF_CUSTOMERS,
     "SELECT COUNT(*)\n"
     "FROM customer AS merged\n"
     "JOIN customer AS survivor ON survivor.id = merged.merged_into_id\n"
     "WHERE merged.id BETWEEN ? AND ? AND (survivor.merged_into_id IS NOT NULL\n"
     "OR EXISTS (SELECT 1 FROM billing_account WHERE customer_id = merged.id)\n"
     "OR EXISTS (SELECT 1 FROM product WHERE customer_id = merged.id)\n"
     "OR EXISTS (SELECT 1 FROM product_order WHERE customer_id = merged.id)\n"
     "OR EXISTS (SELECT 1 FROM trouble_ticket WHERE customer_id = merged.id)\n"
     "OR EXISTS (SELECT 1 FROM party_interaction WHERE customer_id = merged.id)\n"
     "OR EXISTS (SELECT 1 FROM communication_message WHERE customer_id = merged.id)\n"
     "OR EXISTS (SELECT 1 FROM usage_period WHERE customer_id = merged.id)\n"
     "OR EXISTS (SELECT 1 FROM contact_medium WHERE customer_id = merged.id)\n"
     "OR EXISTS (SELECT 1 FROM customer_search_term WHERE customer_id = merged.id)\n"
     "OR EXISTS (SELECT 1 FROM customer WHERE parent_id = merged.id))"},
    {0},
};
/* clang-format on */

/* The tables keep what the schema promises: labels for every enum value, and invariants that cannot
 * be stored wrong. */
#include "unit/test.h"

#include "unit/db/migrated.h"
#include <dirent.h>

static struct migrated *migrated;
static unsigned enum_values, missing_labels, checked_values, refused_values;

/* What a column may hold, as its CHECK says; enums that are no column have none. */
static const struct {
    const char *type, *constraint;
} checks[] = {
    {"CustomerKind", "customer_kind_known"},
    {"CustomerStatus", "customer_status_known"},
    {"CustomerUnitKind", "customer_unit_kind_known"},
    {"IdentificationKind", "identification_kind_known"},
    {"ContactRole", "contact_role_known"},
    {"PrivacyPurpose", "privacy_agreement_purpose_known"},
    {"PrivacyChannel", "privacy_agreement_channel_known"},
    {"PrivacyAgreementState", "privacy_agreement_state_known"},
    {"PrivacySource", "privacy_agreement_source_known"},
    {"CharacteristicValueType", "characteristic_specification_value_type_known"},
    {"ContactMediumKind", "contact_medium_kind_known"},
    {"AddressRole", "geographic_address_role_known"},
    {"RatingType", "billing_account_rating_type_known"},
    {"PaymentStatus", "billing_account_payment_status_known"},
    {"PartnerKind", "partner_kind_known"},
    {"ProductStatus", "product_status_known"},
    {"PriceType", "product_price_type_known"},
    {"PricePeriod", "product_price_period_known"},
    {"ProductCategory", "product_offering_category_known"},
    {"ProductOrderState", "product_order_state_known"},
    {"OrderChannel", "product_order_channel_known"},
    {"OrderItemAction", "product_order_item_action_known"},
    {"OrderMilestoneCode", "order_milestone_code_known"},
    {"OrderMilestoneState", "order_milestone_state_known"},
    {"OrderReason", "product_order_reason_known"},
    {"OrderReason", "product_order_item_reason_known"},
    {"DunningState", "billing_account_dunning_state_known"},
    {"LedgerEntryKind", "ledger_entry_kind_known"},
    {"PaymentMethodKind", "ledger_entry_method_known"},
    {"CustomerBillState", "customer_bill_state_known"},
    {"BillRunType", "customer_bill_run_type_known"},
    {"BillLineKind", "applied_billing_rate_kind_known"},
    {"UsagePeriodState", "usage_period_state_known"},
    {"UsageType", "usage_event_type_known"},
    {"UsageUnit", "usage_event_unit_known"},
    {"UsageDirection", "usage_event_direction_known"},
    {"UsageStatus", "usage_event_status_known"},
    {"UsageBucketStatus", "usage_bucket_status_known"},
    {"SimCardForm", "sim_card_form_known"},
    {"SimCardStatus", "sim_card_status_known"},
    {"LineBarKind", "line_bar_kind_known"},
    {"PortDirection", "number_port_direction_known"},
    {"NumberPortStatus", "number_port_status_known"},
    {"PortReason", "number_port_code_known"},
    {"CallerCheck", "caller_verification_method_known"},
    {"SimCode", "secret_reveal_kind_known"},
    {"DeviceKind", "device_kind_known"},
    {"DeviceOwner", "device_owner_known"},
    {"EmailLoginStatus", "email_login_status_known"},
    {"AccessTokenKind", "access_token_kind_known"},
    {"AccessTokenStatus", "access_token_status_known"},
    {"SearchSection", "search_field_section_known"},
    {"InteractionChannel", "party_interaction_channel_known"},
    {"InteractionDirection", "party_interaction_direction_known"},
    {"InteractionReason", "party_interaction_reason_known"},
    {"InteractionResult", "party_interaction_result_known"},
    {"ReceivedMailState", "received_mail_state_known"},
    {"ReceivedMailReason", "received_mail_reason_known"},
    {"ReceivedMailDiscard", "received_mail_discarded_as_known"},
};

static void check_column(const char *type, struct str value)
{
    for (size_t i = 0; i < sizeof(checks) / sizeof(checks[0]); i++) {
        if (strcmp(checks[i].type, type) != 0)
            continue;
        struct str sql =
            str_printf(migrated->arena,
                       "SELECT COUNT(*) FROM information_schema.check_constraints"
                       " WHERE constraint_schema = DATABASE() AND constraint_name = '%s'"
                       " AND check_clause LIKE '%%''" STR_FMT "''%%'",
                       checks[i].constraint, STR_ARG(value));
        checked_values++;
        if (migrated_number(migrated, sql.at) == 1)
            return;
        refused_values++;
        printf("# %s.%.*s cannot be stored\n", type, STR_ARG(value));
    }
}

static void check_label(const char *type, struct str value)
{
    struct cell parameters[] = {cell_text(str_of(type)), cell_text(value)};
    struct rows rows;
    enum_values++;
    if (database_run(migrated->database, migrated->arena,
                     STR("SELECT COUNT(DISTINCT language) FROM enum_label WHERE type = ? AND value "
                         "= ? AND label <> ''"
                         " AND language IN ('en', 'de')"),
                     parameters, 2, &rows) != STATUS_OK)
        migrated_give_up(database_problem(migrated->database));
    if (rows.cells[0].integer == 2)
        return;
    missing_labels++;
    printf("# %s.%.*s lacks a label\n", type, STR_ARG(value));
}

static void check_value(const char *type, struct str value)
{
    check_label(type, value);
    check_column(type, value);
}

/* Our files have one enum value on each line, between "enum X {" and "}". */
static void read_schema_file(const char *path)
{
    FILE *file = fopen(path, "r");
    char line[512], type[64] = "";
    if (file == NULL)
        migrated_give_up(str_of(path));
    while (fgets(line, sizeof(line), file) != NULL) {
        char word[64];
        if (sscanf(line, "enum %63[A-Za-z0-9]", word) == 1)
            snprintf(type, sizeof(type), "%s", word);
        else if (line[0] == '}')
            type[0] = 0;
        else if (type[0] != 0 && sscanf(line, " %63[A-Z0-9_]", word) == 1)
            check_value(type, str_of(word));
    }
    fclose(file);
}

static void test_labels(void)
{
    DIR *schema = opendir("schema");
    struct dirent *entry;
    while (schema != NULL && (entry = readdir(schema)) != NULL) {
        /* Enums of directives are the operator's own, no client sees them. */
        if (str_ends(str_of(entry->d_name), STR(".graphql")) &&
            strcmp(entry->d_name, "directives.graphql") != 0)
            read_schema_file(str_printf(migrated->arena, "schema/%s", entry->d_name).at);
    }
    if (schema != NULL)
        closedir(schema);
    TEST("every value of every enum has a label in English and German",
         enum_values > 60 && missing_labels == 0);
    TEST("and can be stored where it is a column's", checked_values > 60 && refused_values == 0);
    TEST("labels count from one without a gap",
         migrated_number(
             migrated,
             "SELECT COUNT(*) FROM (SELECT MAX(position) <> COUNT(*) AS gap FROM enum_label"
             " GROUP BY language, type) AS types WHERE gap") == 0);
}

static bool stored(const char *sql)
{
    return database_run(migrated->database, migrated->arena, str_of(sql), NULL, 0, NULL) ==
           STATUS_OK;
}

static void fill(void)
{
    migrated_run(migrated,
                 "INSERT INTO customer (id, number, kind, status, display_name, sort_name, "
                 "language, customer_since)"
                 " VALUES (1, '1', 'RESIDENTIAL', 'ACTIVE', 'a', 'a', 'en', '2026-01-01'),"
                 " (2, '2', 'RESIDENTIAL', 'ACTIVE', 'b', 'b', 'en', '2026-01-01')");
    migrated_run(
        migrated,
        "INSERT INTO billing_account (id, customer_id, number, rating_type, payment_status, "
        "currency)"
        " VALUES (1, 1, '1', 'POSTPAID', 'PAID', 'EUR'), (2, 2, '2', 'POSTPAID', 'PAID', 'EUR')");
    migrated_run(
        migrated,
        "INSERT INTO product_offering (id, code, name, category) VALUES (1, 'A', 'A', 'MOBILE')");
    migrated_run(
        migrated,
        "INSERT INTO product (id, customer_id, billing_account_id, offering_id, status, start_date)"
        " VALUES (1, 1, 1, 1, 'ACTIVE', '2026-01-01'), (2, 2, 2, 1, 'ACTIVE', '2026-01-01')");
}

#define TICKET                                                                                \
    "INSERT INTO trouble_ticket (id, customer_id, number, type, severity, priority, status, " \
    "is_open, subject, queue_id, team_id, opened_at, updated_at, product_id) "

static void test_links(void)
{
    TEST("a product charged to another customer's account cannot be stored",
         !stored("UPDATE product SET billing_account_id = 2 WHERE id = 1"));
    TEST("nor one that is part of another customer's",
         !stored("UPDATE product SET parent_id = 2 WHERE id = 1"));
    TEST("nor an entry on another customer's account",
         !stored("INSERT INTO ledger_entry (customer_id, billing_account_id, seq, kind, "
                 "amount_minor, balance_after_minor,"
                 " currency, effective_at) VALUES (1, 2, 1, 'CHARGE', 1, 1, 'EUR', '2026-01-01')"));
    TEST("nor a price of another customer's product",
         !stored("INSERT INTO product_price (customer_id, product_id, type, amount_minor, currency)"
                 " VALUES (1, 2, 'ONE_TIME', 1, 'EUR')"));
    migrated_run(migrated, "INSERT INTO team (id, name) VALUES (1, 'a')");
    migrated_run(migrated, "INSERT INTO queue_definition (id, team_id, name) VALUES (1, 1, 'a')");
    TEST("nor a ticket about another customer's product",
         !stored(TICKET "VALUES (1, 1, '1', 'FAULT', 'MINOR', 'LOW', 'HELD', TRUE, 'a', 1, 1, "
                        "'2026-01-01', '2026-01-01', 2)"));
    TEST("nor an article about another customer's ticket",
         stored(TICKET "VALUES (1, 1, '1', 'FAULT', 'MINOR', 'LOW', 'HELD', TRUE, 'a', 1, 1, "
                       "'2026-01-01', '2026-01-01', 1)") &&
             !stored("INSERT INTO ticket_article (customer_id, ticket_id, kind, author_kind, "
                     "author_name, written_at, subject, text)"
                     " VALUES (2, 1, 'NOTE', 'AGENT', 'a', '2026-01-01', 'a', 'a')"));
    TEST("nor one that is open and closed", !stored("UPDATE trouble_ticket SET is_open = FALSE"));
    TEST("nor one that somebody without a name works on",
         !stored("UPDATE trouble_ticket SET assignee_id = 1"));
    TEST("nor a note of a customer",
         !stored("INSERT INTO ticket_article (customer_id, ticket_id, kind, author_kind, "
                 "author_name, written_at, subject, text)"
                 " VALUES (1, 1, 'NOTE', 'CUSTOMER', 'a', '2026-01-01', 'a', 'a')"));
    TEST("nor a part without what kind of part it is",
         !stored("UPDATE customer SET parent_id = 1 WHERE id = 2"));
    TEST("what belongs together can",
         stored("INSERT INTO product_price (customer_id, product_id, type, amount_minor, currency)"
                " VALUES (1, 1, 'ONE_TIME', 1, 'EUR')"));
}

static void test_checks(void)
{
    TEST("an unknown status cannot be stored",
         !stored("UPDATE product SET status = 'GONE' WHERE id = 1"));
    TEST("nor an end before the beginning",
         !stored("UPDATE product SET termination_date = '2025-12-31' WHERE id = 1"));
    TEST("nor TERMINATED without a last day",
         !stored("UPDATE product SET status = 'TERMINATED' WHERE id = 1"));
    TEST("nor a completed order without a moment",
         !stored("INSERT INTO product_order (customer_id, number, state, channel, ordered_at)"
                 " VALUES (1, '1', 'COMPLETED', 'AGENT', '2026-01-01')"));
    TEST("nor a recurring price without a period",
         !stored("INSERT INTO product_price (customer_id, product_id, type, amount_minor, currency)"
                 " VALUES (1, 1, 'RECURRING', 1, 'EUR')"));
    TEST("nor a telephone number that is not E.164",
         !stored("INSERT INTO contact_medium (customer_id, kind, value) VALUES (1, 'MOBILE', '0171 "
                 "123')"));
    TEST("nor an end of what nobody knows the beginning of",
         !stored("INSERT INTO contact_medium (customer_id, kind, value, valid_until)"
                 " VALUES (1, 'EMAIL', 'a@b.example', '2026-01-01')"));
    TEST("nor the whole number of an identification",
         !stored("INSERT INTO identification (customer_id, kind, number_end, issued_by, country, "
                 "valid_from) VALUES (1, 'PASSPORT', 'C01X00T47', 'a', 'DE', '2026-01-01')"));
    TEST("nor a specification without an English label",
         !stored("INSERT INTO characteristic_specification (code, value_type, labels, position)"
                 " VALUES ('size', 'INTEGER', '{\"de\": \"Größe\"}', 1)"));
    TEST("S1-29 nor a value that is not of its type",
         stored("INSERT INTO characteristic_specification (id, code, value_type, labels, position)"
                " VALUES (1, 'size', 'INTEGER', '{\"en\": \"Size\"}', 1)") &&
             stored("INSERT INTO customer_characteristic (customer_id, specification_id, "
                    "value_type, position, value) VALUES (1, 1, 'INTEGER', 1, '-42')") &&
             !stored("UPDATE customer_characteristic SET value = 'forty'"));
    TEST("nor one of another type than its specification",
         !stored("UPDATE customer_characteristic SET value_type = 'TEXT'"));
    TEST("S1-25 nor a discount of more than everything",
         !stored("INSERT INTO discount_group (code, label, percent, valid_from)"
                 " VALUES ('ALL', 'all', 100.5, '2026-01-01')"));
    TEST("nor a second answer to the same question",
         stored("INSERT INTO privacy_agreement (customer_id, purpose, channel, state, source, "
                "stated_at) VALUES (1, 'MARKETING', 'SMS', 'REJECTED', 'SHOP', '2026-01-01')") &&
             !stored("INSERT INTO privacy_agreement (customer_id, purpose, channel, state, source, "
                     "stated_at) VALUES (1, 'MARKETING', 'SMS', 'VALIDATED', 'SHOP', "
                     "'2026-01-02')"));
    TEST("nor a user of a partner without one",
         !stored(
             "INSERT INTO user_account (login, display_name, kind) VALUES ('x', 'x', 'PARTNER')"));
    TEST("nor a person with the name of an organisation",
         !stored("UPDATE customer SET organization_name = 'x', given_name = 'y' WHERE id = 1"));
    TEST("names are found without accents, identifiers are not",
         migrated_number(
             migrated,
             "SELECT 'Müller' = CONVERT('muller' USING utf8mb4) COLLATE utf8mb4_uca1400_ai_ci") ==
                 1 &&
             migrated_number(migrated, "SELECT COUNT(*) FROM product_offering WHERE code = 'a'") ==
                 0);
}

static void test_history(void)
{
    migrated_run(migrated,
                 "UPDATE customer SET segment = 'PREMIUM', version = version + 1 WHERE id = 1");
    TEST("a change of a customer leaves the version before",
         migrated_number(migrated,
                         "SELECT COUNT(*) FROM customer FOR SYSTEM_TIME ALL WHERE id = 1") == 2);
    migrated_run(migrated, "INSERT INTO user_account (id, login, display_name, kind) VALUES (1, "
                           "'x', 'x', 'OPERATOR')");
    migrated_run(migrated, "UPDATE user_account SET failed_attempts = 1 WHERE id = 1");
    TEST("a failed sign-in leaves none",
         migrated_number(
             migrated, "SELECT COUNT(*) FROM user_account FOR SYSTEM_TIME ALL WHERE id = 1") == 1);
}

/* What an order of the schema reads must be an index, not a sort. */
static bool sorts(const char *sql)
{
    struct rows rows;
    struct str explain = str_printf(migrated->arena, "EXPLAIN %s", sql);
    if (database_run(migrated->database, migrated->arena, explain, NULL, 0, &rows) != STATUS_OK)
        migrated_give_up(database_problem(migrated->database));
    return strstr(str_copy(migrated->arena, cell_str(&rows.cells[rows.width - 1])).at,
                  "filesort") != NULL;
}

static void test_orders(void)
{
    TEST("products, the newest first", !sorts("SELECT id FROM product WHERE customer_id = 1 ORDER "
                                              "BY start_date DESC, id DESC LIMIT 26"));
    TEST("orders, the newest first", !sorts("SELECT id FROM product_order WHERE customer_id = 1 "
                                            "ORDER BY ordered_at DESC, id DESC LIMIT 26"));
    TEST("contacts, the preferred first", !sorts("SELECT id FROM contact_medium WHERE customer_id "
                                                 "= 1 ORDER BY preferred DESC, id LIMIT 51"));
    TEST("items by position", !sorts("SELECT id FROM product_order_item WHERE product_order_id = 1 "
                                     "ORDER BY position LIMIT 101"));
    TEST("steps of an item by position, and how it is to be",
         !sorts("SELECT id FROM order_milestone WHERE product_order_item_id = 1 ORDER BY position "
                "LIMIT 51") &&
             !sorts("SELECT id FROM order_item_characteristic WHERE product_order_item_id = 1 "
                    "ORDER BY specification_id LIMIT 51"));
    TEST("prices",
         !sorts("SELECT id FROM product_price WHERE product_id = 1 ORDER BY id LIMIT 51"));
    TEST("addresses and accounts",
         !sorts("SELECT id FROM geographic_address WHERE customer_id = 1 ORDER BY id LIMIT 51") &&
             !sorts("SELECT id FROM billing_account WHERE customer_id = 1 ORDER BY id LIMIT 51"));
    TEST("characteristics in their order",
         !sorts("SELECT id FROM customer_characteristic WHERE customer_id = 1 ORDER BY position, "
                "id LIMIT 201"));
    TEST("agreements", !sorts("SELECT id FROM privacy_agreement WHERE customer_id = 1 ORDER BY "
                              "purpose, channel LIMIT 51"));
    TEST("parts of a customer by name",
         !sorts("SELECT id FROM customer WHERE parent_id = 1 ORDER BY sort_name, id LIMIT 26"));
    TEST("customers by name", !sorts("SELECT id FROM customer ORDER BY sort_name, id LIMIT 26"));
}

int main(void)
{
    migrated = migrated_start();
    test_labels();
    fill();
    test_links();
    test_checks();
    test_history();
    test_orders();
    migrated_stop(migrated);
    return test_end();
}

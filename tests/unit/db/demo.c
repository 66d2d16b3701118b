/* The demonstration's data: the same bytes each time, added to but never changed, and people who
 * may sign in. */
#include "unit/test.h"

#include "base/encode.h"
#include "db/demo/demo.h"
#include "db/invariants.h"
#include "db/search_pages.h"
#include "mariadb/calendar.h"
#include "unit/db/migrated.h"
#include <inttypes.h>
#include <jansson.h>
#include <sodium.h>

static struct migrated *migrated;
static struct str access_path, keys_path;

static enum status load(uint32_t customers, uint64_t seed)
{
    migrated_forget(migrated);
    const struct demo_options options = {.customers = customers,
                                         .seed = seed,
                                         .day = seed == 0 ? 0 : calendar_days(2026, 11, 10),
                                         .access_path = access_path.at,
                                         .keys_path = keys_path.at};
    return demo_load(&migrated->chore, &options);
}

static void test_loading(void)
{
    TEST("fewer than the showcase is refused", load(5, 7) == STATUS_INVALID);
    TEST("three hundred customers are loaded",
         load(300, 7) == STATUS_OK && migrated_told(migrated, "300 customers added"));
    TEST("they are there", migrated_number(migrated, "SELECT COUNT(*) FROM customer") == 300);
    struct str before = migrated_fingerprint(migrated);
    TEST("again changes nothing", load(300, 7) == STATUS_OK && migrated->told_length == 0 &&
                                      str_equal(before, migrated_fingerprint(migrated)));
    TEST("nor does asking for fewer",
         load(100, 0) == STATUS_OK && str_equal(before, migrated_fingerprint(migrated)));
    TEST("another seed is refused, not mixed in",
         load(300, 8) == STATUS_INVALID && str_equal(before, migrated_fingerprint(migrated)));
}

static int blocks_until_the_end;

static bool ends_soon(void)
{
    return --blocks_until_the_end < 0;
}

/* As Ctrl-C does, between two blocks. */
static void test_interruption(void)
{
    migrated->chore.asked_to_end = ends_soon;
    blocks_until_the_end = 1;
    TEST("a load that is asked to end says how to go on",
         load(2500, 0) == STATUS_UNAVAILABLE && migrated_problem(migrated, "the same command"));
    int64_t there = migrated_number(migrated, "SELECT COUNT(*) FROM customer");
    TEST("what it stored is whole", there >= 300 && there < 2500);
    migrated->chore.asked_to_end = NULL;
    TEST("the next one goes on from there",
         load(2500, 0) == STATUS_OK &&
             migrated_number(migrated, "SELECT COUNT(*) FROM customer") == 2500);
}

/* As when the machine stops after one writer has stored its block and before the other has. */
static void test_gap(void)
{
    migrated_run(migrated, "UPDATE setting SET value = '2047' WHERE name = 'demo.customers'");
    TEST("what is there beyond a gap is not stored again",
         load(2510, 0) == STATUS_OK &&
             migrated_number(migrated, "SELECT COUNT(*) FROM customer") == 2510);
    TEST("pages that were written in two parts have all terms",
         migrated_number(migrated,
                         "SELECT COUNT(*) FROM customer_search_term AS term WHERE kind = 'EMAIL'"
                         " AND NOT EXISTS (SELECT 1 FROM customer_search_page AS page"
                         " WHERE page.kind = term.kind AND page.page = term.page"
                         " AND page.terms LIKE CONCAT('%\n', term.term, '\n%'))") == 0);
    TEST("S4-13 of every word there is a bit of its beginnings",
         migrated_number(migrated,
                         "SELECT COUNT(*) FROM customer_search_term AS term"
                         " LEFT JOIN customer_search_bits AS two"
                         " ON two.beginning = LEFT(term, 2) AND two.block = customer_id DIV 512"
                         " LEFT JOIN customer_search_bits AS four"
                         " ON four.beginning = LEFT(term, 4) AND four.block = customer_id DIV 512"
                         " WHERE kind = 'NAME' AND term >= ':' AND CHAR_LENGTH(term) >= 4"
                         " AND COALESCE(ELT(customer_id DIV 64 % 8 + 1, two.b0 & four.b0,"
                         " two.b1 & four.b1, two.b2 & four.b2, two.b3 & four.b3, two.b4 & four.b4,"
                         " two.b5 & four.b5, two.b6 & four.b6, two.b7 & four.b7)"
                         " & 1 << customer_id % 64, 0) = 0") == 0);
    TEST("S4-13 of every partner there are bits of exactly its customers",
         migrated_number(
             migrated,
             "SELECT (SELECT SUM(BIT_COUNT(b0) + BIT_COUNT(b1) + BIT_COUNT(b2) + BIT_COUNT(b3)"
             " + BIT_COUNT(b4) + BIT_COUNT(b5) + BIT_COUNT(b6) + BIT_COUNT(b7))"
             " FROM customer_search_bits WHERE beginning LIKE '#%') - COUNT(*)"
             " FROM customer WHERE partner_id IS NOT NULL") == 0);
}

static int64_t rows_read(void)
{
    return migrated_number(migrated, "SELECT CAST(SUM(VARIABLE_VALUE) AS SIGNED)"
                                     " FROM information_schema.SESSION_STATUS"
                                     " WHERE VARIABLE_NAME LIKE 'Handler_read%'");
}

/* However many customers there are, whoever changes one waits for a page or two. */
static void test_neighbours_alone(void)
{
    int64_t all = migrated_number(migrated, "SELECT COUNT(*) FROM customer_search_term");
    int64_t before = rows_read();
    TEST("S4-13 the pages of one customer are written anew",
         search_pages_write(migrated->database, migrated->arena, 100, 100) == STATUS_OK);
    int64_t read = rows_read() - before;
    TEST("S4-13 by reading what is on them, not what everybody has", read < all / 4);
    if (read >= all / 4)
        printf("# %" PRId64 " rows read, %" PRId64 " terms\n", read, all);
}

static void test_two_at_once(void)
{
    struct str problem;
    struct database *other = database_another(migrated->database, migrated->arena, &problem);
    struct rows rows;
    bool locked =
        other != NULL && database_run(other, migrated->arena,
                                      STR("SELECT GET_LOCK(CONCAT('demo of ', DATABASE()), 0)"),
                                      NULL, 0, &rows) == STATUS_OK;
    TEST("two loads at once are refused",
         locked && load(2600, 0) == STATUS_CONFLICT && migrated_problem(migrated, "somebody else"));
    database_close(other);
}

static int64_t customers_checksum(void)
{
    return migrated_number(
        migrated,
        "SELECT CAST(SUM(CRC32(CONCAT_WS('|', id, number, display_name, customer_since,"
        " open_order_count, active_product_count))) AS SIGNED) FROM customer WHERE id <= 300");
}

static void test_adding(void)
{
    int64_t before = customers_checksum();
    TEST("more are added to them",
         load(430, 0) == STATUS_OK &&
             migrated_number(migrated, "SELECT COUNT(*) FROM customer") == 430);
    TEST("without a change of those before", customers_checksum() == before);
}

static int64_t broken(const char *what)
{
    return migrated_number(migrated, what);
}

static void test_invariants(void)
{
    struct str wrong;
    if (invariants_check(migrated->database, migrated->arena, NULL, &wrong) != STATUS_OK)
        migrated_give_up(database_problem(migrated->database));
    TEST_TEXT("what is to be so of all rows is so", wrong, STR(""));
    TEST("every order has items", broken("SELECT COUNT(*) FROM product_order WHERE NOT EXISTS "
                                         "(SELECT 1 FROM product_order_item AS item"
                                         " WHERE item.customer_id = product_order.customer_id AND "
                                         "item.product_order_id = product_order.id)") == 0);
    TEST("every customer is found by number and name",
         broken("SELECT COUNT(*) FROM customer WHERE (SELECT COUNT(DISTINCT kind) FROM "
                "customer_search_term"
                " WHERE customer_id = customer.id AND kind IN ('NAME', 'CUSTOMER')) <> 2") == 0);
    TEST("generated ids leave room for those the database gives",
         broken("SELECT COUNT(*) FROM product WHERE id > 10000000000") == 0 &&
             broken("SELECT COUNT(*) FROM customer WHERE id > 100000000") == 0);
}

static void test_steps(void)
{
    TEST("open orders and those of late have steps",
         broken("SELECT COUNT(*) FROM product_order_item AS item"
                " JOIN product_order USING (customer_id)"
                " WHERE product_order.id = item.product_order_id AND action <> 'NO_CHANGE'"
                " AND (completed_at IS NULL OR ordered_at > '2026-06-01')"
                " AND NOT EXISTS (SELECT 1 FROM order_milestone"
                " WHERE product_order_item_id = item.id)") == 0);
    TEST(
        "what is done has reached all of them, and nothing else has",
        broken("SELECT COUNT(*) FROM product_order_item AS item"
               " WHERE EXISTS (SELECT 1 FROM order_milestone WHERE product_order_item_id = item.id)"
               " AND (state = 'COMPLETED') = (EXISTS (SELECT 1 FROM order_milestone AS step"
               " WHERE step.product_order_item_id = item.id AND step.state <> 'REACHED'))") == 0);
    TEST("they are reached one after the other, since the order came and until now",
         broken("SELECT COUNT(*) FROM order_milestone AS step"
                " JOIN product_order ON product_order.id = step.product_order_id"
                " LEFT JOIN order_milestone AS before_it"
                " ON before_it.product_order_item_id = step.product_order_item_id"
                " AND before_it.position = step.position - 1"
                " WHERE step.reached_at < COALESCE(before_it.reached_at, ordered_at)"
                " OR step.reached_at > '2026-11-10'"
                " OR (step.state = 'REACHED' AND before_it.state <> 'REACHED')") == 0);
    TEST("what is ordered says how it is to be",
         broken("SELECT COUNT(*) = 0 FROM order_item_characteristic"
                " WHERE specification_id = 1 AND value LIKE '+49%'") == 0);
}

static void test_tickets(void)
{
    TEST("every ticket says who wrote when",
         broken("SELECT COUNT(*) FROM trouble_ticket AS ticket WHERE "
                "NOT last_customer_at <=> (SELECT MAX(written_at) FROM ticket_article"
                " WHERE ticket_id = ticket.id AND author_kind = 'CUSTOMER') OR "
                "NOT last_agent_at <=> (SELECT MAX(written_at) FROM ticket_article"
                " WHERE ticket_id = ticket.id AND author_kind = 'AGENT' AND kind = 'MESSAGE')") ==
             0);
    TEST("the next due moment is that of its clocks",
         broken("SELECT COUNT(*) FROM trouble_ticket AS ticket WHERE NOT next_due_at <=> "
                "(SELECT MIN(due_at) FROM ticket_clock WHERE ticket_id = ticket.id AND "
                "stopped_at IS NULL)") == 0);
    TEST("S1-15 customers are found by the numbers of their tickets",
         broken("SELECT COUNT(*) FROM trouble_ticket AS ticket WHERE NOT EXISTS (SELECT 1 FROM "
                "customer_search_term WHERE term = ticket.number AND kind = 'TICKET' AND "
                "customer_id = ticket.customer_id)") == 0);
    TEST("one ticket has 900 articles",
         migrated_number(migrated, "SELECT MAX(articles) FROM (SELECT COUNT(*) AS articles FROM "
                                   "ticket_article GROUP BY ticket_id) AS counted") == 900);
}

static bool password_fits(const json_t *entry)
{
    const char *login = json_string_value(json_object_get(entry, "username"));
    const char *password = json_string_value(json_object_get(entry, "password"));
    if (login == NULL || password == NULL)
        return false;
    struct cell parameter = cell_text(str_of(login));
    struct rows rows;
    if (database_run(migrated->database, migrated->arena,
                     STR("SELECT password_hash FROM user_account WHERE login = ?"), &parameter, 1,
                     &rows) != STATUS_OK ||
        rows.count != 1)
        return false;
    struct str hash = str_copy(migrated->arena, cell_str(&rows.cells[0]));
    return str_starts(hash, STR("$argon2id$")) &&
           crypto_pwhash_str_verify(hash.at, password, strlen(password)) == 0;
}

static bool secret_fits(const json_t *entry)
{
    const char *secret = json_string_value(json_object_get(entry, "clientSecret"));
    return secret != NULL &&
           str_equal(sha256_hex(migrated->arena, str_of(secret)),
                     migrated_text(migrated, "SELECT secret_hash FROM api_client"));
}

static void test_access(void)
{
    json_t *list = json_load_file(access_path.at, JSON_REJECT_DUPLICATES, NULL);
    size_t passwords = 0, clients = 0;
    for (size_t i = 0; i < json_array_size(list); i++) {
        passwords += password_fits(json_array_get(list, i));
        clients += secret_fits(json_array_get(list, i));
    }
    TEST("the file has six users and a client",
         passwords == 6 && clients == 1 && json_array_size(list) == 7);
    json_decref(list);
    struct stat about;
    TEST("and is for its owner only",
         stat(access_path.at, &about) == 0 && (about.st_mode & 0777) == 0600);
    int64_t version =
        migrated_number(migrated, "SELECT rights_version FROM user_account WHERE login = 'agent'");
    unlink(access_path.at);
    TEST("a lost file is made anew",
         load(430, 0) == STATUS_OK && access(access_path.at, R_OK) == 0);
    TEST("with new passwords, which ends the sessions of old ones",
         migrated_number(migrated,
                         "SELECT rights_version FROM user_account WHERE login = 'agent'") ==
             version + 1);
    list = json_load_file(access_path.at, JSON_REJECT_DUPLICATES, NULL);
    TEST("that fit", password_fits(json_array_get(list, 0)));
    json_decref(list);
    TEST(
        "rights of the agents differ",
        migrated_number(
            migrated,
            "SELECT CAST(BIT_OR(1 << bit) AS SIGNED) FROM user_role JOIN role_right USING (role_id)"
            " WHERE user_account_id = 1") > 15 &&
            migrated_number(migrated, "SELECT CAST(BIT_OR(1 << bit) AS SIGNED) FROM user_role JOIN "
                                      "role_right USING (role_id)"
                                      " WHERE user_account_id = 2") == 3);
}

static void test_unwritable(void)
{
    struct str kept = access_path;
    access_path = STR("/nowhere/demo-access.json");
    TEST("a file that cannot be written is said so",
         load(430, 0) == STATUS_UNAVAILABLE && migrated_problem(migrated, "/nowhere"));
    access_path = kept;
    unlink(access_path.at);
    TEST("and the next call makes it",
         load(430, 0) == STATUS_OK && access(access_path.at, R_OK) == 0);
}

static void test_same_bytes(void)
{
    int64_t customers = customers_checksum();
    int64_t products = migrated_number(
        migrated,
        "SELECT CAST(SUM(CRC32(CONCAT_WS('|', customer_id, id, offering_id, parent_id, status,"
        " service_identifier, start_date, binding_until, termination_date))) AS SIGNED)"
        " FROM product");
    if (!TEST("every database on every machine gets the same data",
              customers == 670714613679 && products == 5857249493147))
        printf("# customers %lld, products %lld\n", (long long)customers, (long long)products);
}

int main(void)
{
    if (sodium_init() < 0)
        return 1;
    migrated = migrated_start();
    access_path = str_printf(migrated->arena, "%s/demo-access.json", scratch_folder);
    keys_path = str_printf(migrated->arena, "%s/keys", scratch_folder);
    test_loading();
    test_adding();
    test_invariants();
    test_steps();
    test_tickets();
    test_access();
    test_unwritable();
    test_same_bytes();
    test_interruption();
    test_gap();
    test_neighbours_alone();
    test_two_at_once();
    test_invariants();
    migrated_stop(migrated);
    return test_end();
}

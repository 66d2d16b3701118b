/* SIM cards, devices, mailboxes and tokens of the demonstration: as many as there should be, and no
 * secret of theirs to be read in the database. */
#include "unit/test.h"

#include "base/encode.h"
#include "db/access_token.h"
#include "db/demo/catalogue.h"
#include "db/demo/customer.h"
#include "db/demo/demo.h"
#include "db/demo/resources.h"
#include "db/sim_secret.h"
#include "mariadb/calendar.h"
#include "unit/db/migrated.h"
#include "vault/vault.h"
#include <sodium.h>

enum { COUNT = 3000, STORED = 60 };

static struct demo_world world = {.seed = 3};
static struct migrated *migrated;
static const char *keys_path;

/* ---- made ---- */

struct counts {
    int lines, second_cards, cards, in_use, replaced, blocked, embedded;
    int devices, options, fibres, logins, internet, tokens, wrong;
};

static bool is_set_up(const struct demo_product *product)
{
    return strcmp(product->status, "CANCELLED") != 0 && strcmp(product->status, "ABORTED") != 0;
}

static void count_products(struct counts *counts, const struct demo_customer *customer)
{
    for (int i = 0; i < customer->product_count; i++) {
        const struct demo_product *product = &customer->products[i];
        const char *category = catalogue[product->offering].offering.category;
        if (!is_set_up(product))
            continue;
        bool coming = strcmp(product->status, "CREATED") == 0 ||
                      strcmp(product->status, "PENDING_ACTIVE") == 0;
        bool fibre = strcmp(category, "FIBRE") == 0 && product->offering != FAMILY_BUNDLE;
        counts->lines += strcmp(category, "MOBILE") == 0;
        counts->second_cards += product->offering == SECOND_SIM;
        counts->options += !coming && strcmp(category, "DEVICE") == 0;
        counts->fibres += !coming && fibre;
        counts->internet += fibre || strcmp(category, "BROADBAND") == 0;
    }
}

static void count_cards(struct counts *counts, const struct demo_customer *customer)
{
    const struct demo_resources *resources = customer->resources;
    counts->cards += resources->sim_count;
    for (int i = 0; i < resources->sim_count; i++) {
        const struct demo_sim *sim = &resources->sims[i];
        const struct demo_product *line = &customer->products[sim->product];
        counts->in_use += sim->ended_on == 0;
        counts->replaced += strcmp(sim->status, "REPLACED") == 0;
        counts->blocked += strcmp(sim->status, "BLOCKED") == 0;
        counts->embedded += sim->embedded;
        counts->wrong += strcmp(catalogue[line->offering].offering.category, "MOBILE") != 0;
        counts->wrong += sim->activated_on > world.day || sim->ended_on > world.day;
        counts->wrong += sim->activated_on != 0 && sim->activated_on < line->start_date;
        counts->wrong += sim->ended_on != 0 && sim->ended_on < sim->activated_on;
    }
}

static void count_others(struct counts *counts, const struct demo_customer *customer)
{
    const struct demo_resources *resources = customer->resources;
    counts->devices += resources->device_count;
    counts->logins += resources->login_count;
    counts->tokens += resources->token_count;
    for (int i = 0; i < resources->device_count; i++)
        counts->wrong += resources->devices[i].delivered_on > world.day ||
                         (resources->devices[i].returned_on != 0 &&
                          resources->devices[i].returned_on < resources->devices[i].delivered_on);
    for (int i = 0; i < resources->login_count; i++)
        counts->wrong += resources->logins[i].changed_at > (world.day + 1) * 86400 * 1000000;
}

/* The last digit of a number of ISO/IEC 7812 makes this sum a multiple of ten. */
static bool luhn_holds(struct str digits)
{
    int sum = 0;
    for (size_t i = 0; i < digits.len; i++) {
        int digit = (digits.at[digits.len - 1 - i] - '0') * (i % 2 == 0 ? 1 : 2);
        sum += digit > 9 ? digit - 9 : digit;
    }
    return sum % 10 == 0;
}

static bool same_resources(const struct demo_customer *a, const struct demo_customer *b)
{
    bool same = a->resources->sim_count == b->resources->sim_count &&
                a->resources->device_count == b->resources->device_count;
    for (int i = 0; same && i < a->resources->sim_count; i++)
        same = a->resources->sims[i].puk1 == b->resources->sims[i].puk1 &&
               a->resources->sims[i].activated_on == b->resources->sims[i].activated_on &&
               str_equal(resources_iccid(a, i), resources_iccid(b, i));
    for (int i = 0; same && i < a->resources->device_count; i++)
        same = a->resources->devices[i].model == b->resources->devices[i].model &&
               str_equal(resources_serial(a, i), resources_serial(b, i));
    return same;
}

static void test_made(void)
{
    struct counts counts = {0};
    bool valid = true, same = true;
    for (int64_t ordinal = 1; ordinal <= COUNT; ordinal++) {
        struct arena *arena = arena_create();
        const struct demo_customer *customer = customer_make(&world, arena, ordinal);
        count_products(&counts, customer);
        count_cards(&counts, customer);
        count_others(&counts, customer);
        for (int i = 0; i < customer->resources->sim_count; i++)
            valid = valid && luhn_holds(resources_iccid(customer, i)) &&
                    resources_iccid(customer, i).len == 19 && resources_imsi(customer, i).len == 15;
        if (ordinal % 50 == 0)
            same = same && same_resources(customer, customer_make(&world, arena, ordinal));
        arena_destroy(arena);
    }
    int before = counts.replaced + counts.blocked;
    TEST("S1-27 every mobile line has a SIM card, and each option of a second one another",
         counts.cards - before == counts.lines + counts.second_cards && counts.in_use > COUNT);
    TEST("some cards were replaced, some of them because they were lost",
         before > counts.cards / 50 && before < counts.cards / 8 && counts.blocked > before / 5);
    TEST("some are no cards at all",
         counts.embedded > counts.cards / 20 && counts.embedded < counts.cards / 4);
    TEST("numbers of cards end in their check digit", valid);
    TEST("S4-19 every option that is a device brings one, and every fibre its terminal",
         counts.devices == counts.options + counts.fibres);
    TEST("S1-28 some who have internet have mailboxes",
         counts.logins > counts.internet / 3 && counts.logins < counts.internet);
    TEST("S4-17 some have cards, tags and logins", counts.tokens > COUNT / 20);
    TEST("nothing is from the future or outlives its end", counts.wrong == 0);
    TEST("the same customer has the same again", same);
}

/* What is beyond its own ids must not be what the next customers have. */
static void test_corporation(void)
{
    struct arena *arena = arena_create();
    const struct demo_customer *large = customer_make(&world, arena, DEMO_CORPORATION);
    const struct demo_customer *next = customer_make(&world, arena, DEMO_CORPORATION + 1);
    int last = large->resources->sim_count - 1;
    TEST("the customer with twelve thousand lines has as many SIM cards", last > 12000);
    TEST("whose numbers are nobody else's",
         str_compare(resources_iccid(large, DEMO_IDS), resources_iccid(next, 999)) > 0 &&
             str_compare(resources_imsi(large, DEMO_IDS), resources_imsi(next, 999)) > 0 &&
             luhn_holds(resources_iccid(large, last)) && resources_imsi(large, last).len == 15);
    arena_destroy(arena);
}

/* ---- stored ---- */

static struct sealed sealed_of(const struct cell *cells)
{
    return (struct sealed){.key = cell_str(&cells[2]),
                           .nonce = cell_str(&cells[3]),
                           .ciphertext = cell_str(&cells[4]),
                           .tag = cell_str(&cells[5])};
}

static void test_codes(const struct vault *vault)
{
    struct rows rows;
    unsigned opened = 0, moved = 0, right = 0;
    if (database_run(migrated->database, migrated->arena,
                     STR("SELECT customer_id, sim_card_id, key_id, nonce, ciphertext, tag\n"
                         "FROM sim_secret WHERE kind = 'PUK1' ORDER BY customer_id, sim_card_id"),
                     NULL, 0, &rows) != STATUS_OK)
        migrated_give_up(database_problem(migrated->database));
    for (uint32_t i = 0; i < rows.count; i++) {
        const struct cell *cells = rows.cells + (size_t)i * rows.width;
        struct sealed sealed = sealed_of(cells);
        int64_t customer_id = cells[0].integer, card = cells[1].integer;
        struct str text = {0};
        struct arena *arena = migrated->arena;
        opened += vault_unseal(&text, arena, vault, &sealed,
                               sim_secret_place(arena, "PUK1", customer_id, card)) == STATUS_OK;
        const struct demo_customer *customer = customer_make(&world, arena, customer_id);
        const struct demo_sim *sim = &customer->resources->sims[card - customer_id * DEMO_IDS - 1];
        right += str_equal(text, str_printf(arena, "%08u", sim->puk1));
        moved += vault_unseal(&text, arena, vault, &sealed,
                              sim_secret_place(arena, "PUK1", customer_id, card + 1)) == STATUS_OK;
    }
    TEST("S1-27 every code opens with the key of the installation",
         rows.count > STORED && opened == rows.count);
    TEST("and is the one that was sealed", right == rows.count);
    TEST("moved to another card's row none opens", moved == 0);
}

static void test_changed(const struct vault *vault)
{
    struct rows rows;
    struct str text;
    migrated_run(migrated, "UPDATE sim_secret AS one JOIN sim_secret AS other\n"
                           "ON other.customer_id = 1 AND other.kind = 'PUK2'\n"
                           "SET one.ciphertext = other.ciphertext, one.tag = other.tag\n"
                           "WHERE one.customer_id = 1 AND one.kind = 'PUK1'");
    if (database_run(migrated->database, migrated->arena,
                     STR("SELECT customer_id, sim_card_id, key_id, nonce, ciphertext, tag\n"
                         "FROM sim_secret WHERE customer_id = 1 AND kind = 'PUK1'"),
                     NULL, 0, &rows) != STATUS_OK)
        migrated_give_up(database_problem(migrated->database));
    struct sealed sealed = sealed_of(rows.cells);
    TEST("a row that somebody changed does not open",
         rows.count == 1 &&
             vault_unseal(&text, migrated->arena, vault, &sealed,
                          sim_secret_place(migrated->arena, "PUK1", 1, rows.cells[1].integer)) ==
                 STATUS_REFUSED);
    struct str problem = {0};
    TEST("and is noticed when it is tried",
         sim_secret_try(migrated->database, migrated->arena, vault, &problem) == STATUS_REFUSED &&
             strstr(str_copy(migrated->arena, problem).at, "does not open") != NULL);
}

static void test_try(const struct vault *vault)
{
    struct str problem = {0};
    const char *elsewhere = str_printf(migrated->arena, "%s/other-keys", scratch_folder).at;
    bool any = false;
    TEST("it is known whether anything is sealed",
         sim_secret_any(migrated->database, migrated->arena, &any) == STATUS_OK && any);
    TEST("with the keys of the installation what is tried opens",
         sim_secret_try(migrated->database, migrated->arena, vault, &problem) == STATUS_OK &&
             problem.len == 0);
    const struct vault *other = vault_open(migrated->arena, elsewhere, &problem);
    TEST("with other keys it is said which one is missing",
         other != NULL &&
             sim_secret_try(migrated->database, migrated->arena, other, &problem) ==
                 STATUS_NOT_FOUND &&
             strstr(str_copy(migrated->arena, problem).at, "needs the key") != NULL);
}

static void test_tokens(const struct vault *vault)
{
    struct arena *arena = migrated->arena;
    unsigned found = 0, tokens = 0;
    for (int64_t ordinal = 1; ordinal <= STORED; ordinal++) {
        const struct demo_customer *customer = customer_make(&world, arena, ordinal);
        for (int i = 0; i < customer->resources->token_count; i++) {
            struct str value = customer->resources->tokens[i].value;
            struct cell parameters[] = {cell_text(access_token_fingerprint(arena, vault, value)),
                                        cell_int(ordinal)};
            struct rows rows;
            tokens++;
            if (database_run(migrated->database, arena,
                             STR("SELECT id FROM access_token WHERE fingerprint = ? AND "
                                 "customer_id = ?"),
                             parameters, 2, &rows) != STATUS_OK)
                migrated_give_up(database_problem(migrated->database));
            found += rows.count == 1;
        }
    }
    TEST("S4-17 every card, tag and login is found by its fingerprint",
         tokens > 3 && found == tokens);
    TEST("however its number is written",
         str_equal(access_token_fingerprint(arena, vault, STR("9999 0000-0001 0007")),
                   access_token_fingerprint(arena, vault, STR("9999000000010007"))) &&
             str_equal(access_token_fingerprint(arena, vault, STR("WLAN-12")),
                       access_token_fingerprint(arena, vault, STR("wlan12"))));
    TEST("S4-17 no value of one is in any column",
         migrated_number(migrated, "SELECT COUNT(*) FROM access_token WHERE CONCAT_WS('|', "
                                   "fingerprint, ending) LIKE '%9999000%'") == 0);
}

static void test_found(void)
{
    TEST("S1-15 each SIM card is found by both of its numbers",
         migrated_number(migrated,
                         "SELECT COUNT(*) FROM sim_card WHERE 2 <> (SELECT COUNT(*) FROM "
                         "customer_search_term WHERE customer_id = sim_card.customer_id AND kind "
                         "= 'SIM' AND term IN (iccid, imsi))") == 0);
    TEST("S4-19 each device by its serial number",
         migrated_number(migrated,
                         "SELECT COUNT(*) FROM device WHERE NOT EXISTS (SELECT 1 FROM "
                         "customer_search_term WHERE customer_id = device.customer_id AND kind = "
                         "'DEVICE' AND term = LOWER(serial_number))") == 0);
}

/* What EXPLAIN says of the one table of a statement: which key it reads, and whether it sorts. */
static bool reads(const char *sql, const char *key)
{
    enum { KEY_COLUMN = 5 };
    struct rows rows;
    struct str explain = str_printf(migrated->arena, "EXPLAIN %s", sql);
    if (database_run(migrated->database, migrated->arena, explain, NULL, 0, &rows) != STATUS_OK ||
        rows.count != 1)
        migrated_give_up(database_problem(migrated->database));
    struct str used = cell_str(&rows.cells[KEY_COLUMN]);
    struct str extra = str_copy(migrated->arena, cell_str(&rows.cells[rows.width - 1]));
    bool fits = str_is(used, key) && strstr(extra.at, "filesort") == NULL;
    if (!fits)
        printf("# key " STR_FMT ", " STR_FMT "\n", STR_ARG(used), STR_ARG(extra));
    return fits;
}

static void test_keys(void)
{
    TEST("S4-17 a token is one step into an index",
         reads("SELECT customer_id FROM access_token WHERE fingerprint = REPEAT('a', 64)",
               "access_token_by_fingerprint"));
    TEST("S1-15 the number of a SIM card is one range of the terms",
         reads("SELECT customer_id FROM customer_search_term WHERE term >= '89999010000000' AND "
               "term < '89999010000001' AND kind = 'SIM'",
               "PRIMARY"));
    TEST("S1-27 SIM cards of a customer come in their order",
         reads("SELECT id FROM sim_card FORCE INDEX (sim_card_in_order) WHERE customer_id = 5 "
               "ORDER BY in_use DESC, product_id DESC, id DESC LIMIT 11",
               "sim_card_in_order"));
    TEST("and those of a line",
         reads("SELECT id FROM sim_card FORCE INDEX (sim_card_of_product) WHERE product_id = 5004 "
               "ORDER BY in_use DESC, id DESC LIMIT 51",
               "sim_card_of_product"));
    TEST("S4-38 so do devices",
         reads("SELECT id FROM device FORCE INDEX (device_in_order) WHERE customer_id = 5 "
               "ORDER BY delivered_on DESC, id DESC LIMIT 11",
               "device_in_order"));
}

static bool stored(const char *sql)
{
    return database_run(migrated->database, migrated->arena, str_of(sql), NULL, 0, NULL) ==
           STATUS_OK;
}

static void test_links(void)
{
    TEST("a card of another customer's line cannot be stored",
         !stored("UPDATE sim_card SET product_id = 4001 WHERE customer_id = 1"));
    TEST("nor one that is in use and blocked",
         !stored("UPDATE sim_card SET status = 'BLOCKED' WHERE customer_id = 1"));
    TEST("nor a second one with the same number",
         !stored("INSERT INTO sim_card (customer_id, product_id, msisdn, iccid, imsi, form, "
                 "status, in_use) SELECT customer_id, product_id, msisdn, iccid, "
                 "'999991234567890', form, 'READY', TRUE "
                 "FROM sim_card "
                 "WHERE customer_id = 1"));
    TEST("nor a code of another customer's card",
         !stored("UPDATE sim_secret SET customer_id = 4 WHERE customer_id = 1"));
    TEST("nor a device of another customer's product",
         !stored("UPDATE device SET product_id = 4001 WHERE customer_id = 2"));
    TEST("nor a telephone that was bought and given back",
         !stored("UPDATE device SET returned_on = delivered_on WHERE owner = 'CUSTOMER'"));
    TEST("nor a token whose value was not made a fingerprint",
         !stored("UPDATE access_token SET fingerprint = '9999000000010007'"));
}

int main(void)
{
    if (sodium_init() < 0)
        return 1;
    world.day = calendar_days(2026, 11, 25);
    test_made();
    test_corporation();
    migrated = migrated_start();
    keys_path = str_printf(migrated->arena, "%s/keys", scratch_folder).at;
    const struct demo_options options = {
        .customers = STORED,
        .seed = world.seed,
        .day = world.day,
        .access_path = str_printf(migrated->arena, "%s/demo-access.json", scratch_folder).at,
        .keys_path = keys_path};
    if (!TEST("they are stored", demo_load(&migrated->chore, &options) == STATUS_OK))
        migrated_give_up(migrated->chore.problem);
    struct str problem = {0};
    const struct vault *vault = vault_open(migrated->arena, keys_path, &problem);
    if (vault == NULL)
        migrated_give_up(problem);
    test_codes(vault);
    test_try(vault);
    test_tokens(vault);
    test_found();
    test_keys();
    test_links();
    test_changed(vault);
    migrated_stop(migrated);
    return test_end();
}

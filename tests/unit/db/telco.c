/* The telco file goes in whole or not at all, its totals are those of its publisher, and twice is
 * once. */
#include "unit/test.h"

#include "db/import/telco.h"
#include "mariadb/calendar.h"
#include "unit/db/migrated.h"

static const char path[] = "tests/data/telco-customers.csv";
static struct migrated *migrated;
static char scratch_file[128];
static int64_t today;
static struct str empty; /* the fingerprint of tables nothing was loaded into */

static enum status import(const char *from)
{
    migrated_forget(migrated);
    return telco_import(&migrated->chore, from, today);
}

static struct str read_original(void)
{
    FILE *file = fopen(path, "r");
    char *text = arena_text(migrated->arena, 2 << 20);
    size_t length = file == NULL ? 0 : fread(text, 1, (2 << 20) - 1, file);
    if (length == 0)
        migrated_give_up(STR("tests/data/telco-customers.csv cannot be read"));
    fclose(file);
    text[length] = 0;
    return (struct str){.at = text, .len = length};
}

static void write_file(struct str before, struct str after)
{
    FILE *file = fopen(scratch_file, "w");
    if (file == NULL || fwrite(before.at, 1, before.len, file) != before.len ||
        fwrite(after.at, 1, after.len, file) != after.len || fclose(file) != 0)
        migrated_give_up(STR("a file cannot be written"));
}

/* The file with the first occurrence of a text replaced. */
static void write_changed(struct str original, const char *old, struct str new)
{
    const char *at = strstr(original.at, old);
    size_t start = (size_t)(at - original.at);
    char *before = arena_text(migrated->arena, start + new.len);
    memcpy(before, original.at, start);
    memcpy(before + start, new.at, new.len);
    write_file((struct str){before, start + new.len}, str_of(at + strlen(old)));
}

static int64_t customers(void)
{
    return migrated_number(migrated, "SELECT COUNT(*) FROM customer");
}

/* Nothing loaded, and the words are said. */
static bool refused(const char *words)
{
    enum status status = import(scratch_file);
    bool says_so = migrated_told(migrated, words);
    bool unchanged = str_equal(empty, migrated_fingerprint(migrated));
    if (status != STATUS_INVALID || !says_so || !unchanged)
        printf("# %s %s# " STR_FMT "\n", status_code(status), migrated->told,
               STR_ARG(migrated->chore.problem));
    return status == STATUS_INVALID && says_so && unchanged;
}

static void test_damaged(struct str original)
{
    write_changed(original, "customerID,gender", STR("customerID,sex"));
    TEST("a file with another header loads nothing",
         refused("line 1: column 2 must be called gender"));
    write_changed(original, "56.95,1889.5", STR("fifty,1889.5"));
    TEST("a file with text in a number loads nothing",
         refused("line 3: MonthlyCharges is \"fifty\", but must be"));
    write_file((struct str){original.at, 100000}, STR(""));
    TEST("a file that is cut in a line loads nothing", refused("instead of 21: is the line cut"));
    write_changed(original, "5575-GNVDE", STR("7590-VHVEG"));
    TEST("a file that names a customer twice loads nothing",
         refused("line 3: customer 7590-VHVEG stands on line 2 already"));
    write_changed(original, "5575-GNVDE", (struct str){"5575\0GNVDE", 10});
    TEST("a file with a NUL byte loads nothing", refused("line 3: there is a NUL byte"));
    write_changed(original, "5575-GNVDE",
                  STR("5575-GNV\xC3"
                      "E"));
    TEST("a file that is not UTF-8 loads nothing", refused("line 3: field 1 is not UTF-8"));
    write_changed(original, "5575-GNVDE", STR("\"5575-GNVDE"));
    TEST("a file with a quote that never ends loads nothing", refused("line 3: "));
    write_file(STR(""), STR(""));
    TEST("an empty file loads nothing", refused("line 1: the file is empty"));
    write_file((struct str){original.at, (size_t)((char *)memchr(original.at, '\n', original.len) -
                                                  original.at + 1)},
               STR(""));
    TEST("a header alone loads nothing", refused("no customer"));
    write_changed(original, "56.95,1889.5", STR("x,y"));
    TEST("only lines with problems are counted",
         refused("line 3: ") && migrated_problem(migrated, "has 1 problem "));
    TEST("a file that is not there is said so", import("/nowhere/at.all") == STATUS_NOT_FOUND);
    TEST("a folder is no file", import("/tmp") == STATUS_INVALID);
}

static void test_long_line(struct str original)
{
    enum { MEGABYTES = 100 };
    FILE *file = fopen(scratch_file, "w");
    char *block = arena_text(migrated->arena, 1 << 20);
    memset(block, '7', 1 << 20);
    const char *line_end = memchr(original.at, '\n', original.len);
    fwrite(original.at, 1, (size_t)(line_end - original.at) + 1, file);
    for (int i = 0; i < MEGABYTES; i++)
        fwrite(block, 1, 1 << 20, file);
    fclose(file);
    TEST("a line of 100 MB loads nothing", refused("line 2: longer than 65536 bytes"));
}

static void test_totals(void)
{
    enum status status = import(path);
    TEST("the file is loaded", status == STATUS_OK);
    TEST("its lines are accounted for",
         migrated_told(migrated, "lines 2 to 7044: 7043 loaded") &&
             migrated_told(migrated, "line 490: 4472-LVYGI has no TotalCharges yet"));
    TEST("7,043 customers", customers() == 7043);
    TEST("6,361 with phone service",
         migrated_number(migrated, "SELECT COUNT(DISTINCT customer_id) FROM product"
                                   " JOIN product_offering ON product_offering.id = offering_id"
                                   " WHERE category = 'VOICE'") == 6361);
    TEST("5,517 with internet service",
         migrated_number(migrated, "SELECT COUNT(DISTINCT customer_id) FROM product"
                                   " JOIN product_offering ON product_offering.id = offering_id"
                                   " WHERE category IN ('BROADBAND', 'FIBRE')") == 5517);
    TEST("1,869 churned",
         migrated_number(migrated, "SELECT COUNT(*) FROM customer WHERE status = 'CLOSED'") ==
             1869);
    TEST(
        "monthly charges of 456,116.60",
        migrated_number(
            migrated,
            "SELECT CAST(SUM(amount_minor) AS SIGNED) FROM product_price WHERE currency = 'USD'") ==
            45611660);
    TEST("total charges of 16,056,168.70 over 7,032 entries",
         migrated_number(migrated, "SELECT CAST(SUM(amount_minor) AS SIGNED) FROM ledger_entry") ==
                 1605616870 &&
             migrated_number(migrated, "SELECT COUNT(*) FROM ledger_entry") == 7032);
    TEST("balances are the ledger's",
         migrated_number(migrated,
                         "SELECT CAST(SUM(balance_minor) AS SIGNED) FROM billing_account") ==
             1605616870);
}

static void test_one_customer(void)
{
    TEST_TEXT(
        "no. 5575-GNVDE is a customer since 34 months",
        migrated_text(
            migrated,
            "SELECT CAST(customer_since AS CHAR) FROM customer WHERE display_name = '5575-GNVDE'"),
        STR("2024-01-10"));
    TEST_TEXT("bound to the end of the third year",
              migrated_text(migrated, "SELECT CAST(binding_until AS CHAR) FROM product JOIN "
                                      "customer ON customer.id = customer_id"
                                      " WHERE display_name = '5575-GNVDE' AND product.parent_id IS NULL"),
              STR("2027-01-09"));
    TEST("with two parts of the main product and all four active",
         migrated_number(migrated,
                         "SELECT COUNT(*) FROM product JOIN customer ON customer.id = customer_id"
                         " WHERE display_name = '5575-GNVDE' AND product.parent_id IS NOT NULL") == 3 &&
             migrated_number(
                 migrated,
                 "SELECT active_product_count FROM customer WHERE display_name = '5575-GNVDE'") ==
                 4);
    TEST("S1-18 what it holds is counted by kind",
         migrated_number(migrated, "SELECT COUNT(*) FROM customer WHERE display_name = '5575-GNVDE'"
                                   " AND (voice_count, broadband_count, fibre_count, tv_count) = "
                                   "(1, 1, 0, 0)") == 1);
    TEST("and is found by the file's id, in any case",
         migrated_number(migrated, "SELECT COUNT(*) FROM customer_search_term WHERE term = "
                                   "'5575-gnvde' AND kind = 'EXTERNAL'") == 1);
}

static void test_again(struct str original)
{
    struct str before = migrated_fingerprint(migrated);
    TEST("loading again is fine",
         import(path) == STATUS_OK &&
             migrated_told(migrated, "0 customers loaded, 7043 were here already"));
    TEST("and changes nothing", str_equal(before, migrated_fingerprint(migrated)));
    write_file(original, STR("0000-NEWER,Male,0,No,No,3,Yes,No,Fiber optic,No,No,No,No,No,No,One "
                             "year,No,Mailed check,70.10,210.30,No\r\n"));
    TEST("a line that is new is added to what is there",
         import(scratch_file) == STATUS_OK && customers() == 7044 &&
             migrated_told(migrated, "line 7045: loaded"));
}

int main(void)
{
    today = calendar_days(2026, 11, 10);
    migrated = migrated_start();
    snprintf(scratch_file, sizeof(scratch_file), "%s/telco.csv", scratch_folder);
    struct str original = read_original();
    empty = migrated_fingerprint(migrated);
    test_damaged(original);
    test_long_line(original);
    test_totals();
    test_one_customer();
    test_again(original);
    migrated_stop(migrated);
    return test_end();
}

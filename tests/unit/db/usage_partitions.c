/* Months of usage events have a partition each, long before they come. */
#include "unit/test.h"

#include "db/dates.h"
#include "db/usage_partitions.h"
#include "unit/db/migrated.h"

static struct migrated *migrated;
static struct chore owner;

static int64_t day_of(const char *date)
{
    struct str sql = str_printf(migrated->arena, "SELECT DATEDIFF('%s', '1970-01-01')", date);
    return migrated_number(migrated, sql.at);
}

static int64_t end(void)
{
    int64_t day = 0;
    if (usage_partitions_end(migrated->database, migrated->arena, &day) != STATUS_OK)
        migrated_give_up(STR("there is no end"));
    return day;
}

static bool make(const char *date)
{
    migrated_forget(migrated);
    return usage_partitions_make(&owner, day_of(date)) == STATUS_OK;
}

static void add_event(const char *id, const char *moment)
{
    migrated_run(migrated,
                 str_printf(migrated->arena,
                            "INSERT INTO usage_event (id, customer_id, usage_period_id, product_id,"
                            " type, started_at, recorded_at, quantity, unit, amount_minor,"
                            " currency, status) VALUES (%s, 1, 1, 1, 'VOICE', '%s', '%s', 1,"
                            " 'SECOND', 0, 'EUR', 'RATED')",
                            id, moment, moment)
                     .at);
}

static int64_t count_in(const char *partition)
{
    return migrated_number(
        migrated,
        str_printf(migrated->arena, "SELECT COUNT(*) FROM usage_event PARTITION (%s)", partition)
            .at);
}

static void test_months(void)
{
    TEST("fresh tables have partitions until the end of 2027", end() == day_of("2028-01-01"));
    TEST("while there are enough none are made",
         make("2026-11-22") && end() == day_of("2028-01-01") && migrated->told_length == 0);
    add_event("1", "2030-05-31 23:59:59.999999");
    add_event("2", "2031-06-01 00:00:00");
    TEST("what is early waits in the last one", count_in("usage_event_later") == 2);
    TEST("they are made for the year that comes",
         make("2030-05-10") && end() == day_of("2031-06-01") && migrated_told(migrated, "2031-05"));
    TEST("none is left out",
         migrated_number(migrated,
                         "SELECT COUNT(*) FROM information_schema.partitions\n"
                         "WHERE table_schema = DATABASE() AND table_name = 'usage_event'") ==
             1 + 30 + 41 + 1);
    TEST("an event moves into the partition of its month", count_in("usage_event_2030_05") == 1);
    TEST("the rest still waits", count_in("usage_event_later") == 1);
    TEST("once more changes nothing", make("2030-05-31") && migrated->told_length == 0);
    TEST("the next month makes one more", make("2030-06-01") && end() == day_of("2031-07-01") &&
                                              count_in("usage_event_2031_06") == 1);
}

int main(void)
{
    struct str problem;
    migrated = migrated_start();
    owner = migrated->chore;
    owner.database = database_open(private_migration(migrated->mariadb), migrated->arena, &problem);
    test_months();
    TEST("who may only change rows is told so",
         usage_partitions_make(&migrated->chore, day_of("2040-01-01")) != STATUS_OK &&
             migrated_problem(migrated, "partitions of usage_event cannot be made"));
    database_close(owner.database);
    migrated_stop(migrated);
    return test_end();
}

/* usage_partitions: the months of usage events, each a partition of its own, made before they come.
 */
#include "db/usage_partitions.h"

#include "base/arena.h"
#include "base/buf.h"
#include "db/chore.h"
#include "db/dates.h"
#include "mariadb/database.h"
#include <time.h>

enum { MONTHS_AHEAD = 12, LOCK_SECONDS = 60 };

/* The greatest bound of a partition that has one. */
static const char end_sql[] =
    "SELECT DATEDIFF(MAX(TRIM(BOTH '''' FROM partition_description)), '1970-01-01')\n"
    "FROM information_schema.partitions\n"
    "WHERE table_schema = DATABASE() AND table_name = 'usage_event'\n"
    "AND partition_description <> 'MAXVALUE'";

static const char lock_sql[] =
    "SELECT GET_LOCK(CONCAT('dossier.usage_partitions.', DATABASE()), ?)";
static const char unlock_sql[] = "DO RELEASE_LOCK(CONCAT('dossier.usage_partitions.', DATABASE()))";

enum status usage_partitions_end(struct database *database, struct arena *arena, int64_t *end)
{
    struct rows rows;
    TRY(database_run(database, arena, str_of(end_sql), NULL, 0, &rows));
    if (rows.count == 0 || rows.cells[0].kind != CELL_INT)
        return STATUS_NOT_FOUND;
    *end = rows.cells[0].integer;
    return STATUS_OK;
}

static struct tm date_of(int64_t day)
{
    struct tm tm;
    time_t moment = (time_t)(day * 86400);
    gmtime_r(&moment, &tm);
    tm.tm_year += 1900;
    tm.tm_mon += 1;
    return tm;
}

/* Names and bounds of partitions cannot be parameters; these are made of numbers only. */
static struct str statement(struct arena *arena, int64_t from, int64_t until)
{
    struct buf sql;
    buf_init(&sql, arena, 1024);
    buf_add(&sql, STR("ALTER TABLE usage_event REORGANIZE PARTITION usage_event_later INTO (\n"));
    for (int64_t month = from; month < until; month = dates_add_months(month, 1)) {
        struct tm first = date_of(month), next = date_of(dates_add_months(month, 1));
        buf_printf(&sql, "  PARTITION usage_event_%04d_%02d VALUES LESS THAN ('%04d-%02d-01'),\n",
                   first.tm_year, first.tm_mon, next.tm_year, next.tm_mon);
    }
    buf_add(&sql, STR("  PARTITION usage_event_later VALUES LESS THAN (MAXVALUE))"));
    return buf_str(&sql);
}

static enum status make(struct chore *chore, int64_t until)
{
    int64_t end;
    TRY(usage_partitions_end(chore->database, chore->arena, &end));
    if (end >= until)
        return STATUS_OK;
    TRY(database_run(chore->database, chore->arena, statement(chore->arena, end, until), NULL, 0,
                     NULL));
    struct tm last = date_of(until - 1);
    chore_tell(chore, "usage events: there are partitions until %04d-%02d", last.tm_year,
               last.tm_mon);
    return STATUS_OK;
}

/* Of several servers that start at once, one makes them. */
enum status usage_partitions_make(struct chore *chore, int64_t day)
{
    struct rows rows;
    struct cell seconds = cell_int(LOCK_SECONDS);
    int64_t until = dates_add_months(dates_first_of_month(day), MONTHS_AHEAD + 1);
    enum status status =
        database_run(chore->database, chore->arena, str_of(lock_sql), &seconds, 1, &rows);
    if (status == STATUS_OK && (rows.cells[0].kind != CELL_INT || rows.cells[0].integer != 1))
        return chore_fail(chore, STATUS_TIMEOUT,
                          "somebody else has been making partitions of usage_event for a minute");
    if (status == STATUS_OK)
        status = make(chore, until);
    if (status != STATUS_OK)
        return chore_database_failed(chore, status, "partitions of usage_event cannot be made");
    return database_run(chore->database, chore->arena, str_of(unlock_sql), NULL, 0, NULL);
}

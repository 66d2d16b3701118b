/* search_sieves: the sieve of each page of terms, which says whether a search has to read the page.
 */
#include "db/search_sieves.h"

#include "base/arena.h"
#include "base/buf.h"
#include "base/cell.h"
#include "db/batch.h"
#include "db/chore.h"
#include "db/search_sieve.h"
#include "mariadb/database.h"
#include <inttypes.h>

enum {
    PAGES_AT_ONCE = 256, /* of one transaction */
    ATTEMPTS = 5,        /* where somebody else changes the same pages */
    PAGES_BETWEEN_TOLD = 100 * PAGES_AT_ONCE,
};

/* Columns of a page: kind, page, terms. */
static void add_sieve(struct batch *batch, const struct cell *page)
{
    struct search_sieve sieve = {0};
    struct cell *row = batch_row(batch);
    search_sieve_add(&sieve, cell_str(&page[2]));
    row[0] = page[0];
    row[1] = page[1];
    for (int i = 0; i < SIEVE_WORDS; i++)
        row[2 + i] = cell_int(sieve.words[i]);
}

static enum status insert(struct database *database, struct arena *arena, const struct rows *pages)
{
    struct buf columns;
    buf_init(&columns, arena, 256);
    buf_add(&columns, STR("kind, page"));
    for (int i = 0; i < SIEVE_WORDS; i++)
        buf_printf(&columns, ", s%d", i);
    buf_add_char(&columns, '\0');
    const struct batch_table table = {.name = "customer_search_sieve", .columns = columns.at};
    struct batch batch;
    batch_init(&batch, &table, arena);
    for (uint32_t i = 0; i < pages->count; i++)
        add_sieve(&batch, pages->cells + (size_t)i * 3);
    return batch_send(&batch, database, NULL);
}

/* ---- of some customers ---- */

/* New customers on new pages have none. To delete is to lock what is read on the way, also rows of
 * others who are adding customers, so it is asked first whether there is anything. */
static enum status delete_of_customers(struct database *database, struct arena *arena,
                                       const char *of_customers, const struct cell *ids)
{
    struct rows found;
    const char *sieves = str_printf(arena,
                                    "%sSTRAIGHT_JOIN customer_search_sieve AS v "
                                    "ON v.kind = c.kind AND v.page = c.page",
                                    of_customers)
                             .at;
    TRY(database_run(database, arena, str_printf(arena, "SELECT 1 %s LIMIT 1", sieves), ids, 2,
                     &found));
    if (found.count == 0)
        return STATUS_OK;
    return database_run(database, arena, str_printf(arena, "DELETE v %s", sieves), ids, 2, NULL);
}

enum status search_sieves_write(struct database *database, struct arena *arena, int64_t first_id,
                                int64_t last_id)
{
    /* Of many pages few are theirs; MariaDB would begin with them all. */
    static const char of_customers[] = "FROM (SELECT DISTINCT kind, page FROM customer_search_term "
                                       "WHERE customer_id BETWEEN ? AND ?) AS c ";
    const struct cell ids[] = {cell_int(first_id), cell_int(last_id)};
    struct rows pages;
    TRY(delete_of_customers(database, arena, of_customers, ids));
    TRY(database_run(database, arena,
                     str_printf(arena,
                                "SELECT g.kind, g.page, g.terms "
                                "%sSTRAIGHT_JOIN customer_search_page AS g "
                                "ON g.kind = c.kind AND g.page = c.page",
                                of_customers),
                     ids, 2, &pages));
    return insert(database, arena, &pages);
}

enum status search_sieves_write_page(struct database *database, struct arena *arena,
                                     const char *kind, int64_t page)
{
    const struct cell parameters[] = {cell_text(str_of(kind)), cell_int(page)};
    struct rows pages;
    TRY(database_run(database, arena,
                     STR("DELETE FROM customer_search_sieve WHERE kind = ? AND page = ?"),
                     parameters, 2, NULL));
    TRY(database_run(
        database, arena,
        STR("SELECT kind, page, terms FROM customer_search_page WHERE kind = ? AND page = ?"),
        parameters, 2, &pages));
    return insert(database, arena, &pages);
}

/* ---- of all that an older release wrote ---- */

struct making {
    struct chore *chore;
    struct arena *arena; /* of one transaction */
    struct str kind;
    int64_t page; /* the last that was looked at */
    int64_t made, told;
};

/* The pages are locked before they are read, so whoever changes one writes its sieve afterwards. */
static enum status replace(struct making *making, int64_t last)
{
    struct database *database = making->chore->database;
    struct rows pages;
    const struct cell range[] = {cell_text(making->kind), cell_int(making->page + 1),
                                 cell_int(last)};
    TRY(database_begin(database));
    TRY(database_run(database, making->arena,
                     STR("SELECT kind, page, terms FROM customer_search_page "
                         "WHERE kind = ? AND page BETWEEN ? AND ? FOR UPDATE"),
                     range, 3, &pages));
    TRY(database_run(database, making->arena,
                     STR("DELETE FROM customer_search_sieve "
                         "WHERE kind = ? AND page BETWEEN ? AND ?"),
                     range, 3, NULL));
    TRY(insert(database, making->arena, &pages));
    TRY(database_commit(database));
    making->made += pages.count;
    return STATUS_OK;
}

static enum status replace_at_last(struct making *making, int64_t last)
{
    enum status status = STATUS_CONFLICT;
    for (int attempt = 0; attempt < ATTEMPTS && status == STATUS_CONFLICT; attempt++) {
        status = replace(making, last);
        if (status != STATUS_OK) {
            (void)chore_database_failed(making->chore, status, "sieves cannot be made anew");
            database_rollback(making->chore->database);
        }
    }
    return status;
}

/* All four-byte bits of a page are set only where nobody has looked at it. */
static struct str next_pages(struct arena *arena)
{
    struct buf sql;
    buf_init(&sql, arena, 1024);
    buf_add(&sql, STR("SELECT MAX(p.page), COUNT(IF(p.bits = ?, 1, NULL)) FROM (SELECT page, "));
    for (int i = SIEVE_WORDS_OF_THREE; i < SIEVE_WORDS; i++)
        buf_printf(&sql, "%ss%d", i == SIEVE_WORDS_OF_THREE ? "" : " & ", i);
    buf_printf(&sql,
               " AS bits FROM customer_search_sieve WHERE kind = ? AND page > ? "
               "ORDER BY page LIMIT %d) AS p",
               PAGES_AT_ONCE);
    return buf_str(&sql);
}

static enum status make_next(struct making *making, bool *more)
{
    const struct cell parameters[] = {cell_int(INT64_MAX), cell_text(making->kind),
                                      cell_int(making->page)};
    struct rows rows;
    enum status status = database_run(making->chore->database, making->arena,
                                      next_pages(making->arena), parameters, 3, &rows);
    if (status != STATUS_OK)
        return chore_database_failed(making->chore, status, "sieves cannot be read");
    *more = rows.cells[0].kind == CELL_INT;
    if (!*more)
        return STATUS_OK;
    if (rows.cells[1].integer > 0)
        TRY(replace_at_last(making, rows.cells[0].integer));
    making->page = rows.cells[0].integer;
    if (making->made - making->told >= PAGES_BETWEEN_TOLD) {
        making->told = making->made;
        chore_tell(making->chore, "%" PRId64 " pages", making->made);
    }
    return STATUS_OK;
}

static enum status make_kind(struct making *making)
{
    bool more = true;
    making->page = INT64_MIN;
    while (more) {
        if (making->chore->asked_to_end != NULL && making->chore->asked_to_end())
            return chore_fail(making->chore, STATUS_REFUSED,
                              "ended after %" PRId64 " pages; the same command goes on",
                              making->made);
        making->arena = arena_create();
        enum status status = make_next(making, &more);
        arena_destroy(making->arena);
        TRY(status);
    }
    return STATUS_OK;
}

enum status search_sieves_make(struct chore *chore)
{
    struct making making = {.chore = chore};
    struct rows kinds;
    enum status status =
        database_run(chore->database, chore->arena,
                     STR("SELECT DISTINCT kind FROM customer_search_sieve"), NULL, 0, &kinds);
    if (status != STATUS_OK)
        return chore_database_failed(chore, status, "sieves cannot be read");
    for (uint32_t i = 0; i < kinds.count; i++) {
        making.kind = cell_str(&kinds.cells[i]);
        TRY(make_kind(&making));
    }
    chore_tell(chore, "%" PRId64 " pages have got new sieves", making.made);
    return STATUS_OK;
}

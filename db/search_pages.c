/* search_pages: the terms of some customers at a time in one text, for what is within a term. */
#include "db/search_pages.h"

#include "base/arena.h"
#include "db/batch.h"
#include "db/search_bits.h"
#include "db/search_sieve.h"
#include "db/search_words.h"
#include "mariadb/database.h"

/* The operator's own customers fill their pages; those of a partner are far between. */
enum { CUSTOMERS_OF_PAGE = 64, CUSTOMERS_OF_PARTNER_PAGE = SEARCH_CUSTOMERS_OF_BLOCK };

_Static_assert(SEARCH_CUSTOMERS_OF_BLOCK % CUSTOMERS_OF_PAGE == 0, "blocks are whole pages");

/* However large the id: customers far apart may share a page, but never those of two partners. */
int64_t search_page(int64_t customer_id, int64_t partner_id)
{
    int64_t customers = partner_id == 0 ? CUSTOMERS_OF_PAGE : CUSTOMERS_OF_PARTNER_PAGE;
    return partner_id * SEARCH_PAGES_OF_PARTNER + customer_id / customers % SEARCH_PAGES_OF_PARTNER;
}

static enum status write_texts(struct database *database, struct arena *arena,
                               const struct cell *ids)
{
    /* A telephone number as it is dialled at home is within the international one, but for the
     * zero. */
    static const char texts[] =
        "REPLACE INTO customer_search_page (page, kind, partner_id, terms) "
        "SELECT s.page, s.kind, NULLIF(s.page DIV 4294967296, 0), "
        "CONCAT('\\n', GROUP_CONCAT(s.term ORDER BY s.customer_id, s.term SEPARATOR '\\n'), '\\n') "
        "FROM (SELECT DISTINCT page FROM customer_search_term WHERE customer_id BETWEEN ? AND ?) "
        "AS c "
        "JOIN customer_search_term AS s ON s.page = c.page "
        "WHERE s.kind NOT IN ('PHONE', 'SERVICE') OR s.term NOT LIKE '0%' "
        "GROUP BY s.page, s.kind";
    return database_run(database, arena, STR(texts), ids, 2, NULL);
}

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

/* New customers on new pages have none. To delete is to lock what is read on the way, also rows of
 * others who are adding customers, so it is asked first whether there is anything. */
static enum status delete_sieves(struct database *database, struct arena *arena,
                                 const char *of_customers, const struct cell *ids)
{
    struct rows found;
    const char *sieves = str_printf(arena,
                                    "%sJOIN customer_search_sieve AS v "
                                    "ON v.kind = c.kind AND v.page = c.page",
                                    of_customers)
                             .at;
    TRY(database_run(database, arena, str_printf(arena, "SELECT 1 %s LIMIT 1", sieves), ids, 2,
                     &found));
    if (found.count == 0)
        return STATUS_OK;
    return database_run(database, arena, str_printf(arena, "DELETE v %s", sieves), ids, 2, NULL);
}

static enum status write_sieves(struct database *database, struct arena *arena,
                                const struct cell *ids)
{
    static const char of_customers[] = "FROM (SELECT DISTINCT kind, page FROM customer_search_term "
                                       "WHERE customer_id BETWEEN ? AND ?) AS c ";
    static const struct batch_table table = {
        .name = "customer_search_sieve",
        .columns = "kind, page, s0, s1, s2, s3, s4, s5, s6, s7, s8, s9, s10, s11, s12, s13, s14,"
                   " s15"};
    struct rows pages;
    struct batch batch;
    TRY(delete_sieves(database, arena, of_customers, ids));
    TRY(database_run(database, arena,
                     str_printf(arena,
                                "SELECT g.kind, g.page, g.terms %sJOIN customer_search_page AS g "
                                "ON g.kind = c.kind AND g.page = c.page",
                                of_customers),
                     ids, 2, &pages));
    batch_init(&batch, &table, arena);
    for (uint32_t i = 0; i < pages.count; i++)
        add_sieve(&batch, pages.cells + (size_t)i * 3);
    return batch_send(&batch, database, NULL);
}

enum status search_pages_write(struct database *database, struct arena *arena, int64_t first_id,
                               int64_t last_id)
{
    const struct cell ids[] = {cell_int(first_id), cell_int(last_id)};
    TRY(write_texts(database, arena, ids));
    TRY(search_bits_write(database, arena, first_id, last_id));
    TRY(search_words_write(database, arena, first_id, last_id));
    return write_sieves(database, arena, ids);
}

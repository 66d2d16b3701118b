/* search_pages: the terms of some customers at a time in one text, for what is within a term. */
#include "db/search_pages.h"

#include "base/arena.h"
#include "db/search_bits.h"
#include "db/search_sieves.h"
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

/* A telephone number as it is dialled at home is within the international one, but for the zero. */
#define TEXTS                                                            \
    "REPLACE INTO customer_search_page (page, kind, partner_id, terms) " \
    "SELECT s.page, s.kind, NULLIF(s.page DIV 4294967296, 0), "          \
    "CONCAT('\\n', GROUP_CONCAT(s.term ORDER BY s.customer_id, s.term SEPARATOR '\\n'), '\\n') "
#define WRITTEN "(s.kind NOT IN ('PHONE', 'SERVICE') OR s.term NOT LIKE '0%') "

static enum status write_texts(struct database *database, struct arena *arena,
                               const struct cell *ids)
{
    /* Of many pages few are theirs; MariaDB would begin with them all. */
    static const char texts[] = TEXTS "FROM (SELECT DISTINCT page FROM customer_search_term "
                                      "WHERE customer_id BETWEEN ? AND ?) AS c "
                                      "STRAIGHT_JOIN customer_search_term AS s ON s.page = c.page "
                                      "WHERE " WRITTEN "GROUP BY s.page, s.kind";
    return database_run(database, arena, STR(texts), ids, 2, NULL);
}

enum status search_pages_write(struct database *database, struct arena *arena, int64_t first_id,
                               int64_t last_id)
{
    const struct cell ids[] = {cell_int(first_id), cell_int(last_id)};
    TRY(write_texts(database, arena, ids));
    TRY(search_bits_write(database, arena, first_id, last_id));
    TRY(search_words_write(database, arena, first_id, last_id));
    return search_sieves_write(database, arena, first_id, last_id);
}

static enum status write_page(struct database *database, struct arena *arena, int64_t page,
                              const char *kind)
{
    static const char text[] =
        TEXTS "FROM customer_search_term AS s "
              "WHERE s.page = ? AND s.kind = ? AND " WRITTEN "GROUP BY s.page, s.kind";
    const struct cell parameters[] = {cell_int(page), cell_text(str_of(kind))};
    TRY(database_run(database, arena, STR(text), parameters, 2, NULL));
    return search_sieves_write_page(database, arena, kind, page);
}

enum status search_pages_write_kinds(struct database *database, struct arena *arena,
                                     int64_t customer_id, int64_t partner_id,
                                     const char *const *kinds)
{
    int64_t page = search_page(customer_id, partner_id);
    bool named = false;
    for (; *kinds != NULL; kinds++) {
        TRY(write_page(database, arena, page, *kinds));
        named |= strcmp(*kinds, "NAME") == 0;
    }
    /* Behind the pages, as above: whoever waits for another one does not hold what that one needs.
     */
    TRY(search_bits_write(database, arena, customer_id, customer_id));
    return named ? search_words_write(database, arena, customer_id, customer_id) : STATUS_OK;
}

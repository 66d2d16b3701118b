/* search_bits: which customers may have terms that begin so, as bits. */
#include "db/search_bits.h"

#include "base/arena.h"
#include "base/buf.h"
#include "base/cell.h"
#include "mariadb/database.h"

/* `customer`: the column with the customer, of whose bits one row for each group is made. Bits of
 * others who change the same number at the same time must stay. */
static struct str insert(struct arena *arena, const char *beginning, const char *customer,
                         const char *from)
{
    struct buf sql;
    buf_init(&sql, arena, 2048);
    buf_add(&sql, STR("INSERT INTO customer_search_bits "
                      "(beginning, block, b0, b1, b2, b3, b4, b5, b6, b7) "));
    buf_printf(&sql, "SELECT %s, %s DIV %d", beginning, customer, SEARCH_CUSTOMERS_OF_BITS);
    for (int word = 0; word < SEARCH_WORDS_OF_BITS; word++)
        buf_printf(&sql, ", BIT_OR(1 << %s %% 64 & -(%s DIV 64 %% %d = %d))", customer, customer,
                   SEARCH_WORDS_OF_BITS, word);
    buf_printf(&sql, " FROM %s GROUP BY 1, 2 ON DUPLICATE KEY UPDATE ", from);
    for (int word = 0; word < SEARCH_WORDS_OF_BITS; word++)
        buf_printf(&sql, "%sb%d = b%d | VALUES(b%d)", word == 0 ? "" : ", ", word, word, word);
    return buf_str(&sql);
}

static enum status write_beginnings(struct database *database, struct arena *arena,
                                    int64_t first_id, int64_t last_id, int characters)
{
    const struct cell parameters[] = {cell_int(characters), cell_int(first_id), cell_int(last_id),
                                      cell_int(characters)};
    struct str sql = insert(arena, "LEFT(term, ?)", "customer_id",
                            "customer_search_term WHERE customer_id BETWEEN ? AND ? "
                            "AND term >= ':' AND CHAR_LENGTH(term) >= ?");
    return database_run(database, arena, sql, parameters, 4, NULL);
}

static enum status write_partners(struct database *database, struct arena *arena, int64_t first_id,
                                  int64_t last_id)
{
    const struct cell parameters[] = {cell_int(first_id), cell_int(last_id)};
    struct str sql = insert(arena, "CONCAT('#', partner_id)", "id",
                            "customer WHERE id BETWEEN ? AND ? AND partner_id IS NOT NULL");
    return database_run(database, arena, sql, parameters, 2, NULL);
}

enum status search_bits_write(struct database *database, struct arena *arena, int64_t first_id,
                              int64_t last_id)
{
    TRY(write_beginnings(database, arena, first_id, last_id, SEARCH_BEGINNING_SHORT));
    TRY(write_beginnings(database, arena, first_id, last_id, SEARCH_BEGINNING_LONG));
    return write_partners(database, arena, first_id, last_id);
}

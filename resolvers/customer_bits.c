/* customer_bits: which customers may have all of several beginnings, in SQL over the bits. */
#include "resolvers/customer_bits.h"

#include "base/arena.h"
#include "db/search_bits.h"

/* What customers have in common, in the word of this number. */
static void add_common(struct buf *sql, uint32_t rows, int word)
{
    for (uint32_t row = 0; row < rows; row++)
        buf_printf(sql, "%sr%u.b%d", row == 0 ? "" : " & ", row, word);
}

static void add_any(struct buf *sql, uint32_t rows)
{
    for (int word = 0; word < SEARCH_WORDS_OF_BITS; word++) {
        buf_add(sql, word == 0 ? STR("(") : STR(" | "));
        add_common(sql, rows, word);
    }
    buf_add(sql, STR(") <> 0"));
}

/* The word that w says, as a number; ELT() would make text of it. */
static struct str common_word(struct arena *arena, uint32_t rows)
{
    struct buf sql;
    buf_init(&sql, arena, 512);
    buf_add(&sql, STR("CASE w.part"));
    for (int word = 0; word < SEARCH_WORDS_OF_BITS; word++) {
        buf_printf(&sql, " WHEN %d THEN ", word);
        add_common(&sql, rows, word);
    }
    buf_add(&sql, STR(" END"));
    return buf_str(&sql);
}

static void add_rows(struct buf *from, struct buf *where, uint32_t rows, bool of_partner)
{
    if (of_partner) {
        buf_add(from, STR("partner AS o JOIN customer_search_bits AS r0"));
        buf_add(where, STR("o.path LIKE CONCAT(?, '%') AND r0.beginning = CONCAT('#', o.id)"));
    }
    for (uint32_t row = of_partner ? 1 : 0; row < rows; row++) {
        buf_printf(from, "%scustomer_search_bits AS r%u", row == 0 ? "" : " JOIN ", row);
        buf_printf(where, "%sr%u.beginning = ?", row == 0 ? "" : " AND ", row);
        if (row > 0)
            buf_printf(where, " AND r%u.block = r0.block", row);
    }
}

struct str customer_bits_join(struct arena *arena, struct buf *from, struct buf *where,
                              uint32_t count, bool of_partner)
{
    uint32_t rows = count + (of_partner ? 1 : 0);
    add_rows(from, where, rows, of_partner);
    buf_add(where, STR(" AND "));
    add_any(where, rows);
    struct str word = common_word(arena, rows);
    struct str byte = str_printf(arena, "(" STR_FMT ") >> y.part * 8 & 255", STR_ARG(word));
    buf_add(from, STR(" JOIN customer_search_part AS w JOIN customer_search_part AS y"
                      " JOIN customer_search_byte AS n"));
    buf_printf(where, " AND " STR_FMT " <> 0 AND " STR_FMT " <> 0 AND n.byte = " STR_FMT,
               STR_ARG(word), STR_ARG(byte), STR_ARG(byte));
    return str_printf(arena, "(r0.block * %d + w.part * 64 + y.part * 8 + n.bit)",
                      SEARCH_CUSTOMERS_OF_BITS);
}

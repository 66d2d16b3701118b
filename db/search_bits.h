/* search_bits: which customers may have terms that begin so, as bits.
 *
 * A row of customer_search_bits has bits of SEARCH_CUSTOMERS_OF_BITS customers, in eight columns b0
 * to b7. search_pages_write() keeps them.
 */
#pragma once

#include "base/status.h"
#include <stdint.h>

struct arena;
struct database;

/* Rows are of terms' first characters, as many as these; partners' of '#' and their number. */
enum {
    SEARCH_BEGINNING_SHORT = 2,
    SEARCH_BEGINNING_LONG = 4,
    SEARCH_WORDS_OF_BITS = 8,
    SEARCH_CUSTOMERS_OF_BITS = 64 * SEARCH_WORDS_OF_BITS,
};

/* Sets the bits of all customers with these ids and those between; none is cleared: what is found
 * by bits is looked for among the terms. */
enum status search_bits_write(struct database *database, struct arena *arena, int64_t first_id,
                              int64_t last_id);

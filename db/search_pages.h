/* search_pages: the terms of some customers at a time in one text, and its sieve, for what is
 * within a term; the bits of customers
 * (db/search_bits.h) and the words of names (db/search_words.h).
 *
 * Whoever adds, changes or removes rows of customer_search_term, or gives a customer to another
 * partner, calls search_pages_write() for those customers in the same transaction, or
 * search_pages_write_kinds() where that is all.
 */
#pragma once

#include "base/status.h"
#include <stdint.h>

struct arena;
struct database;

/* Pages of a partner lie together: the page's number divided by this is the partner. */
static const int64_t SEARCH_PAGES_OF_PARTNER = INT64_C(1) << 32;

/* Customers whose ids divided by this are the same share pages with nobody else. */
enum { SEARCH_CUSTOMERS_OF_BLOCK = 1024 };

/* The page that the terms of a customer are on; partner_id 0: the operator's own. */
int64_t search_page(int64_t customer_id, int64_t partner_id);

/* Writes the pages of all customers with these ids and those between. */
enum status search_pages_write(struct database *database, struct arena *arena, int64_t first_id,
                               int64_t last_id);

/* The same where terms of these kinds alone have changed, of one customer: a corporation has very
 * many of the others. The last kind is followed by NULL; partner_id 0: the operator's own. */
enum status search_pages_write_kinds(struct database *database, struct arena *arena,
                                     int64_t customer_id, int64_t partner_id,
                                     const char *const *kinds);

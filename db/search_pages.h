/* search_pages: the terms of some customers at a time in one text, and its sieve, for what is
 * within a term.
 *
 * Whoever adds, changes or removes rows of customer_search_term, or gives a customer to another
 * partner, calls search_pages_write() for those customers in the same transaction.
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

/* A number of customer_search_beginning has a bit for each of so many customers; its rows are of
 * terms' first characters, as many as these. */
enum {
    SEARCH_CUSTOMERS_OF_BITS = 64,
    SEARCH_BEGINNING_SHORT = 2,
    SEARCH_BEGINNING_LONG = 4,
};

/* The page that the terms of a customer are on; partner_id 0: the operator's own. */
int64_t search_page(int64_t customer_id, int64_t partner_id);

/* Writes the pages of all customers with these ids and those between. */
enum status search_pages_write(struct database *database, struct arena *arena, int64_t first_id,
                               int64_t last_id);

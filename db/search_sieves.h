/* search_sieves: the sieve of each page of terms, which says whether a search has to read the page.
 *
 * search_pages_write() keeps them with the pages.
 */
#pragma once

#include "base/status.h"
#include <stdint.h>

struct arena;
struct chore;
struct database;

/* Those of the pages with terms of the customers with these ids and between, as the pages are. */
enum status search_sieves_write(struct database *database, struct arena *arena, int64_t first_id,
                                int64_t last_id);

/* That of one page, as the page is. */
enum status search_sieves_write_page(struct database *database, struct arena *arena,
                                     const char *kind, int64_t page);

/* Makes those anew of which an older release did not know all bits, a few in each transaction; what
 * is ended goes on where it was. */
enum status search_sieves_make(struct chore *chore);

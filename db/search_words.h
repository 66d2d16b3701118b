/* search_words: the different words of all names, by each three characters in a row of them.
 *
 * Rows of customer_search_gram; search_pages_write() keeps them. Words that nobody has any more may
 * stay: whoever is found by a word is found among the terms.
 */
#pragma once

#include "base/status.h"
#include "base/str.h"
#include <stdint.h>

struct arena;
struct database;

enum { SEARCH_GRAM = 3 }; /* characters */

/* The first `count` characters of a text in UTF-8; empty when there are fewer. */
struct str search_characters(struct str text, uint32_t count);

/* Adds the words of the names of all customers with these ids and those between. */
enum status search_words_write(struct database *database, struct arena *arena, int64_t first_id,
                               int64_t last_id);

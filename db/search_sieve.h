/* search_sieve: which three bytes in a row a text has, in a thousand bits; texts that lack one of a
 * pattern's need not be read. Different ones may share a bit, so what is left is looked at. */
#pragma once

#include "base/str.h"

enum { SIEVE_WORDS = 16, SIEVE_WORD_BITS = 63 };

/* None of the words is negative. */
struct search_sieve {
    int64_t words[SIEVE_WORDS];
};

void search_sieve_add(struct search_sieve *sieve, struct str text);

/* search_sieve: which three and which four bytes in a row a text has, in three thousand bits; texts
 * that lack one of a pattern's need not be read. Different ones may share a bit, so what is left is
 * looked at. */
#pragma once

#include "base/str.h"

/* The first words are of three bytes, which a short pattern has, too; the others of four, of which
 * texts of frequent parts have fewer in common. */
enum {
    SIEVE_WORDS_OF_THREE = 16,
    SIEVE_WORDS_OF_FOUR = 32,
    SIEVE_WORDS = SIEVE_WORDS_OF_THREE + SIEVE_WORDS_OF_FOUR,
    SIEVE_WORD_BITS = 63,
};

/* None of the words is negative. */
struct search_sieve {
    int64_t words[SIEVE_WORDS];
};

void search_sieve_add(struct search_sieve *sieve, struct str text);

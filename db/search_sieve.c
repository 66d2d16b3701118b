/* search_sieve: which three bytes in a row a text has, in a thousand bits. */
#include "db/search_sieve.h"

enum { BITS = SIEVE_WORDS * SIEVE_WORD_BITS };

/* Three digits have a bit of their own. */
static uint32_t bit_of(const unsigned char *at)
{
    return (at[0] * 100u + at[1] * 10u + at[2]) % BITS;
}

void search_sieve_add(struct search_sieve *sieve, struct str text)
{
    for (size_t i = 0; i + 2 < text.len; i++) {
        uint32_t bit = bit_of((const unsigned char *)text.at + i);
        sieve->words[bit / SIEVE_WORD_BITS] |= INT64_C(1) << bit % SIEVE_WORD_BITS;
    }
}

/* search_sieve: which three and which four bytes in a row a text has, in three thousand bits. */
#include "db/search_sieve.h"

/* Three digits have a bit of their own. */
static uint32_t bit_of_three(const unsigned char *at)
{
    return (at[0] * 100u + at[1] * 10u + at[2]) % (SIEVE_WORDS_OF_THREE * SIEVE_WORD_BITS);
}

/* Well mixed: neighbours in a word are far from each other. The numbers are those of MurmurHash3
 * and of the golden ratio. */
static uint32_t bit_of_four(const unsigned char *at)
{
    uint32_t mixed = (uint32_t)at[0] << 24 | (uint32_t)at[1] << 16 | (uint32_t)at[2] << 8 | at[3];
    mixed *= 0x9E3779B1u;
    mixed ^= mixed >> 15;
    mixed *= 0x85EBCA77u;
    return (uint32_t)((uint64_t)mixed * (SIEVE_WORDS_OF_FOUR * SIEVE_WORD_BITS) >> 32);
}

static void set(int64_t *words, uint32_t bit)
{
    words[bit / SIEVE_WORD_BITS] |= INT64_C(1) << bit % SIEVE_WORD_BITS;
}

void search_sieve_add(struct search_sieve *sieve, struct str text)
{
    const unsigned char *bytes = (const unsigned char *)text.at;
    for (size_t i = 0; i + 2 < text.len; i++)
        set(sieve->words, bit_of_three(bytes + i));
    for (size_t i = 0; i + 3 < text.len; i++)
        set(sieve->words + SIEVE_WORDS_OF_THREE, bit_of_four(bytes + i));
}

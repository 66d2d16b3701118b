/* Sieves let through every text that has the pattern, and few of the others. */
#include "unit/test.h"

#include "db/search_sieve.h"
#include <stdio.h>

static struct search_sieve sieve_of(const char *text)
{
    struct search_sieve sieve = {0};
    search_sieve_add(&sieve, str_of(text));
    return sieve;
}

static bool lets_through(const struct search_sieve *page, const struct search_sieve *pattern)
{
    for (int i = 0; i < SIEVE_WORDS; i++) {
        if ((page->words[i] & pattern->words[i]) != pattern->words[i])
            return false;
    }
    return true;
}

static void test_what_is_there(void)
{
    const char text[] =
        "\nmuller\nm\xC3\xBCller.ann\xE4\xB8\xAD\xE6\x9D\x91@mail.example\n4915112345\n";
    struct search_sieve page = sieve_of(text);
    bool all = true;
    for (size_t from = 0; from < sizeof(text) - 1; from++) {
        for (size_t len = 1; from + len < sizeof(text); len++) {
            struct search_sieve pattern = {0};
            search_sieve_add(&pattern, (struct str){.at = text + from, .len = len});
            all = all && lets_through(&page, &pattern);
        }
    }
    TEST("every part of a text is let through, in any script", all);
}

static void test_what_is_not(void)
{
    struct search_sieve page = sieve_of("\nmuller\nanna\nbergmann\n");
    struct search_sieve absent = sieve_of("qqqxyz"), end = sieve_of("mann\n"),
                        front = sieve_of("\nmann");
    TEST("what is not there is held back", !lets_through(&page, &absent));
    TEST("an ending is told from a beginning",
         lets_through(&page, &end) && !lets_through(&page, &front));
}

static int bits_of(const struct search_sieve *sieve, int first, int count)
{
    int bits = 0;
    for (int i = first; i < first + count; i++)
        bits += __builtin_popcountll((unsigned long long)sieve->words[i]);
    return bits;
}

/* Each three bytes in a row of both patterns are on the page, not each four. */
static void test_frequent_parts(void)
{
    struct search_sieve page = sieve_of("\nmuller\nhera\nkran\nhanna\nhanne\nwerner\nhermes\nmeier\n");
    struct search_sieve absent = sieve_of("mullerann"), across = sieve_of("annermei"),
                        there = sieve_of("hermes");
    TEST("of frequent parts that nobody has one after the other pages are held back",
         !lets_through(&page, &absent) && !lets_through(&page, &across) &&
             lets_through(&page, &there));
}

static void test_mixing(void)
{
    struct search_sieve page = {0};
    for (int i = 0; i < 500; i++) {
        char digits[16];
        snprintf(digits, sizeof(digits), "%04d", i * 19);
        search_sieve_add(&page, str_of(digits));
    }
    TEST("of five hundred neighbours few share a bit of four",
         bits_of(&page, SIEVE_WORDS_OF_THREE, SIEVE_WORDS_OF_FOUR) > 400);
}

static void test_digits(void)
{
    struct search_sieve all = {0};
    for (int i = 0; i < 1000; i++) {
        char digits[16];
        snprintf(digits, sizeof(digits), "%03d", i);
        search_sieve_add(&all, str_of(digits));
    }
    TEST("three digits have a bit of their own", bits_of(&all, 0, SIEVE_WORDS_OF_THREE) == 1000);
}

static void test_words(void)
{
    struct search_sieve page = {0};
    for (int a = 1; a < 256; a++) {
        for (int b = 1; b < 256; b++) {
            const char bytes[] = {(char)a, (char)b, (char)(a ^ b), (char)(a + b)};
            search_sieve_add(&page, (struct str){.at = bytes, .len = 4});
        }
    }
    bool positive = true;
    for (int i = 0; i < SIEVE_WORDS; i++)
        positive = positive && page.words[i] >= 0;
    TEST("no word is negative, which MariaDB would compare otherwise", positive);
}

int main(void)
{
    test_what_is_there();
    test_what_is_not();
    test_frequent_parts();
    test_mixing();
    test_digits();
    test_words();
    return test_end();
}

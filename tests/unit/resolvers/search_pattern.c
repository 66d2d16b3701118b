/* search_pattern: what is typed into a field, as it is compared. */
#include "resolvers/search_pattern.h"

#include "base/arena.h"
#include "db/search_pages.h"
#include "unit/test.h"

static struct arena *arena;
static struct search_pattern patterns[SEARCH_WORDS_LIMIT];
static uint32_t count;
static struct str problem;

static bool like(const char *value, bool is_name)
{
    return search_patterns(arena, str_of(value), true, is_name, patterns, &count, &problem) ==
           STATUS_OK;
}

static bool is(uint32_t i, enum search_form form, const char *text)
{
    return i < count && patterns[i].form == form && str_is(patterns[i].text, text);
}

static void test_forms(void)
{
    TEST("S4-11 x% begins", like("Müll%", true) && count == 1 && is(0, SEARCH_BEGINS, "mull"));
    TEST("S4-11 x alone begins", like("mull", true) && is(0, SEARCH_BEGINS, "mull"));
    TEST("S4-11 %x ends", like("%ller", true) && is(0, SEARCH_ENDS, "ller"));
    TEST("S4-11 %x% contains", like("%lle%", true) && is(0, SEARCH_CONTAINS, "lle"));
    TEST("S4-10 equal takes percent signs as they are",
         search_patterns(arena, STR("%x%"), false, false, patterns, &count, &problem) ==
                 STATUS_OK &&
             is(0, SEARCH_EQUAL, "%x%"));
    TEST("a percent sign within is itself", like("%a%b%", false) && is(0, SEARCH_CONTAINS, "a%b"));
    TEST("S4-11 of two words the first may end and the last may be open",
         like("%nna mül%", true) && count == 2 && is(0, SEARCH_ENDS, "nna") &&
             is(1, SEARCH_BEGINS, "mul"));
}

static void test_values(void)
{
    TEST("S4-13 a telephone number loses what is between its digits",
         like("+49 (170) 12-34", false) && is(0, SEARCH_BEGINS, "491701234"));
    TEST("S4-13 an international prefix is left out",
         like("0049 170", false) && is(0, SEARCH_BEGINS, "49170"));
    TEST("an apostrophe joins", like("O'Brien", true) && is(0, SEARCH_BEGINS, "obrien"));
    TEST("S4-11 two characters after a % are refused", !like("%ab", false) && problem.len > 0);
    TEST("three characters are counted, not bytes", like("%äöü", true));
    TEST("one character of a beginning is refused", !like("a", false));
    TEST("nothing is refused", !like(" %% ", false) && !like("", true) && !like("--", true));
    char longest[SEARCH_BYTES_LIMIT + 2];
    memset(longest, 'a', sizeof(longest));
    longest[sizeof(longest) - 1] = '\0';
    TEST("201 bytes are refused", !like(longest, false));
    TEST("a pattern escapes what LIKE would read",
         str_is(search_like(arena, "%", STR("5%_!"), ""), "%5!%!_!!"));
}

static void test_pages(void)
{
    TEST("neighbours share a page", search_page(64, 0) == search_page(127, 0));
    TEST("the next page is another", search_page(128, 0) != search_page(127, 0));
    TEST("a page says whose it is", search_page(5000, 7) / SEARCH_PAGES_OF_PARTNER == 7 &&
                                        search_page(5000, 0) / SEARCH_PAGES_OF_PARTNER == 0);
    TEST("a page says whose it is, however large the id",
         search_page(INT64_MAX, 7) / SEARCH_PAGES_OF_PARTNER == 7 &&
             search_page(INT64_MAX, 0) / SEARCH_PAGES_OF_PARTNER == 0);
}

int main(void)
{
    arena = arena_create();
    test_forms();
    test_values();
    test_pages();
    arena_destroy(arena);
    return test_end();
}

/* What a customer can be found by. */
#include "unit/test.h"

#include "base/arena.h"
#include "db/search_terms.h"

static struct arena *arena;
static struct search_terms terms;

static bool has(const char *term, const char *kind)
{
    for (uint32_t i = 0; i < terms.count; i++) {
        if (str_is(terms.items[i].term, term) && strcmp(terms.items[i].kind, kind) == 0)
            return true;
    }
    return false;
}

static void name(const char *text)
{
    search_terms_init(&terms, arena);
    search_terms_add_name(&terms, str_of(text));
}

static void telephone(const char *e164)
{
    search_terms_init(&terms, arena);
    search_terms_add_telephone(&terms, str_of(e164), "PHONE");
}

int main(void)
{
    arena = arena_create();
    name("Käthe Müller-Lüdenscheidt");
    TEST("every word of a name is a term",
         has("kathe", "NAME") && has("muller", "NAME") && has("ludenscheidt", "NAME"));
    TEST("and as Germans write it without umlauts",
         has("kaethe", "NAME") && has("mueller", "NAME") && has("luedenscheidt", "NAME"));
    TEST("each once", terms.count == 6);
    name("Anna Anna");
    TEST("a word that comes twice is one term", terms.count == 1);
    name("Aoife O'Brien");
    TEST("O'Brien is found as obrien and as brien",
         has("obrien", "NAME") && has("brien", "NAME") && terms.count == 3);
    name("D\u2019Angelo");
    TEST("whatever the apostrophe",
         has("dangelo", "NAME") && has("angelo", "NAME") && terms.count == 2);
    name("<script>alert(1)</script> & Söhne");
    TEST("signs are no terms", has("script", "NAME") && has("alert", "NAME") &&
                                   has("sohne", "NAME") && !has("<script>", "NAME"));
    telephone("+491993920042");
    TEST("a German number is found with the country code and as it is dialled at home",
         has("491993920042", "PHONE") && has("01993920042", "PHONE") && terms.count == 2);
    telephone("+12025550123");
    TEST("an American number has no trunk prefix",
         has("12025550123", "PHONE") && has("2025550123", "PHONE"));
    telephone("+99912345678");
    TEST("a number of an unknown country is found with its code",
         has("99912345678", "PHONE") && terms.count == 1);
    search_terms_init(&terms, arena);
    search_terms_add_whole(&terms, STR("Anna.MÜLLER@example.org"), "EMAIL");
    TEST("an e-mail address is one term, folded",
         has("anna.muller@example.org", "EMAIL") && terms.count == 1);
    search_terms_init(&terms, arena);
    for (int i = 0; i < 3; i++) {
        search_terms_add_whole(&terms, STR("4711"), "ORDER");
        search_terms_add_whole(&terms, STR("4711"), "TICKET");
        search_terms_add_whole(&terms, STR("4711"), "SIM");
    }
    TEST("a number that several things have is a term of each of their kinds, once",
         terms.count == 3 && has("4711", "ORDER") && has("4711", "TICKET") && has("4711", "SIM"));
    char longest[300];
    memset(longest, 'a', sizeof(longest));
    memcpy(longest + 99, "\xD1\x8F", 2); /* a letter of two bytes across the limit */
    search_terms_init(&terms, arena);
    search_terms_add_whole(&terms, (struct str){longest, sizeof(longest)}, "EXTERNAL");
    TEST("a term that is too long is cut between letters",
         terms.count == 1 && terms.items[0].term.len == 99);
    arena_destroy(arena);
    return test_end();
}

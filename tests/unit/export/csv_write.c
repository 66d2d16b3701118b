/* Cells keep what they say, in any spreadsheet, and are never calculated. */
#include "export/csv_write.h"

#include "base/arena.h"
#include "base/buf.h"
#include "base/currency.h"
#include "unit/test.h"

static struct arena *arena;

static struct str cell(const char *text)
{
    struct buf out;
    buf_init(&out, arena, 16);
    csv_write_cell(&out, str_of(text));
    return buf_str(&out);
}

static struct str amount(const char *minor, const char *currency)
{
    struct buf out;
    buf_init(&out, arena, 16);
    currency_write(&out, str_of(minor), str_of(currency));
    return buf_str(&out);
}

static void test_quotes(void)
{
    TEST_TEXT("a word is a word", cell("Kiel"), STR("Kiel"));
    TEST_TEXT("nothing is nothing", cell(""), STR(""));
    TEST_TEXT("a comma is in quotes", cell("Kiel, Hafen"), STR("\"Kiel, Hafen\""));
    TEST_TEXT("so is a semicolon, which some spreadsheets divide by", cell("a;b"), STR("\"a;b\""));
    TEST_TEXT("so are lines", cell("a\r\nb"), STR("\"a\r\nb\""));
    TEST_TEXT("a quote is said twice", cell("\"Anker\""), STR("\"\"\"Anker\"\"\""));
    TEST_TEXT("spaces at an end stay", cell(" a"), STR("\" a\""));
}

static void test_formulas(void)
{
    TEST_TEXT("an equals sign is no formula", cell("=1+1"), STR("'=1+1"));
    TEST_TEXT("nor in quotes", cell("=HYPERLINK(\"x\")"), STR("\"'=HYPERLINK(\"\"x\"\")\""));
    TEST_TEXT("nor behind a space", cell(" =1"), STR("\"' =1\""));
    TEST_TEXT("a plus sign is none", cell("+4930123"), STR("'+4930123"));
    TEST_TEXT("a minus sign before words is none", cell("-cmd|x"), STR("'-cmd|x"));
    TEST_TEXT("an at sign is none", cell("@SUM(A1)"), STR("'@SUM(A1)"));
    TEST_TEXT("a tab is none", cell("\t=1"), STR("\"'\t=1\""));
    TEST_TEXT("a line's end is none", cell("\r=1"), STR("\"'\r=1\""));
    TEST_TEXT("the wide equals sign is none", cell("＝1"), STR("'＝1"));
    TEST_TEXT("numbers stay numbers", cell("-12.50"), STR("-12.50"));
    TEST_TEXT("what only begins like one does not", cell("-1.2.3"), STR("'-1.2.3"));
    TEST_TEXT("nor does one without digits", cell("-"), STR("'-"));
    TEST_TEXT("nor what ends in a point", cell("-1."), STR("'-1."));
}

static void test_amounts(void)
{
    TEST_TEXT("cents are behind the point", amount("1250", "EUR"), STR("12.50"));
    TEST_TEXT("few cents have zeros before them", amount("-5", "EUR"), STR("-0.05"));
    TEST_TEXT("nothing is zero", amount("0", "EUR"), STR("0.00"));
    TEST_TEXT("yen have no part", amount("-1250", "JPY"), STR("-1250"));
    TEST_TEXT("dinars have a thousand", amount("1250", "KWD"), STR("1.250"));
    TEST_TEXT("amounts of any size are exact", amount("9223372036854775807", "EUR"),
              STR("92233720368547758.07"));
}

int main(void)
{
    arena = arena_create();
    test_quotes();
    test_formulas();
    test_amounts();
    arena_destroy(arena);
    return test_end();
}

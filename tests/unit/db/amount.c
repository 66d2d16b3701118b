/* Amounts are read to the cent or not at all. */
#include "unit/test.h"

#include "db/import/amount.h"

static bool is(const char *text, int64_t minor)
{
    int64_t read = -1;
    return amount_parse(str_of(text), &read) && read == minor;
}

static bool refused(const char *text)
{
    int64_t read;
    return !amount_parse(str_of(text), &read);
}

int main(void)
{
    TEST("two decimals are cents", is("29.85", 2985));
    TEST("one decimal is tenths", is("1889.5", 188950));
    TEST("no decimals are whole units", is("20", 2000));
    TEST("nothing is lost where a double would lose it", is("90071992547409.93", 9007199254740993));
    TEST("the largest amount has fifteen digits", is("999999999999999.99", 99999999999999999));
    TEST("sixteen digits are refused", refused("1000000000000000"));
    TEST("zero is an amount", is("0", 0) && is("0.00", 0));
    TEST("leading zeros are allowed", is("007.10", 710));
    TEST("a third decimal is refused, not rounded", refused("1.005"));
    TEST("a point needs digits on both sides", refused("1.") && refused(".5") && refused("."));
    TEST("nothing is no amount", refused("") && refused(" "));
    TEST("signs, blanks, exponents and separators are refused",
         refused("-1") && refused("+1") && refused(" 1") && refused("1 ") && refused("1e3") &&
             refused("1,000.00") && refused("1,5") && refused("0x10") && refused("NaN"));
    TEST("two points are refused", refused("1.2.3"));
    return test_end();
}

/* currency: amounts in whole minor units as decimal numbers. */
#include "base/currency.h"

#include "base/buf.h"

/* Currencies whose minor unit is not a hundredth. */
static const struct {
    const char code[4];
    unsigned digits;
} unusual[] = {
    {"BIF", 0}, {"CLP", 0}, {"DJF", 0}, {"GNF", 0}, {"ISK", 0}, {"JPY", 0}, {"KMF", 0},
    {"KRW", 0}, {"PYG", 0}, {"RWF", 0}, {"UGX", 0}, {"UYI", 0}, {"VND", 0}, {"VUV", 0},
    {"XAF", 0}, {"XOF", 0}, {"XPF", 0}, {"BHD", 3}, {"IQD", 3}, {"JOD", 3}, {"KWD", 3},
    {"LYD", 3}, {"OMR", 3}, {"TND", 3}, {"CLF", 4}, {"UYW", 4},
};

static size_t digits_of(struct str currency)
{
    for (size_t i = 0; i < sizeof(unusual) / sizeof(unusual[0]); i++)
        if (str_is(currency, unusual[i].code))
            return unusual[i].digits;
    return 2;
}

void currency_write(struct buf *out, struct str minor, struct str currency)
{
    size_t digits = digits_of(currency);
    if (minor.len > 0 && minor.at[0] == '-') {
        buf_add_char(out, '-');
        minor = (struct str){.at = minor.at + 1, .len = minor.len - 1};
    }
    size_t whole = minor.len > digits ? minor.len - digits : 0;
    buf_add(out, whole == 0 ? STR("0") : (struct str){.at = minor.at, .len = whole});
    if (digits == 0)
        return;
    buf_add_char(out, '.');
    for (size_t missing = digits; missing > minor.len - whole; missing--)
        buf_add_char(out, '0');
    buf_add(out, (struct str){.at = minor.at + whole, .len = minor.len - whole});
}

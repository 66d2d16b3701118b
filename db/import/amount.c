/* amount: from decimal text to minor units without a float on the way. */
#include "amount.h"

enum { DIGITS_LIMIT = 15 };

static size_t take_digits(struct str *text, int64_t *value)
{
    size_t count = 0;
    while (text->len > 0 && text->at[0] >= '0' && text->at[0] <= '9' && count <= DIGITS_LIMIT) {
        *value = *value * 10 + (text->at[0] - '0');
        text->at++;
        text->len--;
        count++;
    }
    return count;
}

bool amount_parse(struct str text, int64_t *minor)
{
    int64_t value = 0;
    size_t digits = take_digits(&text, &value);
    if (digits == 0 || digits > DIGITS_LIMIT)
        return false;
    size_t decimals = 0;
    if (text.len > 0) {
        if (text.at[0] != '.')
            return false;
        text.at++;
        text.len--;
        decimals = take_digits(&text, &value);
        if (decimals == 0 || decimals > 2 || text.len > 0)
            return false;
    }
    for (; decimals < 2; decimals++)
        value *= 10;
    *minor = value;
    return true;
}

/* telephone: from a customer's rank and the count of its lines to a number, one to one. */
#include "telephone.h"

#include "base/arena.h"
#include <assert.h>

enum {
    FIXED_PER_CUSTOMER = 2,
    CORPORATION_FIRST = 90000000, /* more than the ranks of a million customers come to */
    CORPORATION_LINES = 10000000,
};

/* clang-format off */
static const struct {
    int mobiles_per_customer;
    const char *mobile_kept_free; /* before four or five digits */
    int mobile_digits;
    int64_t mobile_count;
    const char *beyond;
    int beyond_digits;
} ranges[] = {
    [DEMO_GERMAN]  = {64, "",         0, 0,      "+49199",  8},
    [DEMO_ENGLISH] = {64, "+3532091", 5, 100000, "+353200", 8},
    [DEMO_FRENCH]  = {32, "+3363998", 4, 10000,  "+337000", 7},
};

/* Towns and regions with the digits that follow. */
static const struct {
    const char *prefixes[5];
    int prefix_count, digits;
    int64_t count;
} fixed_ranges[] = {
    [DEMO_GERMAN]  = {{"+493023125", "+496990009", "+494066969", "+492214710", "+498999998"}, 5, 3, 1000},
    [DEMO_ENGLISH] = {{NULL}, 0, 0, 1}, /* Irish numbers kept free are neither mobile nor fixed */
    [DEMO_FRENCH]  = {{"+3319900", "+3326191", "+3335301", "+3346571", "+3353649"}, 5, 4, 10000},
};
/* clang-format on */

/* Permutes 0 … 10^digits - 1, so that neighbours do not look like ones. */
static int64_t scatter(int64_t index, int digits)
{
    int64_t size = 1;
    for (int i = 0; i < digits; i++)
        size *= 10;
    assert(index < size);
    const int64_t factor = 7368787; /* ends in 7: no common divisor with a power of ten */
    return (int64_t)((unsigned __int128)index * factor % (uint64_t)size);
}

static struct str number(struct demo_customer *customer, const char *prefix, int64_t index,
                         int digits)
{
    return str_printf(customer->arena, "%s%0*lld", prefix, digits,
                      (long long)scatter(index, digits));
}

/* Slots above the mobile lines' own are for fixed lines beyond those kept free. */
static struct str by_slot(struct demo_customer *customer, int slot)
{
    int per_customer = ranges[customer->language].mobiles_per_customer;
    assert(slot < per_customer);
    int64_t index = (int64_t)customer->language_rank * per_customer + slot;
    if (index < ranges[customer->language].mobile_count)
        return number(customer, ranges[customer->language].mobile_kept_free, index,
                      ranges[customer->language].mobile_digits);
    return number(customer, ranges[customer->language].beyond, index,
                  ranges[customer->language].beyond_digits);
}

struct str telephone_mobile(struct demo_customer *customer)
{
    if (customer->ordinal == DEMO_CORPORATION) {
        assert(customer->mobile_lines < CORPORATION_LINES);
        return number(customer, ranges[DEMO_GERMAN].beyond,
                      CORPORATION_FIRST + (int64_t)customer->mobile_lines++,
                      ranges[DEMO_GERMAN].beyond_digits);
    }
    assert(customer->mobile_lines <
           ranges[customer->language].mobiles_per_customer - FIXED_PER_CUSTOMER);
    return by_slot(customer, customer->mobile_lines++);
}

struct str telephone_fixed(struct demo_customer *customer)
{
    assert(customer->fixed_lines < FIXED_PER_CUSTOMER);
    int64_t index = (int64_t)customer->language_rank * FIXED_PER_CUSTOMER + customer->fixed_lines++;
    int64_t count = fixed_ranges[customer->language].count;
    int64_t range = index / count;
    if (range >= fixed_ranges[customer->language].prefix_count)
        return by_slot(customer,
                       ranges[customer->language].mobiles_per_customer - customer->fixed_lines);
    return number(customer, fixed_ranges[customer->language].prefixes[range], index % count,
                  fixed_ranges[customer->language].digits);
}

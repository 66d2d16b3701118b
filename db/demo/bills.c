/* bills: each is the sum of its lines, taxes included. */
#include "bills.h"

#include "catalogue.h"
#include "db/dates.h"
#include <assert.h>

enum { DUE_DAYS = 14, TAX_PERCENT = 19 };

static bool is_charged(const struct demo_customer *customer, int product, int account,
                       int64_t month)
{
    const struct demo_product *each = &customer->products[product];
    bool in_use = strcmp(each->status, "ACTIVE") == 0 || strcmp(each->status, "SUSPENDED") == 0 ||
                  strcmp(each->status, "TERMINATED") == 0 ||
                  strcmp(each->status, "PENDING_TERMINATE") == 0;
    bool ended =
        each->termination_date != 0 && each->termination_date < dates_add_months(month, 1) - 1;
    return in_use && !each->included && each->account == account && each->start_date <= month &&
           !ended;
}

int64_t bills_monthly_sum(const struct demo_customer *customer, int account, int64_t month)
{
    int64_t sum = 0;
    for (int i = 0; i < customer->product_count; i++) {
        if (is_charged(customer, i, account, month))
            sum += catalogue[customer->products[i].offering].monthly_minor;
    }
    return sum;
}

/* What a gross amount contains, rounded to the nearest. */
static int64_t tax_in(int64_t amount_minor)
{
    int64_t whole = 100 + TAX_PERCENT;
    return (2 * amount_minor * TAX_PERCENT + whole) / (2 * whole);
}

/* The next line of the newest bill. */
static void add_line(struct demo_customer *customer, const char *kind, int product,
                     int64_t amount_minor)
{
    assert(customer->line_count < customer->line_capacity);
    struct demo_bill *bill = &customer->bills[customer->bill_count - 1];
    int64_t tax_minor = tax_in(amount_minor);
    customer->lines[customer->line_count++] = (struct demo_line){
        .bill = customer->bill_count - 1,
        .position = ++bill->line_count,
        .kind = kind,
        .product = product,
        .amount_minor = amount_minor,
        .tax_minor = tax_minor,
    };
    bill->amount_minor += amount_minor;
    bill->tax_minor += tax_minor;
    bill->remaining_minor += amount_minor;
}

/* What was used most likely: the first line that one can call or surf with. */
static int product_used(const struct demo_customer *customer, int account, int64_t month)
{
    int first = DEMO_NONE;
    for (int i = 0; i < customer->product_count; i++) {
        const char *category = catalogue[customer->products[i].offering].offering.category;
        if (!is_charged(customer, i, account, month))
            continue;
        if (strcmp(category, "MOBILE") == 0 || strcmp(category, "VOICE") == 0)
            return i;
        first = first == DEMO_NONE ? i : first;
    }
    return first;
}

int bills_add(struct demo_customer *customer, int account, int64_t month, int64_t used_minor)
{
    if (bills_monthly_sum(customer, account, month) == 0)
        return DEMO_NONE;
    assert(customer->bill_count < DEMO_BILLS);
    int place = 1, position = customer->bill_count++;
    for (int i = 0; i < position; i++)
        place += customer->bills[i].account == account;
    int64_t billed = dates_add_months(month, 1);
    customer->bills[position] = (struct demo_bill){.account = account,
                                                   .place = place,
                                                   .period_from = month,
                                                   .period_until = billed - 1,
                                                   .bill_date = billed,
                                                   .due_date = billed + DUE_DAYS};
    for (int i = 0; i < customer->product_count; i++) {
        int64_t monthly = catalogue[customer->products[i].offering].monthly_minor;
        if (monthly != 0 && is_charged(customer, i, account, month))
            add_line(customer, "RECURRING", i, monthly);
    }
    if (used_minor > 0)
        add_line(customer, "USAGE", product_used(customer, account, month), used_minor);
    return position;
}

void bills_pay(struct demo_customer *customer, int bill, int64_t amount_minor)
{
    assert(amount_minor <= customer->bills[bill].remaining_minor);
    customer->bills[bill].remaining_minor -= amount_minor;
}

int64_t bills_remaining(const struct demo_customer *customer, int account, int64_t overdue_on,
                        int *count)
{
    int64_t remaining = 0;
    *count = 0;
    for (int i = 0; i < customer->bill_count; i++) {
        const struct demo_bill *bill = &customer->bills[i];
        bool asked = overdue_on == 0 || bill->due_date < overdue_on;
        if (bill->account != account || bill->remaining_minor == 0 || !asked)
            continue;
        remaining += bill->remaining_minor;
        ++*count;
    }
    return remaining;
}

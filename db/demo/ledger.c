/* ledger: bills add up what products cost in a month; credit is bought before it is used. */
#include "ledger.h"

#include "base/arena.h"
#include "catalogue.h"
#include "db/dates.h"
#include "mariadb/calendar.h"
#include "purpose.h"
#include "random.h"

enum { MONTHS_KEPT = 12, REMINDER_FEE_MINOR = 500, DEBIT_DAYS = 9, REMINDER_DAYS = 20 };

static int64_t moment(int64_t day, int hour)
{
    return dates_midnight(day) + (int64_t)hour * 3600 * 1000000;
}

static struct str month_name(struct demo_customer *customer, int64_t day)
{
    int year;
    unsigned month, of_month;
    calendar_date(day, &year, &month, &of_month);
    return str_printf(customer->arena, "%04d-%02u", year, month);
}

/* What the account's products cost in the month that begins on this day: whole months only. */
static int64_t monthly_sum(const struct demo_customer *customer, int account, int64_t month)
{
    int64_t sum = 0;
    for (int i = 0; i < customer->product_count; i++) {
        const struct demo_product *product = &customer->products[i];
        bool in_use = strcmp(product->status, "ACTIVE") == 0 ||
                      strcmp(product->status, "SUSPENDED") == 0 ||
                      strcmp(product->status, "TERMINATED") == 0 ||
                      strcmp(product->status, "PENDING_TERMINATE") == 0;
        bool ended = product->termination_date != 0 &&
                     product->termination_date < dates_add_months(month, 1) - 1;
        if (in_use && !product->included && product->account == account &&
            product->start_date <= month && !ended)
            sum += catalogue[product->offering].monthly_minor;
    }
    return sum;
}

static struct random random_for(const struct demo_customer *customer, int account)
{
    return random_of(customer->world->seed, (uint64_t)customer->ordinal,
                     PURPOSE_LEDGER + ((uint64_t)account << 32));
}

void ledger_bill(struct demo_customer *customer, int account, int months, int unpaid)
{
    struct random random = random_for(customer, account);
    int64_t today = customer->world->day, this_month = dates_first_of_month(today);
    bool debited = random_permille(&random, 750);
    int64_t pays_after = debited ? DEBIT_DAYS : random_between(&random, 12, 26);
    for (int ago = months; ago >= 1; ago--) {
        int64_t month = dates_add_months(this_month, -ago), billed = dates_add_months(month, 1);
        int64_t fixed = monthly_sum(customer, account, month);
        bool by_use = random_permille(&random, 300);
        int64_t used = random_between(&random, 20, 1500);
        if (fixed == 0)
            continue;
        struct str period = month_name(customer, month);
        int64_t amount = fixed + (by_use ? used : 0);
        model_add_entry(customer, account, "CHARGE", amount, moment(billed, 0), period);
        bool paid = ago > unpaid;
        if (paid && billed + pays_after <= today)
            model_add_entry(customer, account, "PAYMENT", -amount, moment(billed + pays_after, 0),
                            debited ? STR("direct debit") : STR("bank transfer"));
        if (!paid && billed + REMINDER_DAYS <= today)
            model_add_entry(customer, account, "FEE", REMINDER_FEE_MINOR,
                            moment(billed + REMINDER_DAYS, 0),
                            str_printf(customer->arena, "reminder " STR_FMT, STR_ARG(period)));
    }
}

void ledger_set_payment_status(struct demo_customer *customer, int account, int unpaid)
{
    int64_t balance = customer->accounts[account].balance_minor;
    int64_t today = customer->world->day;
    bool overdue = unpaid > 1 || (unpaid == 1 && today - dates_first_of_month(today) > DEBIT_DAYS);
    customer->accounts[account].payment_status = balance <= 0 ? "PAID"
                                                 : overdue    ? "IN_ARREARS"
                                                              : "DUE";
}

static void use_credit(struct demo_customer *customer, int account)
{
    struct random random = random_for(customer, account);
    static const int64_t amounts[] = {1000, 1500, 2000, 3000, 500};
    static const uint32_t weights[] = {380, 250, 180, 90, 100, 0}, how_many[] = {250, 550, 200, 0};
    int64_t today = customer->world->day, this_month = dates_first_of_month(today);
    for (int ago = MONTHS_KEPT; ago >= 1; ago--) {
        int64_t month = dates_add_months(this_month, -ago);
        uint32_t top_ups = random_weighted(&random, how_many);
        if (month < customer->since || strcmp(customer->status, "ACTIVE") != 0)
            continue;
        for (uint32_t i = 0; i < top_ups; i++) {
            int64_t day = month + (int64_t)i * 8 + random_between(&random, 0, 6);
            bool voucher = random_permille(&random, 300);
            model_add_entry(customer, account, "TOP_UP",
                            -amounts[random_weighted(&random, weights)], moment(day, 12),
                            voucher ? STR("voucher") : STR("card"));
        }
        int64_t credit = -customer->accounts[account].balance_minor;
        int64_t options = monthly_sum(customer, account, month);
        if (options > 0 && options <= credit)
            model_add_entry(customer, account, "CHARGE", options, moment(month + 20, 0),
                            STR("options"));
        credit = -customer->accounts[account].balance_minor;
        int64_t used = credit * random_between(&random, 20, 98) / 100;
        if (used > 0)
            model_add_entry(customer, account, "CHARGE", used, moment(month + 26, 23),
                            STR("usage"));
    }
}

void ledger_make(struct demo_customer *customer)
{
    for (int account = 0; account < customer->account_count; account++) {
        if (customer->accounts[account].prepaid) {
            use_credit(customer, account);
            continue;
        }
        struct random random = random_for(customer, account + DEMO_ACCOUNTS);
        bool late = random_permille(&random, 25);
        int unpaid = strcmp(customer->status, "SUSPENDED") == 0 ? 3
                     : late                                     ? (int)random_between(&random, 1, 2)
                                                                : 0;
        ledger_bill(customer, account, MONTHS_KEPT, unpaid);
        ledger_set_payment_status(customer, account, unpaid);
    }
}

/* ledger: bills add up what products cost in a month; credit is bought before it is used. */
#include "ledger.h"

#include "base/arena.h"
#include "bills.h"
#include "db/dates.h"
#include "mariadb/calendar.h"
#include "purpose.h"
#include "random.h"

enum {
    MONTHS_KEPT = 12,
    MONTHS_KEPT_SHORT = 2,
    REMINDER_FEE_MINOR = 500,
    DEBIT_DAYS = 9,
    REMINDER_DAYS = 20,
};

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

static struct random random_for(const struct demo_customer *customer, int account)
{
    return random_of(customer->world->seed, (uint64_t)customer->ordinal,
                     PURPOSE_LEDGER + ((uint64_t)account << 32));
}

void ledger_pay(struct demo_customer *customer, int bill, const char *method, int64_t amount_minor,
                int64_t at)
{
    struct demo_entry *entry =
        model_add_entry(customer, customer->bills[bill].account, "PAYMENT", -amount_minor, at);
    entry->method = method;
    entry->bill = bill;
    bills_pay(customer, bill, amount_minor);
}

/* Of those who pay by themselves. */
static const char *draw_method(const struct demo_customer *customer, int account)
{
    static const char *const methods[] = {"BANK_TRANSFER", "CARD", "CASH"};
    static const uint32_t weights[] = {700, 220, 80, 0};
    struct random random = random_of(customer->world->seed, (uint64_t)customer->ordinal,
                                     PURPOSE_PAYMENT_METHOD + ((uint64_t)account << 32));
    return methods[random_weighted(&random, weights)];
}

void ledger_bill(struct demo_customer *customer, int account, int months, int unpaid)
{
    struct random random = random_for(customer, account);
    int64_t today = customer->world->day, this_month = dates_first_of_month(today);
    bool debited = random_permille(&random, 750);
    const char *method = debited ? "DIRECT_DEBIT" : draw_method(customer, account);
    customer->accounts[account].payment_method = method;
    int64_t pays_after = debited ? DEBIT_DAYS : random_between(&random, 5, 14);
    for (int ago = months; ago >= 1; ago--) {
        bool by_use = random_permille(&random, 300), paid = ago > unpaid;
        int64_t used = random_between(&random, 20, 1500);
        int bill =
            bills_add(customer, account, dates_add_months(this_month, -ago), by_use ? used : 0);
        if (bill == DEMO_NONE)
            continue;
        int64_t billed = customer->bills[bill].bill_date;
        model_add_entry(customer, account, "CHARGE", customer->bills[bill].amount_minor,
                        moment(billed, 0))
            ->bill = bill;
        if (paid && billed + pays_after <= today)
            ledger_pay(customer, bill, method, customer->bills[bill].remaining_minor,
                       moment(billed + pays_after, 0));
        if (!paid && billed + REMINDER_DAYS <= today)
            model_add_entry(customer, account, "FEE", REMINDER_FEE_MINOR,
                            moment(billed + REMINDER_DAYS, 0))
                ->bill = bill;
    }
}

static const char *dunning_state(const struct demo_customer *customer, int account,
                                 int overdue_bills)
{
    if (overdue_bills == 0)
        return "NONE";
    if (strcmp(customer->status, "SUSPENDED") == 0)
        return "BARRED";
    if (overdue_bills > 1)
        return "FINAL_NOTICE";
    const struct demo_entry *last = &customer->entries[customer->entry_count - 1];
    return last->account == account && strcmp(last->kind, "FEE") == 0 ? "REMINDED" : "NONE";
}

void ledger_sum_up(struct demo_customer *customer, int which)
{
    struct demo_account *account = &customer->accounts[which];
    int bills, overdue_bills;
    account->due_minor = bills_remaining(customer, which, 0, &bills);
    account->overdue_minor = bills_remaining(customer, which, customer->world->day, &overdue_bills);
    account->dunning_state = dunning_state(customer, which, overdue_bills);
    account->payment_status = account->balance_minor <= 0 ? "PAID"
                              : overdue_bills > 0         ? "IN_ARREARS"
                                                          : "DUE";
}

void ledger_top_up(struct demo_customer *customer, int account, const char *method,
                   int64_t amount_minor, int64_t at)
{
    struct demo_entry *entry = model_add_entry(customer, account, "TOP_UP", -amount_minor, at);
    entry->method = method;
    entry->reference = STR("");
    customer->accounts[account].payment_method = method;
}

void ledger_use(struct demo_customer *customer, int account, const char *kind, int64_t amount_minor,
                int64_t at)
{
    model_add_entry(customer, account, kind, amount_minor, at)->reference =
        month_name(customer, at / dates_midnight(1));
}

static int64_t first_start(const struct demo_customer *customer, int account)
{
    int64_t first = INT64_MAX;
    for (int i = 0; i < customer->product_count; i++) {
        const struct demo_product *product = &customer->products[i];
        if (product->account == account && product->start_date < first)
            first = product->start_date;
    }
    return first;
}

static void use_credit(struct demo_customer *customer, int account, int months)
{
    struct random random = random_for(customer, account);
    static const int64_t amounts[] = {1000, 1500, 2000, 3000, 500};
    static const uint32_t weights[] = {380, 250, 180, 90, 100, 0}, how_many[] = {250, 550, 200, 0};
    int64_t today = customer->world->day, this_month = dates_first_of_month(today);
    for (int ago = months; ago >= 1; ago--) {
        int64_t month = dates_add_months(this_month, -ago);
        uint32_t top_ups = random_weighted(&random, how_many);
        if (month < first_start(customer, account) || strcmp(customer->status, "ACTIVE") != 0)
            continue;
        for (uint32_t i = 0; i < top_ups; i++) {
            int64_t day = month + (int64_t)i * 8 + random_between(&random, 0, 6);
            bool voucher = random_permille(&random, 300);
            int64_t amount = amounts[random_weighted(&random, weights)];
            ledger_top_up(customer, account, voucher ? "VOUCHER" : "CARD", amount, moment(day, 12));
        }
        int64_t credit = -customer->accounts[account].balance_minor;
        int64_t options = bills_monthly_sum(customer, account, month);
        if (options > 0 && options <= credit)
            ledger_use(customer, account, "CHARGE", options, moment(month + 20, 0));
        credit = -customer->accounts[account].balance_minor;
        int64_t used = credit * random_between(&random, 20, 98) / 100;
        if (used > 0)
            ledger_use(customer, account, "USAGE", used, moment(month + 26, 23));
    }
}

int64_t ledger_used(const struct demo_customer *customer, int account, int64_t month)
{
    int64_t used = 0;
    for (int i = 0; i < customer->line_count; i++) {
        const struct demo_line *line = &customer->lines[i];
        const struct demo_bill *bill = &customer->bills[line->bill];
        if (bill->account == account && bill->period_from == month &&
            strcmp(line->kind, "USAGE") == 0)
            used += line->amount_minor;
    }
    for (int i = 0; i < customer->entry_count; i++) {
        const struct demo_entry *entry = &customer->entries[i];
        int64_t day = entry->effective_at / dates_midnight(1);
        if (entry->account == account && strcmp(entry->kind, "USAGE") == 0 &&
            dates_first_of_month(day) == month)
            used += entry->amount_minor;
    }
    return used;
}

void ledger_make(struct demo_customer *customer)
{
    int months = customer->ordinal <= DEMO_LONG_MEMORY ? MONTHS_KEPT : MONTHS_KEPT_SHORT;
    for (int account = 0; account < customer->account_count; account++) {
        if (customer->accounts[account].prepaid) {
            use_credit(customer, account, months);
            continue;
        }
        struct random random = random_for(customer, account + DEMO_ACCOUNTS);
        bool late = random_permille(&random, 25);
        int unpaid = strcmp(customer->status, "SUSPENDED") == 0 ? 3
                     : late                                     ? (int)random_between(&random, 1, 2)
                                                                : 0;
        ledger_bill(customer, account, months > unpaid ? months : unpaid, unpaid);
        ledger_sum_up(customer, account);
    }
}

/* Generated customers follow from seed, day and ordinal alone, and look like an operator's. */
#include "unit/test.h"

#include "base/arena.h"
#include "db/demo/catalogue.h"
#include "db/demo/cells.h"
#include "db/demo/corporation.h"
#include "db/demo/customer.h"
#include "db/demo/showcase.h"
#include "db/demo/showcase_tickets.h"
#include "db/demo/usage.h"
#include "mariadb/calendar.h"
#include <stdlib.h>

enum { COUNT = 8000 };

static struct demo_world world = {.seed = 1};

struct counts {
    int residential, business, german, english, french, closed;
    int accounts, products, tops, active_tops, mobile_postpaid, orders, open_orders, completed,
        ended, items;
    int64_t years_permille;
    int tickets, open_tickets, articles, escalated, reopened, breached, faults, billing,
        wrong_tickets;
    int64_t ticket_years_permille;
    int wrong_balances, wrong_ledgers, wrong_bills, bills, bill_lines, in_arrears, postpaid, dunned,
        unordered_times, orphans, early, bad_numbers;
};

static bool same_text(struct str a, struct str b)
{
    return (a.at == NULL) == (b.at == NULL) && str_equal(a, b);
}

/* The structures hold pointers to texts; everything else of theirs can be compared as it is. */
static bool same_customer(const struct demo_customer *a, const struct demo_customer *b)
{
    bool same = same_text(a->display_name, b->display_name) && a->since == b->since &&
                a->birth_date == b->birth_date && a->product_count == b->product_count &&
                a->order_count == b->order_count && a->item_count == b->item_count &&
                a->entry_count == b->entry_count && a->partner_id == b->partner_id;
    for (int i = 0; same && i < a->contact_count; i++)
        same = same_text(a->contacts[i].value, b->contacts[i].value) &&
               a->contacts[i].verified_at == b->contacts[i].verified_at;
    for (int i = 0; same && i < a->product_count; i++)
        same = a->products[i].offering == b->products[i].offering &&
               a->products[i].start_date == b->products[i].start_date &&
               same_text(a->products[i].service_identifier, b->products[i].service_identifier);
    for (int i = 0; same && i < a->order_count; i++)
        same = a->orders[i].ordered_at == b->orders[i].ordered_at &&
               strcmp(a->orders[i].state, b->orders[i].state) == 0;
    for (int i = 0; same && i < a->entry_count; i++)
        same = a->entries[i].amount_minor == b->entries[i].amount_minor &&
               a->entries[i].effective_at == b->entries[i].effective_at;
    return same;
}

static bool is_prepaid(int offering)
{
    return offering == PREPAID_BASIC || offering == PREPAID_PLUS || offering == PREPAID_KIDS;
}

static void count_products(struct counts *counts, const struct demo_customer *customer)
{
    counts->products += customer->product_count;
    for (int i = 0; i < customer->product_count; i++) {
        const struct demo_product *product = &customer->products[i];
        bool top = product->parent == DEMO_NONE, ended = strcmp(product->status, "TERMINATED") == 0;
        counts->tops += top;
        counts->active_tops += top && !ended;
        counts->mobile_postpaid +=
            top && !ended && !is_prepaid(product->offering) &&
            strcmp(catalogue[product->offering].offering.category, "MOBILE") == 0;
        counts->orphans +=
            !top && (product->parent >= i ||
                     customer->products[product->parent].start_date > product->start_date);
        counts->orphans += !top && strcmp(product->status, "ACTIVE") == 0 &&
                           strcmp(customer->products[product->parent].status, "ACTIVE") != 0;
        counts->early +=
            product->start_date < customer->since ||
            (product->binding_until != 0 && product->binding_until < product->start_date) ||
            (product->termination_date != 0 && product->termination_date < product->start_date);
        counts->early += strcmp(product->status, "ACTIVE") == 0 && product->start_date > world.day;
    }
}

static void count_orders(struct counts *counts, const struct demo_customer *customer)
{
    counts->orders += customer->order_count;
    counts->items += customer->item_count;
    for (int i = 0; i < customer->order_count; i++) {
        const struct demo_order *order = &customer->orders[i];
        counts->open_orders += order->completed_at == 0;
        counts->ended += order->completed_at != 0;
        counts->completed += strcmp(order->state, "COMPLETED") == 0;
        counts->unordered_times +=
            order->completed_at != 0 && order->completed_at < order->ordered_at;
        counts->unordered_times += order->completed_at > (world.day + 1) * 86400 * 1000000;
    }
}

static void count_tickets(struct counts *counts, const struct demo_customer *customer)
{
    const int64_t day = (int64_t)86400 * 1000000, now = world.day * day;
    counts->tickets += customer->ticket_count;
    counts->articles += customer->article_count;
    for (int i = 0; i < customer->ticket_count; i++) {
        const struct demo_ticket *ticket = &customer->tickets[i];
        bool late = false;
        for (int j = 0; j < DEMO_CLOCKS; j++) {
            const struct demo_clock *clock = &ticket->clocks[j];
            late = late || (clock->kind != NULL && clock->stopped_at > clock->due_at);
            counts->wrong_tickets +=
                clock->stopped_at != 0 && clock->stopped_at < clock->started_at;
        }
        counts->breached += late;
        counts->escalated += ticket->escalated;
        counts->reopened += ticket->reopened;
        counts->faults += strcmp(ticket->type, "FAULT") == 0;
        counts->billing += strcmp(ticket->type, "BILLING") == 0;
        counts->wrong_tickets += ticket->opened_at < customer->since * day ||
                                 ticket->updated_at > now || ticket->resolved_at > now;
    }
    for (int i = 1; i < customer->article_count; i++)
        counts->wrong_tickets +=
            customer->articles[i].ticket == customer->articles[i - 1].ticket &&
            customer->articles[i].written_at < customer->articles[i - 1].written_at;
}

static void check_ledger(struct counts *counts, const struct demo_customer *customer)
{
    int64_t balance[DEMO_ACCOUNTS] = {0}, last[DEMO_ACCOUNTS] = {0};
    for (int i = 0; i < customer->entry_count; i++) {
        const struct demo_entry *entry = &customer->entries[i];
        balance[entry->account] += entry->amount_minor;
        counts->wrong_ledgers += entry->balance_after_minor != balance[entry->account] ||
                                 entry->effective_at < last[entry->account];
        counts->wrong_ledgers +=
            customer->accounts[entry->account].prepaid && entry->balance_after_minor > 0;
        last[entry->account] = entry->effective_at;
    }
    for (int i = 0; i < customer->account_count; i++) {
        const struct demo_account *account = &customer->accounts[i];
        counts->wrong_balances += account->balance_minor != balance[i];
        counts->wrong_balances +=
            (strcmp(account->payment_status, "PAID") == 0) != (account->balance_minor <= 0);
    }
}

/* Bills are their lines, what remains of them is what accounts have due, and only what is overdue
 * is pursued. */
static void check_bills(struct counts *counts, const struct demo_customer *customer)
{
    int64_t amounts[DEMO_BILLS] = {0}, due[DEMO_ACCOUNTS] = {0}, overdue[DEMO_ACCOUNTS] = {0};
    for (int i = 0; i < customer->line_count; i++)
        amounts[customer->lines[i].bill] += customer->lines[i].amount_minor;
    for (int i = 0; i < customer->bill_count; i++) {
        const struct demo_bill *bill = &customer->bills[i];
        counts->wrong_bills += bill->amount_minor != amounts[i] || bill->line_count == 0;
        due[bill->account] += bill->remaining_minor;
        overdue[bill->account] += bill->due_date < world.day ? bill->remaining_minor : 0;
    }
    for (int i = 0; i < customer->account_count; i++) {
        const struct demo_account *account = &customer->accounts[i];
        bool dunned = strcmp(account->dunning_state, "NONE") != 0;
        counts->wrong_bills +=
            account->due_minor != due[i] || account->overdue_minor != overdue[i] ||
            (strcmp(account->payment_status, "IN_ARREARS") == 0) != (overdue[i] > 0) ||
            (dunned && overdue[i] == 0);
        counts->dunned += dunned;
        counts->postpaid += !account->prepaid;
        counts->in_arrears += overdue[i] > 0;
    }
    counts->bills += customer->bill_count;
    counts->bill_lines += customer->line_count;
}

static void count_customer(struct counts *counts, const struct demo_customer *customer)
{
    counts->residential += strcmp(customer->kind, "RESIDENTIAL") == 0;
    counts->business += strcmp(customer->kind, "BUSINESS") == 0;
    counts->german += customer->language == DEMO_GERMAN;
    counts->english += customer->language == DEMO_ENGLISH;
    counts->french += customer->language == DEMO_FRENCH;
    counts->closed += strcmp(customer->status, "CLOSED") == 0;
    counts->accounts += customer->account_count;
    int64_t days = world.day - customer->since;
    counts->years_permille += (days > 1826 ? 1826 : days) * 1000 / 365;
    count_products(counts, customer);
    count_orders(counts, customer);
    counts->ticket_years_permille += (days > 730 ? 730 : days) * 1000 / 365;
    counts->open_tickets += model_open_tickets(customer);
    count_tickets(counts, customer);
    check_ledger(counts, customer);
    check_bills(counts, customer);
}

/* a / b lies within low … high, all in thousandths. */
static bool about(const char *what, int64_t a, int64_t b, int64_t low, int64_t high)
{
    int64_t permille = a * 1000 / b;
    if (permille < low || permille > high)
        printf("# %s: %lld in a thousand\n", what, (long long)permille);
    return permille >= low && permille <= high;
}

static void test_proportions(const struct counts *counts)
{
    TEST("92 % are private", about("private", counts->residential, COUNT, 910, 930));
    TEST("8 % are organisations", about("organisations", counts->business, COUNT, 70, 90));
    TEST("70 % speak German, 20 % English, 10 % French",
         about("German", counts->german, COUNT, 698, 702) &&
             about("English", counts->english, COUNT, 198, 202) &&
             about("French", counts->french, COUNT, 98, 102));
    TEST("1.12 accounts a customer", about("accounts", counts->accounts, COUNT, 1060, 1160));
    TEST("2.1 services a customer", about("services", counts->active_tops, COUNT, 1950, 2250));
    TEST("1.05 of them mobile by bill", about("mobile", counts->mobile_postpaid, COUNT, 950, 1150));
    TEST("with options 2.7 times as many products",
         about("products", counts->products, counts->tops, 2500, 2900));
    TEST("1.1 orders a year",
         about("orders", (int64_t)counts->orders * 1000, counts->years_permille, 1000, 1250));
    TEST("2.4 items an order", about("items", counts->items, counts->orders, 2250, 2600));
    TEST("1.2 % of orders are open", about("open", counts->open_orders, counts->orders, 9, 15));
    TEST("91 % of those that ended are completed",
         about("completed", counts->completed, counts->ended, 895, 925));
}

static void test_tickets(const struct counts *counts)
{
    TEST("0.22 tickets a customer and year", about("tickets", (int64_t)counts->tickets * 1000,
                                                   counts->ticket_years_permille, 200, 240));
    TEST("9 of 220 are open",
         about("open tickets", counts->open_tickets * 2, counts->tickets, 30, 52));
    TEST("4.2 articles a ticket", about("articles", counts->articles, counts->tickets, 4000, 4400));
    TEST("35 % about bills, 30 % faults",
         about("billing", counts->billing, counts->tickets, 325, 380) &&
             about("faults", counts->faults, counts->tickets, 275, 325));
    TEST("9 % are escalated, 7 % reopened, 4 % late",
         about("escalated", counts->escalated, counts->tickets, 70, 110) &&
             about("reopened", counts->reopened, counts->tickets, 55, 85) &&
             about("late", counts->breached, counts->tickets, 30, 50));
    TEST("nothing about a ticket is before it came, after today or out of order",
         counts->wrong_tickets == 0);
}

static void test_billing(const struct counts *counts)
{
    TEST("4 % of those who pay by bill are in arrears, most of them were reminded",
         about("in arrears", counts->in_arrears, counts->postpaid, 20, 60) &&
             about("reminded", counts->dunned, counts->in_arrears, 600, 1000));
    TEST("a bill has 5 lines", about("lines", counts->bill_lines, counts->bills, 4000, 7000));
    struct arena *arena = arena_create();
    struct counts none = {0};
    for (int i = 1; i <= SHOWCASE_COUNT; i++)
        check_bills(&none, customer_make(&world, arena, i));
    TEST("showcase customers are billed right", none.wrong_bills == 0);
    TEST("one has 240 bills", customer_make(&world, arena, 10)->bill_count == 240);
    const struct demo_customer *late = customer_make(&world, arena, DEMO_LONG_MEMORY + 7);
    TEST("customers far down the list have few bills", late->bill_count <= 3);
    arena_destroy(arena);
}

static void test_invariants(const struct counts *counts)
{
    TEST(
        "S1-43 every bill is the sum of its lines, every account has due what remains of its bills",
        counts->wrong_bills == 0);
    TEST("every balance is the sum of its ledger and its status says so",
         counts->wrong_balances == 0);
    TEST("every ledger runs on without a gap, in order of time", counts->wrong_ledgers == 0);
    TEST("no order ends before it was placed or after today", counts->unordered_times == 0);
    TEST("no part is there without what it is a part of", counts->orphans == 0);
    TEST("nothing begins before the customer or ends before it began", counts->early == 0);
}

static int compare_texts(const void *a, const void *b)
{
    return strcmp(*(char *const *)a, *(char *const *)b);
}

/* Telephone numbers of lines and contacts; a customer may be reached on an own line. */
static size_t gather_numbers(const struct demo_customer *customer, char **numbers)
{
    size_t count = 0;
    for (int i = 0; i < customer->contact_count; i++) {
        if (customer->contacts[i].value.at[0] == '+')
            numbers[count++] = strdup(customer->contacts[i].value.at);
    }
    for (int i = 0; i < customer->product_count; i++) {
        struct str service = customer->products[i].service_identifier;
        if (service.at != NULL && service.at[0] == '+')
            numbers[count++] = strdup(service.at);
    }
    return count;
}

static void test_numbers(void)
{
    char **numbers = malloc(sizeof(*numbers) * COUNT * 20);
    size_t count = 0;
    bool short_enough = true;
    for (int64_t i = 1; i <= COUNT; i++) {
        struct arena *arena = arena_create();
        /* From the whole range, also where numbers kept free have run out. */
        count += gather_numbers(customer_make(&world, arena, i <= COUNT / 2 ? i : 1000000 - i),
                                numbers + count);
        arena_destroy(arena);
    }
    qsort(numbers, count, sizeof(*numbers), compare_texts);
    bool twice = false;
    for (size_t i = 0; i < count; i++) {
        twice = twice || (i > 0 && strcmp(numbers[i], numbers[i - 1]) == 0);
        short_enough = short_enough && strlen(numbers[i]) <= 16 && strlen(numbers[i]) >= 10;
    }
    for (size_t i = 0; i < count; i++)
        free(numbers[i]);
    free(numbers);
    TEST("no telephone number is given to two", count > COUNT && !twice);
    TEST("all are E.164", short_enough);
}

static void test_determinism(void)
{
    struct arena *arena = arena_create();
    bool same = true, differs = false;
    const struct demo_world other = {.seed = 2, .day = world.day};
    for (int64_t i = 1; i <= 60; i++) {
        struct demo_customer *first = customer_make(&world, arena, i * 37),
                             *second = customer_make(&world, arena, i * 37);
        same = same && same_customer(first, second);
        differs = differs || !same_customer(first, customer_make(&other, arena, i * 37));
    }
    TEST("the same seed and ordinal give the same customer, whoever else was made", same);
    TEST("another seed gives others", differs);
    struct demo_customer *known = customer_make(&world, arena, 4711);
    TEST_TEXT("customer 4711 of seed 1 is who it always was", known->display_name,
              STR("Anna Weber"));
    arena_destroy(arena);
}

static void test_showcase(void)
{
    struct arena *arena = arena_create();
    struct counts counts = {0};
    for (int i = 1; i <= SHOWCASE_COUNT; i++)
        check_ledger(&counts, customer_make(&world, arena, i));
    TEST("showcase customers keep their books",
         counts.wrong_balances == 0 && counts.wrong_ledgers == 0);
    const struct demo_customer *mila = customer_make(&world, arena, 1);
    TEST_TEXT("the first is Mila Sommer", mila->display_name, STR("Mila Sommer"));
    TEST("who has 0.37 left", mila->accounts[0].prepaid && mila->accounts[0].balance_minor == -37);
    const struct demo_customer *shop = customer_make(&world, arena, 6);
    TEST("the sixth is a call shop of a reseller",
         strcmp(shop->kind, "CALL_SHOP") == 0 && shop->partner_id != 0);
    TEST("the seventh has an order in each state",
         customer_make(&world, arena, 7)->order_count == 12);
    TEST("the fifth has more products than a page shows",
         customer_make(&world, arena, 5)->product_count > 100);
    TEST("and a ticket with 900 articles",
         customer_make(&world, arena, 5)->article_count >= SHOWCASE_ARTICLES);
    TEST("the seventh has a ticket in each status",
         customer_make(&world, arena, 7)->ticket_count == 10);
    arena_destroy(arena);
}

static bool has_numbers_of_its_own(const struct demo_customer *customer)
{
    char **numbers = malloc(sizeof(*numbers) * CORPORATION_PRODUCTS);
    size_t count = gather_numbers(customer, numbers);
    bool different = count > CORPORATION_LINES_HELD;
    qsort(numbers, count, sizeof(*numbers), compare_texts);
    for (size_t i = 1; i < count; i++)
        different = different && strcmp(numbers[i], numbers[i - 1]) != 0;
    for (size_t i = 0; i < count; i++)
        free(numbers[i]);
    free(numbers);
    return different;
}

static void test_corporation(void)
{
    struct arena *arena = arena_create();
    struct counts counts = {0};
    const struct demo_customer *customer = customer_make(&world, arena, DEMO_CORPORATION);
    int last = customer->product_count - 1;
    count_customer(&counts, customer);
    TEST("S1-02 one customer has 12,000 lines", counts.tops == CORPORATION_LINES_HELD);
    TEST("with books as right as anybody's",
         counts.wrong_balances == 0 && counts.wrong_ledgers == 0);
    TEST("and bills", counts.wrong_bills == 0 && customer->bill_count == 2);
    TEST("and orders", counts.unordered_times == 0 && counts.early == 0 && counts.orphans == 0);
    TEST("every line has a telephone number of its own", has_numbers_of_its_own(customer));
    TEST("what was used fits into the ids there are",
         customer->usage->event_count > CORPORATION_LINES_HELD &&
             customer->usage->event_count < USAGE_IDS);
    TEST("ids beyond those of one customer are nobody else's",
         id_of(customer, last).integer > (int64_t)DEMO_IDS * 1000001 &&
             id_of(customer, last).integer < 10000000000);
    arena_destroy(arena);
}

int main(void)
{
    struct counts counts = {0};
    world.day = calendar_days(2026, 11, 10);
    for (int64_t i = SHOWCASE_COUNT + 1; i <= SHOWCASE_COUNT + COUNT; i++) {
        struct arena *arena = arena_create();
        count_customer(&counts, customer_make(&world, arena, i));
        arena_destroy(arena);
    }
    test_determinism();
    test_proportions(&counts);
    test_tickets(&counts);
    test_invariants(&counts);
    test_billing(&counts);
    test_numbers();
    test_showcase();
    test_corporation();
    return test_end();
}

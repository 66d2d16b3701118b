/* showcase: each function tells one customer's story. */
#include "showcase.h"

#include "base/arena.h"
#include "catalogue.h"
#include "db/dates.h"
#include "holdings.h"
#include "identity.h"
#include "ledger.h"
#include "messages.h"
#include "orders.h"
#include "partners.h"
#include "showcase_tickets.h"
#include "telephone.h"

enum { HERE = DEMO_NONE, YEAR = 365 };

static int64_t at(const struct demo_customer *customer, int days_ago, int hour, int minute)
{
    return dates_midnight(customer->world->day - days_ago) +
           ((int64_t)hour * 60 + minute) * 60 * 1000000;
}

static void begin(struct demo_customer *customer, enum demo_language language, int days_ago,
                  const char *segment)
{
    customer->language = language;
    customer->language_rank = (uint32_t)customer->ordinal;
    customer->status = "ACTIVE";
    customer->segment = segment;
    customer->since = customer->world->day - days_ago;
}

static void person(struct demo_customer *customer, const char *given, const char *family,
                   int age_days)
{
    identity_person(customer, given, family, customer->world->day - age_days);
    identity_contacts(customer);
}

static void organization(struct demo_customer *customer, const char *name)
{
    identity_organization(customer, str_of(name));
    identity_contacts(customer);
}

static int product(struct demo_customer *customer, int offering, int parent, int days_ago)
{
    return model_add_product(customer, offering, parent, customer->world->day - days_ago);
}

static void bill_for(struct demo_customer *customer, int months, int unpaid)
{
    for (int account = 0; account < customer->account_count; account++) {
        if (customer->accounts[account].prepaid)
            continue;
        ledger_bill(customer, account, months, unpaid);
        ledger_sum_up(customer, account);
    }
}

static void bill(struct demo_customer *customer, int unpaid)
{
    bill_for(customer, 12, unpaid);
}

/* Every product that is there and was not ordered yet, in orders of what began together. */
static void order_all(struct demo_customer *customer, const char *channel)
{
    for (int first = 0; first < customer->product_count; first++) {
        int together[DEMO_PRODUCTS], count = 0;
        for (int i = first; i < customer->product_count && count < 20; i++) {
            if (!customer->products[i].ordered &&
                customer->products[i].start_date == customer->products[first].start_date)
                together[count++] = i;
        }
        if (customer->products[first].ordered)
            continue;
        int days_ago = (int)(customer->world->day - customer->products[first].start_date);
        orders_add_completed(customer, together, count, channel,
                             at(customer, days_ago + 6, 15, 12 + first % 40));
    }
}

static void prepaid_youth(struct demo_customer *customer)
{
    begin(customer, DEMO_GERMAN, 2 * YEAR, "YOUNG");
    person(customer, "Mila", "Sommer", 16 * YEAR + 100);
    int line = product(customer, PREPAID_PLUS, HERE, 2 * YEAR);
    product(customer, MUSIC_PASS, line, 200);
    order_all(customer, "SHOP");
    int account = model_account(customer, true);
    static const struct {
        int days_ago;
        const char *kind; /* or how it was paid */
        int64_t amount_minor;
    } entries[] = {
        {64, "VOUCHER", 1500}, {60, "CHARGE", 999}, {45, "USAGE", 412},
        {34, "CARD", 1500},    {30, "CHARGE", 999}, {21, "USAGE", 388},
        {6, "VOUCHER", 1000},  {2, "CHARGE", 999},  {1, "USAGE", 166},
    };
    for (size_t i = 0; i < sizeof(entries) / sizeof(entries[0]); i++) {
        int64_t moment = at(customer, entries[i].days_ago, 16, 5);
        bool used = strcmp(entries[i].kind, "CHARGE") == 0 || strcmp(entries[i].kind, "USAGE") == 0;
        (used ? ledger_use : ledger_top_up)(customer, account, entries[i].kind,
                                            entries[i].amount_minor, moment);
    }
}

static void family_bundle(struct demo_customer *customer)
{
    static const struct {
        int offering, option;
    } parts[] = {{FIBRE_1000, ROUTER},     {TV_MAX, TV_BOX},           {MOBILE_L, SMARTPHONE},
                 {MOBILE_M, ROAMING_PLUS}, {MOBILE_YOUNG, MUSIC_PASS}, {MOBILE_YOUNG, DATA_10}};
    begin(customer, DEMO_GERMAN, 8 * YEAR, "PREMIUM");
    person(customer, "Katharina", "Berger", 44 * YEAR);
    struct demo_contact *home = model_add_contact(customer, "PHONE", telephone_fixed(customer));
    home->verified_at = at(customer, 300, 11, 30);
    int bundle = product(customer, FAMILY_BUNDLE, HERE, 3 * YEAR);
    for (size_t i = 0; i < sizeof(parts) / sizeof(parts[0]); i++) {
        int part = product(customer, parts[i].offering, bundle, 3 * YEAR);
        customer->products[part].included = true;
        product(customer, parts[i].option, part, i < 3 ? 3 * YEAR : 400 - 60 * (int)i);
    }
    customer->products[bundle].binding_until = customer->world->day + 120;
    order_all(customer, "AGENT");
    bill(customer, 0);
}

static void fibre_held(struct demo_customer *customer)
{
    begin(customer, DEMO_GERMAN, 4 * YEAR, "STANDARD");
    person(customer, "Jonas", "Petersen", 38 * YEAR);
    product(customer, DSL_50, HERE, 4 * YEAR);
    product(customer, MOBILE_M, HERE, 2 * YEAR);
    order_all(customer, "SHOP");
    int order = model_add_order(customer, "HELD", "AGENT", at(customer, 52, 10, 41));
    customer->orders[order].requested_date = customer->world->day - 20;
    customer->orders[order].expected_date = customer->world->day + 35;
    int fibre = product(customer, FIBRE_1000, HERE, -35);
    int router = product(customer, ROUTER, fibre, -35);
    for (int i = fibre; i <= router; i++) {
        customer->products[i].status = "PENDING_ACTIVE";
        customer->products[i].binding_until = 0;
        model_add_item(customer, "ADD", customer->products[i].offering, i);
    }
    model_add_item(customer, "DELETE", DSL_50, 0)->state = "ACKNOWLEDGED";
    bill(customer, 0);
}

static void in_arrears(struct demo_customer *customer)
{
    begin(customer, DEMO_GERMAN, 5 * YEAR, "STANDARD");
    customer->status = "SUSPENDED";
    person(customer, "Martin", "Kowalczyk", 51 * YEAR);
    int line = product(customer, MOBILE_UNLIMITED, HERE, 5 * YEAR);
    product(customer, SMARTPHONE, line, 500);
    product(customer, CABLE_250, HERE, 3 * YEAR);
    order_all(customer, "SELF_CARE");
    for (int i = 0; i < customer->product_count; i++)
        customer->products[i].status = "SUSPENDED";
    bill(customer, 4);
    int oldest = 0;
    while (customer->bills[oldest].remaining_minor == 0)
        oldest++;
    ledger_pay(customer, oldest, "BANK_TRANSFER", 2000, at(customer, 0, 7, 30));
    ledger_sum_up(customer, 0);
    messages_add_inquiry(
        customer, STR("Sperre meines Anschlusses"),
        STR("Ich kann die vier Rechnungen nicht auf einmal bezahlen.\nGeht es in"
            " Raten?\n\nMartin Kowalczyk"),
        STR("gern: Überweisen Sie an jedem Monatsersten ein Viertel. Mit der ersten"
            " Rate geben wir Ihren Anschluss wieder frei."),
        at(customer, 12, 19, 31));
}

static void business_with_many_lines(struct demo_customer *customer)
{
    begin(customer, DEMO_GERMAN, 9 * YEAR, "KEY_ACCOUNT");
    customer->partner_id = PARTNERS_AGENCY;
    organization(customer, "Hafenlicht Logistik GmbH");
    model_add_contact(customer, "PHONE", telephone_fixed(customer))->preferred = true;
    struct demo_address *billing = model_add_address(customer, "BILLING");
    *billing = (struct demo_address){.role = "BILLING",
                                     .street = STR("Kontorhausgasse 4"),
                                     .postcode = STR("20095"),
                                     .city = STR("Hamburg"),
                                     .country = "DE"};
    product(customer, STATIC_ADDRESS, product(customer, FIBRE_BUSINESS, HERE, 4 * YEAR), 4 * YEAR);
    product(customer, VOICE_BUSINESS, HERE, 6 * YEAR);
    for (int i = 0; i < 40; i++) {
        int started = i < 25 ? 5 * YEAR : i < 34 ? 2 * YEAR : 90;
        int line =
            product(customer, i % 5 == 0 ? MOBILE_BUSINESS_L : MOBILE_BUSINESS_M, HERE, started);
        product(customer, SMARTPHONE, line, started);
        if (i % 2 == 0)
            product(customer, ROAMING_PLUS, line, started);
    }
    order_all(customer, "PARTNER");
    bill(customer, 0);
}

static void call_shop(struct demo_customer *customer)
{
    begin(customer, DEMO_GERMAN, 6 * YEAR, "SMALL_BUSINESS");
    customer->partner_id = PARTNERS_RESELLER;
    organization(customer, "Zum Anker Call & Copy");
    customer->kind = "CALL_SHOP";
    product(customer, VOICE_CALL_SHOP, HERE, 6 * YEAR);
    product(customer, STATIC_ADDRESS, product(customer, DSL_100, HERE, 5 * YEAR), 5 * YEAR);
    order_all(customer, "PARTNER");
    bill(customer, 1);
    for (int language = 0; language < NOTICES; language++)
        messages_add_notice(customer, (enum notice_language)language,
                            at(customer, 40, 10, 5 + language));
}

static void order_in_every_state(struct demo_customer *customer)
{
    static const struct {
        const char *state;
        bool ended;
    } states[] = {
        {"COMPLETED", true},
        {"PARTIAL", true},
        {"FAILED", true},
        {"CANCELLED", true},
        {"REJECTED", true},
        {"PENDING_CANCELLATION", false},
        {"ASSESSING_CANCELLATION", false},
        {"IN_PROGRESS", false},
        {"HELD", false},
        {"PENDING", false},
        {"ACKNOWLEDGED", false},
    };
    begin(customer, DEMO_ENGLISH, 3 * YEAR, "STANDARD");
    person(customer, "Aoife", "O'Brien", 29 * YEAR);
    int line = product(customer, MOBILE_L, HERE, 3 * YEAR);
    order_all(customer, "SHOP");
    for (int i = 0; i < 11; i++) {
        int ago = 120 - 10 * i;
        int order = model_add_order(customer, states[i].state, i % 2 == 0 ? "SELF_CARE" : "AGENT",
                                    at(customer, ago, 9 + i % 8, 7 * i));
        customer->orders[order].requested_date = customer->world->day - ago + 14;
        customer->orders[order].expected_date = states[i].ended ? 0 : customer->world->day + i;
        customer->orders[order].completed_at = states[i].ended ? at(customer, ago - 7, 17, 20) : 0;
        bool partial = strcmp(states[i].state, "PARTIAL") == 0;
        struct demo_item *change = model_add_item(customer, "MODIFY", MOBILE_L, line);
        change->state = partial ? "COMPLETED" : change->state;
        struct demo_item *pass =
            model_add_item(customer, "ADD", i % 2 == 0 ? TRAVEL_PASS : DATA_REFILL, DEMO_NONE);
        pass->state = partial ? "FAILED" : pass->state;
    }
    bill(customer, 0);
}

static void product_in_every_status(struct demo_customer *customer)
{
    begin(customer, DEMO_FRENCH, 7 * YEAR, "PREMIUM");
    person(customer, "Renée", "Lefèvre", 63 * YEAR);
    static const struct {
        int offering;
        const char *status;
        int began_days_ago, ended_days_ago;
    } products[] = {
        {MOBILE_L, "ACTIVE", 7 * YEAR, 0}, {FIBRE_300, "PENDING_ACTIVE", -9, 0},
        {TV_START, "CREATED", -16, 0},     {DSL_50, "PENDING_TERMINATE", 2000, -9},
        {MOBILE_S, "SUSPENDED", 800, 0},   {VOICE_HOME, "TERMINATED", 2500, 700},
        {FILM_PASS, "CANCELLED", 40, 40},  {FIBRE_1000, "ABORTED", 60, 60},
    };
    for (size_t i = 0; i < sizeof(products) / sizeof(products[0]); i++) {
        int position = product(customer, products[i].offering, HERE, products[i].began_days_ago);
        customer->products[position].status = products[i].status;
        if (products[i].ended_days_ago == 0)
            continue;
        customer->products[position].termination_date =
            customer->world->day - products[i].ended_days_ago;
        customer->products[position].binding_until = 0;
    }
    int order = model_add_order(customer, "IN_PROGRESS", "AGENT", at(customer, 5, 14, 2));
    customer->orders[order].requested_date = customer->world->day + 9;
    customer->orders[order].expected_date = customer->world->day + 9;
    model_add_item(customer, "ADD", FIBRE_300, 1);
    model_add_item(customer, "ADD", TV_START, 2)->state = "ACKNOWLEDGED";
    model_add_item(customer, "DELETE", DSL_50, 3);
    bill(customer, 0);
}

static void markup_in_the_name(struct demo_customer *customer)
{
    begin(customer, DEMO_GERMAN, 400, "SMALL_BUSINESS");
    organization(customer, "<script>alert(\"Dossier\")</script> & Söhne GmbH");
    product(customer, MOBILE_BUSINESS_M, HERE, 400);
    order_all(customer, "SELF_CARE");
    bill(customer, 0);
}

/* A customer for so long that bills are many. */
static void long_names(struct demo_customer *customer)
{
    begin(customer, DEMO_GERMAN, 21 * YEAR, "PREMIUM");
    person(customer, "Maximiliane-Friederike Leopoldine Auguste",
           "Freifrau von Hohenstein-Wittelsbach zu Altenburg und Unterschleißheim", 71 * YEAR);
    product(customer, SERVICE_PLUS, product(customer, DSL_100, HERE, 3000), 100);
    product(customer, VOICE_HOME, HERE, 21 * YEAR);
    order_all(customer, "SHOP");
    bill_for(customer, 20 * 12, 0);
}

static void brand_new(struct demo_customer *customer)
{
    begin(customer, DEMO_GERMAN, 1, "YOUNG");
    customer->status = "INITIALIZED";
    person(customer, "Linh", "Nguyễn", 22 * YEAR);
    int order = model_add_order(customer, "ACKNOWLEDGED", "SELF_CARE", at(customer, 1, 21, 47));
    customer->orders[order].requested_date = customer->world->day + 3;
    int line = product(customer, MOBILE_YOUNG, HERE, -3);
    product(customer, SMARTPHONE, line, -3);
    for (int i = 0; i < customer->product_count; i++) {
        customer->products[i].status = "CREATED";
        customer->products[i].binding_until = 0;
        model_add_item(customer, "ADD", customer->products[i].offering, i);
    }
}

static void gone(struct demo_customer *customer)
{
    begin(customer, DEMO_GERMAN, 12 * YEAR, "STANDARD");
    customer->status = "CLOSED";
    person(customer, "Werner", "Groß", 79 * YEAR);
    product(customer, MOBILE_S, HERE, 12 * YEAR);
    product(customer, VOICE_HOME, HERE, 12 * YEAR);
    order_all(customer, "SHOP");
    holdings_terminate(customer, 0, customer->world->day - 200);
    holdings_terminate(customer, 1, customer->world->day - 200);
    int order = model_add_order(customer, "COMPLETED", "AGENT", at(customer, 230, 11, 15));
    customer->orders[order].requested_date = customer->world->day - 200;
    customer->orders[order].completed_at = at(customer, 199, 0, 5);
    model_add_item(customer, "DELETE", MOBILE_S, 0);
    model_add_item(customer, "DELETE", VOICE_HOME, 1);
    bill(customer, 0);
}

void showcase_make(struct demo_customer *customer)
{
    static void (*const stories[SHOWCASE_COUNT])(struct demo_customer * customer) = {
        prepaid_youth,
        family_bundle,
        fibre_held,
        in_arrears,
        business_with_many_lines,
        call_shop,
        order_in_every_state,
        product_in_every_status,
        markup_in_the_name,
        long_names,
        brand_new,
        gone,
    };
    stories[customer->ordinal - 1](customer);
    showcase_tickets_make(customer);
}

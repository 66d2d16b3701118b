/* tickets: a fifth of the customers bring two thirds of them; most are settled within days.
 *
 * A ticket is as old as it takes: it is still open when what was drawn for its length has not yet
 * gone by.
 */
#include "tickets.h"

#include "db/dates.h"
#include "desk.h"
#include "purpose.h"
#include "random.h"

enum {
    HISTORY_DAYS = 2 * 365,
    OFTEN_PERMILLE = 200,        /* customers who report often */
    OFTEN_YEARLY_PERMILLE = 735, /* tickets a year of those who do */
    SELDOM_YEARLY_PERMILLE = 100,
    TICKETS_DRAWN = DEMO_TICKETS - 2,
};

enum { CLOCK_RESPOND, CLOCK_RESTORE, CLOCK_FIX };

static const int64_t SECOND = 1000000, HOUR = (int64_t)3600 * 1000000,
                     DAY = (int64_t)86400 * 1000000;

struct tickets {
    struct demo_customer *customer;
    struct random random;
    int64_t now;
};

static struct demo_ticket *newest(struct demo_customer *customer)
{
    return &customer->tickets[customer->ticket_count - 1];
}

static struct str agent_name(int agent)
{
    return str_of(desk_agents[agent]);
}

/* ---- one ticket, step by step ---- */

struct demo_ticket *tickets_report(struct demo_customer *customer, enum ticket_type type, int words,
                                   int64_t opened_at)
{
    static const enum desk_queue queues[TICKET_TYPES] = {
        [TICKET_BILLING] = DESK_BILLING,      [TICKET_FAULT] = DESK_FAULTS,
        [TICKET_ORDER] = DESK_ORDERS,         [TICKET_SIM] = DESK_SIM,
        [TICKET_COMPLAINT] = DESK_COMPLAINTS,
    };
    const struct ticket_texts *texts = &ticket_texts[type][customer->language];
    struct demo_ticket *ticket =
        model_add_ticket(customer, str_of(texts->subjects[words]), opened_at);
    ticket->type = ticket_type_names[type];
    ticket->queue = (int)queues[type];
    model_add_article(customer, "CUSTOMER", customer->display_name, str_of(texts->reports[words]),
                      opened_at);
    ticket->customer_viewed_at = opened_at;
    return ticket;
}

void tickets_promise(struct demo_customer *customer, int respond_hours, int restore_hours,
                     int fix_hours)
{
    static const char *const kinds[DEMO_CLOCKS] = {"RESPOND", "RESTORE", "FIX"};
    const int hours[DEMO_CLOCKS] = {respond_hours, restore_hours, fix_hours};
    struct demo_ticket *ticket = newest(customer);
    for (int i = 0; i < DEMO_CLOCKS; i++) {
        if (hours[i] > 0)
            ticket->clocks[i] = (struct demo_clock){.kind = kinds[i],
                                                    .started_at = ticket->opened_at,
                                                    .due_at = ticket->opened_at + hours[i] * HOUR};
    }
}

void tickets_answer(struct demo_customer *customer, enum ticket_type type, int agent,
                    int64_t answered_at)
{
    struct demo_ticket *ticket = newest(customer);
    ticket->status = "IN_PROGRESS";
    ticket->assignee = desk_agents[agent];
    ticket->first_viewed_at = answered_at - (answered_at - ticket->opened_at) / 8;
    ticket->clocks[CLOCK_RESPOND].stopped_at = answered_at;
    model_add_article(customer, "AGENT", agent_name(agent),
                      str_of(ticket_texts[type][customer->language].answer), answered_at);
}

void tickets_resolve(struct demo_customer *customer, enum ticket_type type, const char *status,
                     int64_t resolved_at)
{
    struct demo_ticket *ticket = newest(customer);
    ticket->status = status;
    ticket->sub_status = NULL;
    ticket->resolved_at = resolved_at;
    for (int i = 0; i < DEMO_CLOCKS; i++) {
        if (ticket->clocks[i].kind != NULL && ticket->clocks[i].stopped_at == 0)
            ticket->clocks[i].stopped_at = resolved_at;
    }
    model_add_article(customer, "AGENT", str_of(ticket->assignee),
                      str_of(ticket_texts[type][customer->language].solved), resolved_at);
}

/* ---- any ticket ---- */

static enum ticket_type draw_type(struct tickets *tickets)
{
    static const uint32_t weights[TICKET_TYPES + 1] = {350, 300, 150, 140, 60, 0};
    return (enum ticket_type)random_weighted(&tickets->random, weights);
}

/* Days until it is resolved: half within three, a few after months. */
static int64_t draw_length(struct tickets *tickets)
{
    static const uint32_t weights[] = {560, 320, 100, 20, 0};
    static const int64_t hours[][2] = {{1, 72}, {73, 336}, {337, 1080}, {1081, 3600}};
    uint32_t which = random_weighted(&tickets->random, weights);
    return random_between(&tickets->random, hours[which][0] * 3600, hours[which][1] * 3600) *
           SECOND;
}

/* A product at the top that was there then and is of one of the categories; DEMO_NONE: there is
 * none. */
static int find_product(const struct demo_customer *customer, int64_t moment)
{
    for (int i = 0; i < customer->product_count; i++) {
        const struct demo_product *product = &customer->products[i];
        if (product->parent == DEMO_NONE && dates_midnight(product->start_date) <= moment &&
            strcmp(product->status, "ACTIVE") == 0)
            return i;
    }
    return DEMO_NONE;
}

static int find_order(const struct demo_customer *customer, int64_t moment)
{
    for (int i = customer->order_count - 1; i >= 0; i--) {
        if (customer->orders[i].ordered_at <= moment)
            return i;
    }
    return DEMO_NONE;
}

/* Faults and cards are about a product, delivery about the order before it. */
static void say_what_about(struct tickets *tickets, enum ticket_type type)
{
    struct demo_ticket *ticket = newest(tickets->customer);
    if (type == TICKET_FAULT || type == TICKET_SIM)
        ticket->product = find_product(tickets->customer, ticket->opened_at);
    else if (type == TICKET_ORDER)
        ticket->order = find_order(tickets->customer, ticket->opened_at);
}

/* What is promised leaves room for what it takes, but not always: 4 % come too late. */
static void promise(struct tickets *tickets, enum ticket_type type, int64_t answer, int64_t length)
{
    static const int fix_hours[] = {72, 336, 1080, 3600}, respond_hours[] = {4, 8, 24, 72};
    static const char *const priorities[] = {"HIGH", "MEDIUM", "MEDIUM", "LOW"};
    static const char *const severities[] = {"CRITICAL", "MAJOR", "MINOR", "MINOR"};
    struct demo_ticket *ticket = newest(tickets->customer);
    int grade = 0;
    while (grade < 3 && (length > fix_hours[grade] * HOUR || answer > respond_hours[grade] * HOUR))
        grade++;
    if (grade > 0 && random_permille(&tickets->random, 105))
        grade--;
    ticket->priority = priorities[grade];
    ticket->severity = severities[type == TICKET_FAULT ? grade : grade < 2 ? grade + 1 : grade];
    tickets_promise(tickets->customer, respond_hours[grade],
                    type == TICKET_FAULT ? fix_hours[grade] * 2 / 3 : 0, fix_hours[grade]);
}

/* What is said between the first answer and the end, or now. */
static void converse(struct tickets *tickets, enum ticket_type type, int64_t until)
{
    struct demo_customer *customer = tickets->customer;
    struct demo_ticket *ticket = newest(customer);
    const struct ticket_texts *texts = &ticket_texts[type][customer->language];
    uint32_t more = random_times(&tickets->random, 1250, 9);
    int64_t at = ticket->last_agent_at, step = (until - at) / (more + 2);
    for (uint32_t i = 0; i < more && step > SECOND; i++) {
        at += step;
        if (random_permille(&tickets->random, 350))
            model_add_note(customer, str_of(ticket->assignee),
                           str_of(ticket_notes[random_below(&tickets->random, TICKET_NOTES)]), at);
        else if (ticket->last_customer_at < ticket->last_agent_at)
            model_add_article(customer, "CUSTOMER", customer->display_name, str_of(texts->reply),
                              at);
        else
            model_add_article(customer, "AGENT", str_of(ticket->assignee), str_of(texts->answer),
                              at);
    }
}

/* Answered, but not resolved by now. */
static void leave_open(struct tickets *tickets, enum ticket_type type)
{
    static const char *const statuses[] = {"IN_PROGRESS", "PENDING", "HELD"};
    static const uint32_t weights[] = {650, 220, 130, 0};
    struct demo_ticket *ticket = newest(tickets->customer);
    ticket->status = statuses[random_weighted(&tickets->random, weights)];
    if (type != TICKET_FAULT || strcmp(ticket->status, "IN_PROGRESS") != 0 ||
        !random_permille(&tickets->random, 300))
        return;
    ticket->sub_status = "TEMPORARY_FIX";
    ticket->clocks[CLOCK_RESTORE].stopped_at = ticket->last_agent_at;
}

/* Customers accept within days, or it counts as accepted. */
static void end(struct tickets *tickets, enum ticket_type type, int64_t resolved_at)
{
    static const char *const statuses[] = {"CLOSED", "CANCELLED", "REJECTED"};
    static const uint32_t weights[] = {920, 50, 30, 0};
    struct demo_customer *customer = tickets->customer;
    int64_t accepted_at = resolved_at + random_between(&tickets->random, 3600, 5 * 86400) * SECOND;
    bool accepted = accepted_at < tickets->now;
    const char *status = statuses[random_weighted(&tickets->random, weights)];
    struct demo_ticket *ticket = newest(customer);
    if (type == TICKET_FAULT) /* what is repaired works again before it is looked after for good */
        ticket->clocks[CLOCK_RESTORE].stopped_at = (ticket->opened_at + resolved_at) / 2;
    tickets_resolve(customer, type, accepted ? status : "RESOLVED", resolved_at);
    if (accepted)
        ticket->updated_at = accepted_at;
    if (accepted && random_permille(&tickets->random, 800))
        ticket->customer_viewed_at = accepted_at;
}

static void settle(struct tickets *tickets, enum ticket_type type, int64_t length)
{
    struct demo_customer *customer = tickets->customer;
    struct demo_ticket *ticket = newest(customer);
    int64_t resolved_at = ticket->opened_at + length;
    bool resolved = resolved_at < tickets->now;
    converse(tickets, type, resolved ? resolved_at : tickets->now);
    ticket->escalated = random_permille(&tickets->random, 90);
    if (random_permille(&tickets->random, 70)) {
        ticket->reopened = 1;
        model_add_article(customer, "CUSTOMER", customer->display_name,
                          str_of(ticket_again[customer->language]),
                          (ticket->updated_at + (resolved ? resolved_at : tickets->now)) / 2);
    }
    if (resolved)
        end(tickets, type, resolved_at);
    else
        leave_open(tickets, type);
}

static void add_ticket(struct tickets *tickets, enum ticket_type type, int64_t opened_at)
{
    struct demo_customer *customer = tickets->customer;
    int words = (int)random_below(&tickets->random, TICKET_SUBJECTS);
    int agent = (int)random_below(&tickets->random, DESK_AGENTS);
    int64_t length = draw_length(tickets);
    int64_t answer = length / random_between(&tickets->random, 6, 40);
    if (answer > 20 * HOUR)
        answer = random_between(&tickets->random, 3600, 20 * 3600) * SECOND;
    tickets_report(customer, type, words, opened_at);
    say_what_about(tickets, type);
    promise(tickets, type, answer, length);
    if (opened_at + answer >= tickets->now)
        return;
    tickets_answer(customer, type, agent, opened_at + answer);
    settle(tickets, type, length);
}

/* Whoever waits for an order that is held, or did not pay, is likelier to be heard of. */
static void add_for_a_reason(struct tickets *tickets)
{
    struct demo_customer *customer = tickets->customer;
    for (int i = 0; i < customer->order_count; i++) {
        if (strcmp(customer->orders[i].state, "HELD") != 0 ||
            !random_permille(&tickets->random, 400))
            continue;
        int64_t waited = tickets->now - customer->orders[i].ordered_at;
        add_ticket(tickets, TICKET_ORDER, customer->orders[i].ordered_at + waited / 2);
        newest(customer)->order = i;
        break;
    }
    for (int i = 0; i < customer->account_count; i++) {
        if (strcmp(customer->accounts[i].payment_status, "IN_ARREARS") != 0 ||
            !random_permille(&tickets->random, 80))
            continue;
        add_ticket(tickets, TICKET_BILLING,
                   tickets->now - random_between(&tickets->random, 1, 40) * DAY);
        break;
    }
}

void tickets_make(struct demo_customer *customer)
{
    struct tickets tickets = {
        .customer = customer,
        .random = random_of(customer->world->seed, (uint64_t)customer->ordinal, PURPOSE_TICKETS),
        .now = dates_midnight(customer->world->day),
    };
    int64_t today = customer->world->day, from = today - HISTORY_DAYS;
    if (from < customer->since)
        from = customer->since;
    if (from >= today)
        return;
    bool often = random_permille(&tickets.random, OFTEN_PERMILLE);
    int64_t yearly = often ? OFTEN_YEARLY_PERMILLE : SELDOM_YEARLY_PERMILLE;
    uint32_t due =
        random_times(&tickets.random, (uint32_t)((today - from) * yearly / 365), TICKETS_DRAWN);
    for (uint32_t i = 0; i < due; i++)
        add_ticket(
            &tickets, draw_type(&tickets),
            random_moment(&tickets.random, random_between(&tickets.random, from, today - 1)));
    add_for_a_reason(&tickets);
}

/* interactions: a fifth of the customers bring two thirds of them; tickets and orders begin with
 * one.
 *
 * Of customers beyond the first thousands only the newest are kept, or a million customers would
 * have nine million of them.
 */
#include "interactions.h"

#include "base/arena.h"
#include "db/dates.h"
#include "desk.h"
#include "purpose.h"
#include "random.h"
#include <assert.h>

enum {
    HISTORY_DAYS = 365,
    OFTEN_PERMILLE = 200,          /* customers who are often in touch */
    OFTEN_YEARLY_PERMILLE = 29900, /* times a year of those who are */
    SELDOM_YEARLY_PERMILLE = 4000,
    INTERACTIONS_DRAWN = DEMO_INTERACTIONS / 2,
    NEWEST_KEPT = 3,
    NOTES = 3,
};

struct reason {
    const char *name; /* InteractionReason */
    const char *notes[NOTES];
};

/* clang-format off */
/* In the order of the weights below; agents write English. */
static const struct reason reasons[] = {
    {"BILLING",       {"Explained the bill item by item.", "Asked when the next debit is due.", "Wants the bill by e-mail from now on, set up."}},
    {"FAULT",         {"Restarted the router together, works again.", "Slow in the evening; line measured, nothing found.", "No service indoors; advised calls over WLAN."}},
    {"ORDER",         {"Asked where the parcel is, told the day.", "Wanted another date, moved it.", "Order explained, no change."}},
    {"PRODUCT",       {"Compared tariffs, will think about it.", "Asked what roaming costs outside the EU.", "Data runs out each month; told of the option."}},
    {"SIM",           {"PUK read out after the security question.", "New card ordered, old one damaged.", "eSIM profile sent again."}},
    {"CUSTOMER_DATA", {"New telephone number noted.", "Moved house, address taken down.", "Name after marriage, document seen."}},
    {"COMPLAINT",     {"Waited long for us; apologised.", "Unhappy with the technician's visit, noted.", "Promised call did not come; called now."}},
};
/* clang-format on */

static const uint32_t reason_weights[] = {350, 250, 120, 120, 70, 60, 30, 0};

enum { REASON_BILLING, REASON_FAULT, REASON_ORDER, REASON_PRODUCT, REASON_SIM, REASON_DATA };

struct interactions {
    struct demo_customer *customer;
    struct random random;
    int64_t from; /* what was before is not kept */
};

/* After all that were earlier. */
static struct demo_interaction *add(struct interactions *interactions, const char *channel,
                                    const char *reason, int64_t started_at)
{
    struct demo_customer *customer = interactions->customer;
    assert(customer->interaction_count < DEMO_INTERACTIONS);
    int at = customer->interaction_count++;
    struct demo_interaction *all = customer->interactions;
    for (; at > 0 && all[at - 1].started_at > started_at; at--)
        all[at] = all[at - 1];
    all[at] = (struct demo_interaction){
        .channel = channel,
        .direction = "INBOUND",
        .reason = reason,
        .result = "SOLVED",
        .agent = (int)random_below(&interactions->random, DESK_AGENTS),
        .ticket = DEMO_NONE,
        .order = DEMO_NONE,
        .started_at = started_at,
    };
    return &all[at];
}

static bool is_kept(const struct interactions *interactions, int64_t moment)
{
    return moment >= interactions->from &&
           interactions->customer->interaction_count < INTERACTIONS_DRAWN;
}

/* ---- what there is a row of already ---- */

static void add_of_tickets(struct interactions *interactions)
{
    struct demo_customer *customer = interactions->customer;
    for (int i = 0; i < customer->ticket_count; i++) {
        const struct demo_ticket *ticket = &customer->tickets[i];
        bool written = random_permille(&interactions->random, 300);
        if (!is_kept(interactions, ticket->opened_at))
            continue;
        struct demo_interaction *made =
            add(interactions, written ? "EMAIL" : "PHONE", ticket->type, ticket->opened_at);
        made->result = "PASSED_ON";
        made->ticket = i;
        made->note = ticket->subject;
    }
}

/* What was ordered with an agent, in a shop or alone; partners sell without us. */
static void add_of_orders(struct interactions *interactions)
{
    struct demo_customer *customer = interactions->customer;
    for (int i = 0; i < customer->order_count; i++) {
        const struct demo_order *order = &customer->orders[i];
        bool alone = strcmp(order->channel, "SELF_CARE") == 0;
        if (strcmp(order->channel, "PARTNER") == 0 || !is_kept(interactions, order->ordered_at))
            continue;
        const char *channel = alone                                 ? "PORTAL"
                              : strcmp(order->channel, "SHOP") == 0 ? "SHOP"
                                                                    : "PHONE";
        struct demo_interaction *made =
            add(interactions, channel, reasons[REASON_ORDER].name, order->ordered_at);
        made->order = i;
        if (alone)
            made->agent = DEMO_NONE;
        else
            made->note = STR("Ordered.");
    }
}

/* ---- the others ---- */

static const char *draw_result(struct interactions *interactions, bool outbound)
{
    static const char *const results[] = {"SOLVED", "PASSED_ON", "CALL_BACK"};
    static const uint32_t weights[] = {750, 150, 100, 0};
    if (outbound && random_permille(&interactions->random, 400))
        return "NOT_REACHED";
    return results[random_weighted(&interactions->random, weights)];
}

static void add_any(struct interactions *interactions, int64_t started_at)
{
    static const char *const channels[] = {"PHONE", "CHAT", "EMAIL", "PORTAL", "SHOP"};
    static const uint32_t weights[] = {500, 180, 170, 100, 50, 0};
    const char *channel = channels[random_weighted(&interactions->random, weights)];
    const struct reason *reason = &reasons[random_weighted(&interactions->random, reason_weights)];
    const char *note = reason->notes[random_below(&interactions->random, NOTES)];
    bool written = random_permille(&interactions->random, 800);
    bool outbound = random_permille(&interactions->random, 100);
    const char *result = draw_result(interactions, outbound);
    struct demo_interaction *made = add(interactions, channel, reason->name, started_at);
    if (strcmp(channel, "PORTAL") == 0) {
        made->agent = DEMO_NONE;
        return;
    }
    made->result = result;
    made->direction = outbound ? "OUTBOUND" : "INBOUND";
    if (strcmp(result, "NOT_REACHED") != 0 && written)
        made->note = str_of(note);
}

static void add_others(struct interactions *interactions, int64_t from, int64_t today)
{
    struct random *random = &interactions->random;
    if (strcmp(interactions->customer->status, "CLOSED") == 0)
        return;
    bool often = random_permille(random, OFTEN_PERMILLE);
    int64_t yearly = often ? OFTEN_YEARLY_PERMILLE : SELDOM_YEARLY_PERMILLE;
    uint32_t due = random_times(random, (uint32_t)((today - from) * yearly / HISTORY_DAYS),
                                INTERACTIONS_DRAWN);
    uint32_t there = (uint32_t)interactions->customer->interaction_count;
    for (uint32_t i = there; i < due; i++)
        add_any(interactions, random_moment(random, random_between(random, from, today - 1)));
}

static void keep_newest(struct demo_customer *customer)
{
    int gone = customer->interaction_count - NEWEST_KEPT;
    if (customer->ordinal <= DEMO_LONG_MEMORY || gone <= 0)
        return;
    memmove(customer->interactions, customer->interactions + gone,
            NEWEST_KEPT * sizeof(customer->interactions[0]));
    customer->interaction_count = NEWEST_KEPT;
}

void interactions_make(struct demo_customer *customer)
{
    int64_t today = customer->world->day, from = today - HISTORY_DAYS;
    from = customer->since > from ? customer->since : from;
    if (from >= today)
        return;
    struct interactions interactions = {
        .customer = customer,
        .random =
            random_of(customer->world->seed, (uint64_t)customer->ordinal, PURPOSE_INTERACTIONS),
        .from = dates_midnight(from),
    };
    add_of_tickets(&interactions);
    add_of_orders(&interactions);
    add_others(&interactions, from, today);
    keep_newest(customer);
}

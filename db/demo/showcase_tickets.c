/* showcase_tickets: one long quarrel, one ticket in each status, and what the other stories need.
 */
#include "showcase_tickets.h"

#include "base/arena.h"
#include "db/dates.h"
#include "desk.h"
#include "showcase.h"
#include "tickets.h"

enum { JANA, SVEN, TOM, AYLIN, MAREK, DAY = 24 };

/* So many hours before ten in the morning of the day before. */
static int64_t ago(const struct demo_customer *customer, int hours)
{
    return dates_midnight(customer->world->day) - (int64_t)(hours + 14) * 3600 * 1000000;
}

static struct demo_ticket *newest(struct demo_customer *customer)
{
    return &customer->tickets[customer->ticket_count - 1];
}

static void note(struct demo_customer *customer, const char *text, int hours_ago)
{
    model_add_note(customer, str_of(newest(customer)->assignee), str_of(text),
                   ago(customer, hours_ago));
}

static void customer_writes(struct demo_customer *customer, const char *text, int hours_ago)
{
    model_add_article(customer, "CUSTOMER", customer->display_name, str_of(text),
                      ago(customer, hours_ago));
}

/* Reported, answered after two hours, resolved and accepted. */
static void closed(struct demo_customer *customer, enum ticket_type type, int words, int from_hours,
                   int until_hours)
{
    struct demo_ticket *ticket = tickets_report(customer, type, words, ago(customer, from_hours));
    ticket->product = type == TICKET_FAULT || type == TICKET_SIM ? 0 : DEMO_NONE;
    tickets_promise(customer, 8, 0, from_hours - until_hours + 30);
    tickets_answer(customer, type, AYLIN, ago(customer, from_hours - 2));
    tickets_resolve(customer, type, "CLOSED", ago(customer, until_hours));
    ticket->customer_viewed_at = ago(customer, until_hours - 5);
    ticket->updated_at = ticket->customer_viewed_at;
}

static void prepaid_youth(struct demo_customer *customer)
{
    closed(customer, TICKET_SIM, 0, 90 * DAY, 89 * DAY);
}

static void family_bundle(struct demo_customer *customer)
{
    closed(customer, TICKET_FAULT, 1, 45 * DAY, 43 * DAY);
    struct demo_ticket *ticket =
        tickets_report(customer, TICKET_FAULT, 0, ago(customer, 9 * DAY - 19));
    ticket->product = 1; /* the fibre of the bundle */
    ticket->severity = "MAJOR";
    tickets_promise(customer, 8, 3 * DAY, 11 * DAY);
    tickets_answer(customer, TICKET_FAULT, SVEN, ago(customer, 9 * DAY - 22));
    note(customer, "Attenuation on the second fibre is borderline. Splice to be redone.", 7 * DAY);
    model_add_article(customer, "AGENT", str_of(ticket->assignee),
                      STR("Wir haben Sie vorerst auf eine andere Faser gelegt. Die eigentliche "
                          "Reparatur folgt nächste Woche."),
                      ago(customer, 7 * DAY - 1));
    ticket->clocks[1].stopped_at = ago(customer, 7 * DAY - 1);
    ticket->sub_status = "TEMPORARY_FIX";
    ticket->queue = DESK_NETWORK;
    customer_writes(customer, "Danke, seitdem läuft es.", 6 * DAY);
    ticket->customer_viewed_at = ago(customer, 6 * DAY);
}

static void fibre_held(struct demo_customer *customer)
{
    struct demo_ticket *ticket = tickets_report(customer, TICKET_ORDER, 1, ago(customer, 30 * DAY));
    ticket->order = customer->order_count - 1;
    ticket->severity = "MAJOR";
    ticket->priority = "HIGH";
    ticket->escalated = true;
    tickets_promise(customer, 8, 0, 24 * DAY);
    tickets_answer(customer, TICKET_ORDER, JANA, ago(customer, 30 * DAY - 3));
    note(customer, "The town has not yet allowed the road to be opened. Asked again.", 12 * DAY);
    model_add_article(customer, "AGENT", str_of(ticket->assignee),
                      STR("Die Stadt hat die Tiefbauarbeiten noch nicht genehmigt. Ihr DSL "
                          "läuft bis zum Umstieg weiter."),
                      ago(customer, 12 * DAY - 1));
    customer_writes(customer, "Wie lange soll das noch dauern?", 2 * DAY);
    ticket->status = "HELD";
}

static void in_arrears(struct demo_customer *customer)
{
    closed(customer, TICKET_COMPLAINT, 1, 200 * DAY, 190 * DAY);
    struct demo_ticket *ticket =
        tickets_report(customer, TICKET_BILLING, 1, ago(customer, 3 * DAY - 13));
    ticket->priority = "HIGH";
    tickets_promise(customer, 24, 0, 10 * DAY); /* nobody has answered in time */
}

/* Nine months, three articles a day: the lines of a freight yard that fail when it rains. */
static void long_quarrel(struct demo_customer *customer)
{
    closed(customer, TICKET_BILLING, 0, 300 * DAY, 296 * DAY);
    struct demo_ticket *ticket =
        tickets_report(customer, TICKET_FAULT, 0, ago(customer, 270 * DAY));
    int before = customer->article_count - 1;
    ticket->subject = STR("Leitungen am Güterbahnhof fallen bei Regen aus");
    ticket->product = 0;
    ticket->severity = "CRITICAL";
    ticket->priority = "HIGH";
    ticket->escalated = true;
    ticket->reopened = 4;
    ticket->queue = DESK_NETWORK;
    tickets_promise(customer, 4, 8, 20 * DAY);
    tickets_answer(customer, TICKET_FAULT, MAREK, ago(customer, 270 * DAY - 1));
    static const char *const agents[] = {"Messung wiederholt, Werte liegen bei.",
                                         "Der Techniker ist für morgen früh eingeplant.",
                                         "Muffe getauscht, bitte beobachten."};
    static const char *const customers[] = {"Heute früh wieder zwei Stunden Ausfall.",
                                            "Seit dem Tausch ist es nicht besser.",
                                            "Bisher ruhig, wir beobachten weiter."};
    for (int i = customer->article_count - before; i < SHOWCASE_ARTICLES; i++) {
        int64_t at = ago(customer, 270 * DAY - 2 - 7 * i);
        struct str day = str_printf(customer->arena, "%s (%d)",
                                    i % 2 == 0 ? customers[i % 3] : agents[i % 3], i + 1);
        if (i % 7 == 6)
            model_add_note(
                customer, str_of(desk_agents[i % DESK_AGENTS]),
                str_printf(customer->arena, "Report %d of the splice team is filed.", i / 7 + 1),
                at);
        else if (i % 2 == 0)
            model_add_article(customer, "CUSTOMER", customer->display_name, day, at);
        else
            model_add_article(customer, "AGENT", str_of(desk_agents[i % DESK_AGENTS]), day, at);
    }
    ticket->customer_viewed_at = ticket->last_customer_at;
}

static void call_shop(struct demo_customer *customer)
{
    tickets_report(customer, TICKET_BILLING, 0, ago(customer, 5 * DAY));
    tickets_promise(customer, 24, 0, 14 * DAY);
    tickets_answer(customer, TICKET_BILLING, TOM, ago(customer, 5 * DAY - 4));
    newest(customer)->status = "PENDING";
}

static void ticket_in_every_status(struct demo_customer *customer)
{
    static const struct {
        const char *status, *sub_status;
        bool answered, resolved;
    } statuses[] = {
        {"CLOSED", NULL, true, true},         {"CANCELLED", NULL, true, true},
        {"REJECTED", NULL, true, true},       {"RESOLVED", NULL, true, true},
        {"IN_PROGRESS", NULL, true, false},   {"IN_PROGRESS", "TEMPORARY_FIX", true, false},
        {"PENDING", NULL, true, false},       {"HELD", NULL, true, false},
        {"ACKNOWLEDGED", NULL, false, false}, {"ACKNOWLEDGED", "DRAFT", false, false},
    };
    for (int i = 0; i < 10; i++) {
        enum ticket_type type = strcmp(statuses[i].status, "IN_PROGRESS") == 0
                                    ? TICKET_FAULT
                                    : (enum ticket_type)(i % TICKET_TYPES);
        int hours = (22 - 2 * i) * DAY;
        struct demo_ticket *ticket = tickets_report(customer, type, i % 2, ago(customer, hours));
        if (statuses[i].sub_status == NULL || strcmp(statuses[i].sub_status, "DRAFT") != 0)
            tickets_promise(customer, 24, type == TICKET_FAULT ? 48 : 0, 15 * DAY);
        if (statuses[i].answered)
            tickets_answer(customer, type, i, ago(customer, hours - 20));
        if (statuses[i].resolved)
            tickets_resolve(customer, type, statuses[i].status, ago(customer, hours - 40));
        ticket->status = statuses[i].status;
        ticket->sub_status = statuses[i].sub_status;
        ticket->product = type == TICKET_FAULT ? 0 : DEMO_NONE;
    }
    customer->tickets[5].clocks[1].stopped_at = customer->tickets[5].last_agent_at;
}

static void answer_not_read(struct demo_customer *customer)
{
    struct demo_ticket *ticket = tickets_report(customer, TICKET_ORDER, 0, ago(customer, 70 * DAY));
    tickets_promise(customer, 24, 0, 30 * DAY);
    tickets_answer(customer, TICKET_ORDER, JANA, ago(customer, 69 * DAY));
    tickets_resolve(customer, TICKET_ORDER, "RESOLVED", ago(customer, 60 * DAY));
    ticket->reopened = 1;
}

static void markup(struct demo_customer *customer)
{
    struct demo_ticket *ticket = tickets_report(customer, TICKET_FAULT, 0, ago(customer, 4 * DAY));
    ticket->subject = STR("<img src=x onerror=alert('Dossier')> geht nicht");
    ticket->product = 0;
    tickets_promise(customer, 24, 0, 14 * DAY);
    tickets_answer(customer, TICKET_FAULT, SVEN, ago(customer, 4 * DAY - 3));
    customer_writes(customer,
                    "'; DROP TABLE trouble_ticket; --\n<script>alert(\"Dossier\")</script>\n"
                    "{{7*7}} ${7*7} \u202Etxet desrever",
                    3 * DAY);
}

static void long_words(struct demo_customer *customer)
{
    struct demo_ticket *ticket =
        tickets_report(customer, TICKET_COMPLAINT, 0, ago(customer, 8 * DAY));
    ticket->subject =
        STR("Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft und "
            "andere Namen stehen auf der Rechnung nicht so, wie ich sie angegeben habe");
    tickets_promise(customer, 24, 0, 14 * DAY);
    tickets_answer(customer, TICKET_COMPLAINT, AYLIN, ago(customer, 8 * DAY - 6));
}

static void gone(struct demo_customer *customer)
{
    closed(customer, TICKET_BILLING, 1, 210 * DAY, 205 * DAY);
}

void showcase_tickets_make(struct demo_customer *customer)
{
    static void (*const stories[SHOWCASE_COUNT])(struct demo_customer * customer) = {
        prepaid_youth,          family_bundle,   fibre_held, in_arrears, long_quarrel, call_shop,
        ticket_in_every_status, answer_not_read, markup,     long_words, NULL,         gone,
    };
    if (stories[customer->ordinal - 1] != NULL)
        stories[customer->ordinal - 1](customer);
}

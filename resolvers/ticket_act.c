/* ticket_act: tickets are opened and answered.
 *
 * What is promised, and which queue it waits in, follows from what it is about and how much does
 * not work: rows of ticket_policy. Counters, clocks and the words it is found by are kept here.
 */
#include "resolvers/ticket_act.h"

#include "base/arena.h"
#include "base/viewer.h"
#include "db/customer_terms.h"
#include "db/number.h"
#include "graphql/coerce.h"
#include "mariadb/database.h"
#include "resolvers/change_undo.h"
#include "resolvers/hindrance.h"
#include "resolvers/ticket_status.h"
#include "resolvers/ticket_write.h"

static struct cell nothing(void)
{
    return (struct cell){.kind = CELL_NULL};
}

/* ---- opened ---- */

struct opening {
    struct act *act;
    struct cell customer, partner, name;
    struct cell product, order; /* what it is about; NULL: neither */
    struct cell type, severity;
    struct str subject, text;
    const struct cell *policy; /* queue_id, team_id, priority, and minutes of each clock */
};

enum { QUEUE, TEAM, PRIORITY, RESPOND, RESTORE, FIX };

static enum status take_about(struct opening *opening)
{
    const struct input *about = act_field(opening->act, "aboutId");
    if (about == NULL || about->kind == INPUT_NULL)
        return STATUS_OK;
    struct rows products, orders;
    TRY(act_find_own(opening->act, "Product", "aboutId", opening->customer, "", false, &products));
    TRY(act_find_own(opening->act, "ProductOrder", "aboutId", opening->customer, "", false,
                     &orders));
    if (products.count > 0)
        opening->product = products.cells[0];
    if (orders.count > 0)
        opening->order = orders.cells[0];
    if (opening->product.kind == CELL_NULL && opening->order.kind == CELL_NULL)
        act_error(opening->act, "NOT_FOUND", "aboutId",
                  "Name a product or an order of this customer.");
    return STATUS_OK;
}

static enum status find_policy(struct opening *opening)
{
    const struct cell parameters[] = {opening->type, opening->severity};
    struct rows rows = {0};
    TRY(act_run(opening->act,
                "SELECT p.queue_id, q.team_id, p.priority, p.respond_minutes, p.restore_minutes,\n"
                "    p.fix_minutes\n"
                "FROM ticket_policy AS p JOIN queue_definition AS q ON q.id = p.queue_id\n"
                "WHERE p.type = ? AND p.severity = ?",
                parameters, 2, &rows));
    opening->policy = rows.cells;
    if (rows.count == 0)
        act_error(opening->act, "NOT_CONFIGURED", "type",
                  "No queue takes tickets of this type yet; an administrator has to name one.");
    return STATUS_OK;
}

static enum status insert_ticket(struct opening *opening, struct str number)
{
    struct act *act = opening->act;
    const struct cell *policy = opening->policy;
    const struct cell parameters[] = {opening->customer, cell_text(number),
                                      opening->type,     opening->severity,
                                      policy[PRIORITY],  cell_text(opening->subject),
                                      policy[QUEUE],     policy[TEAM],
                                      opening->product,  opening->order};
    TRY(act_run(act,
                "INSERT INTO trouble_ticket\n"
                "    (customer_id, number, type, severity, priority, status, is_open, subject,\n"
                "     queue_id, team_id, opened_at, updated_at, last_customer_at,\n"
                "     customer_viewed_at, product_id, product_order_id)\n"
                "VALUES (?, ?, ?, ?, ?, 'ACKNOWLEDGED', TRUE, ?, ?, ?, " TICKET_NOW ", " TICKET_NOW
                ", " TICKET_NOW ",\n"
                "    " TICKET_NOW ", ?, ?)",
                parameters, sizeof(parameters) / sizeof(*parameters), NULL));
    act->object = (int64_t)database_insert_id(act->database);
    return STATUS_OK;
}

static enum status start_clocks(struct opening *opening)
{
    static const char *const kinds[] = {
        [RESPOND] = "RESPOND", [RESTORE] = "RESTORE", [FIX] = "FIX"};
    struct act *act = opening->act;
    for (uint32_t i = RESPOND; i <= FIX; i++) {
        const struct cell parameters[] = {opening->customer, cell_int(act->object),
                                          cell_text(str_of(kinds[i])), opening->policy[i]};
        if (opening->policy[i].kind != CELL_NULL)
            TRY(act_run(
                act,
                "INSERT INTO ticket_clock (customer_id, ticket_id, kind, started_at, due_at)\n"
                "VALUES (?, ?, ?, " TICKET_NOW ", " TICKET_NOW " + INTERVAL ? MINUTE)",
                parameters, 4, NULL));
    }
    return STATUS_OK;
}

static enum status write_opening(struct opening *opening)
{
    struct act *act = opening->act;
    int64_t body;
    TRY(number_take(act->database, act->arena, NUMBER_TICKET, 1, &body));
    struct str number = number_text(act->arena, body);
    TRY(insert_ticket(opening, number));
    TRY(start_clocks(opening));
    TRY(ticket_update_next_due(act));
    TRY(ticket_add_article(act, "MESSAGE", "CUSTOMER", opening->name, cell_text(opening->subject),
                           opening->text));
    TRY(act_run(act, "UPDATE customer SET open_ticket_count = open_ticket_count + 1 WHERE id = ?",
                &opening->customer, 1, NULL));
    return customer_terms_add(act->database, act->arena, act->customer,
                              opening->partner.kind == CELL_NULL ? 0 : opening->partner.integer,
                              number, "TICKET");
}

enum status ticket_open(struct act *act, const struct ticket_given *given)
{
    struct opening opening = {
        .act = act,
        .customer = given->customer,
        .partner = given->partner,
        .name = given->name,
        .product = nothing(),
        .order = nothing(),
        .type = given->type,
        .severity = given->severity,
        .subject = given->subject,
        .text = given->text,
    };
    TRY(find_policy(&opening));
    return act->errors == NULL ? write_opening(&opening) : STATUS_OK;
}

static enum status create(struct act *act)
{
    struct rows rows;
    TRY(act_lock(act, "Customer", "customerId", "t.partner_id, t.display_name", &rows));
    TRY(ticket_begin(act));
    struct opening opening = {
        .act = act,
        .product = nothing(),
        .order = nothing(),
        .type = cell_text(act_field(act, "type")->text),
        .severity = cell_text(act_field(act, "severity")->text),
        .subject = ticket_words(act, "subject", false),
        .text = ticket_words(act, "text", true),
    };
    if (rows.count == 0)
        return STATUS_OK;
    opening.customer = rows.cells[0];
    opening.partner = rows.cells[1];
    opening.name = rows.cells[2];
    act->customer = opening.customer.integer;
    TRY(take_about(&opening));
    TRY(find_policy(&opening));
    return act->errors == NULL ? write_opening(&opening) : STATUS_OK;
}

const struct action ticket_create = {
    .type = "TroubleTicket", .perform = create, .undo = &change_has_left};

/* ---- answered ---- */

enum { TICKET_CUSTOMER = 1, TICKET_STATUS, TICKET_SUBJECT };

/* The first answer is what was promised first. */
static enum status stop_respond_clock(struct act *act)
{
    const struct cell parameters[] = {cell_int(act->customer), cell_int(act->object)};
    return act_run(act,
                   "UPDATE ticket_clock\n"
                   "SET breached = " TICKET_NOW " > due_at, stopped_at = " TICKET_NOW
                   ", version = version + 1\n"
                   "WHERE customer_id = ? AND ticket_id = ? AND kind = 'RESPOND'\n"
                   "    AND stopped_at IS NULL",
                   parameters, 2, NULL);
}

enum status ticket_note_answer(struct act *act)
{
    const struct cell parameters[] = {cell_int(act->customer), cell_int(act->object)};
    TRY(stop_respond_clock(act));
    TRY(act_run(
        act,
        "UPDATE trouble_ticket\n"
        "SET status = IF(status = 'ACKNOWLEDGED' AND sub_status IS NULL, 'IN_PROGRESS', status),\n"
        "    last_agent_at = " TICKET_NOW ", updated_at = " TICKET_NOW ", version = version + 1\n"
        "WHERE customer_id = ? AND id = ?",
        parameters, 2, NULL));
    return ticket_update_next_due(act);
}

enum status ticket_note_message(struct act *act)
{
    const struct cell parameters[] = {cell_int(act->customer), cell_int(act->object)};
    return act_run(act,
                   "UPDATE trouble_ticket\n"
                   "SET last_customer_at = " TICKET_NOW ", customer_viewed_at = " TICKET_NOW
                   ", updated_at = " TICKET_NOW ",\n"
                   "    version = version + 1\n"
                   "WHERE customer_id = ? AND id = ?",
                   parameters, 2, NULL);
}

static enum status answer(struct act *act)
{
    struct rows rows;
    struct hindrances hindrances;
    struct str text = ticket_words(act, "text", true);
    TRY(act_lock(act, "TroubleTicket", "id", "t.customer_id, t.status, t.subject", &rows));
    TRY(ticket_begin(act));
    if (rows.count == 0)
        return STATUS_OK;
    act->object = rows.cells[0].integer;
    act->customer = rows.cells[TICKET_CUSTOMER].integer;
    hindrances_of(&hindrances, act);
    ticket_status_hinders(cell_str(&rows.cells[TICKET_STATUS]), &hindrances);
    hindrances_refuse(&hindrances, act, "id");
    if (act->errors != NULL)
        return STATUS_OK;
    bool by_customer = act->viewer->kind == VIEWER_CUSTOMER;
    TRY(ticket_add_article(act, "MESSAGE", by_customer ? "CUSTOMER" : "AGENT",
                           cell_text(act->viewer->name), rows.cells[TICKET_SUBJECT], text));
    return by_customer ? ticket_note_message(act) : ticket_note_answer(act);
}

const struct action ticket_answer = {
    .type = "TroubleTicket", .perform = answer, .undo = &change_has_left};

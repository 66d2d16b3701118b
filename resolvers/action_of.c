/* action_of: of each type what can be done with it, and which function knows what keeps it from
 * that.
 */
#include "resolvers/action_of.h"

#include "resolvers/account_credit.h"
#include "resolvers/action_state.h"
#include "resolvers/address_act.h"
#include "resolvers/discount_group_act.h"
#include "resolvers/hindrance.h"
#include "resolvers/identification_act.h"
#include "resolvers/message_send.h"
#include "resolvers/mobile_line.h"
#include "resolvers/number_port.h"
#include "resolvers/order_stand.h"
#include "resolvers/password_reset.h"
#include "resolvers/product_stand.h"
#include "resolvers/sim_change.h"
#include "resolvers/ticket_status.h"
#include "resolvers/ticket_take.h"

/* ---- customers ---- */

enum { CUSTOMER_STATUS = 1, CUSTOMER_HAS_ACCOUNT };

static bool judge_customer(const struct action_thing *thing, uint32_t mutation,
                           struct hindrances *out)
{
    (void)mutation;
    order_stand_customer(cell_str(&thing->row[CUSTOMER_STATUS]), true, out);
    order_stand_account(thing->row[CUSTOMER_HAS_ACCOUNT].integer != 0, out);
    return true;
}

void action_of_customers(struct resolve *resolve)
{
    static const struct action_subject subject = {
        .mutations = {"orderProduct"}, .sql = order_stand_customers_sql, .judge = judge_customer};
    action_state_ask(resolve, &subject);
}

/* ---- products ---- */

enum { PRODUCT_NUMBER = 1 };
enum { LINE_BEGINS = 4, LINE_PIN = 7, LINE_IN, LINE_OUT }; /* their places among the mutations */

/* Mobile lines alone can be barred and the like. */
static bool judge_line(const struct action_thing *thing, const struct product_stand *stand,
                       uint32_t mutation, struct hindrances *out)
{
    if (!str_is(stand->category, "MOBILE"))
        return false;
    mobile_line_hinders(stand->category, str_of(product_status_name(stand->status)), out);
    if (mutation == LINE_IN || mutation == LINE_OUT)
        number_port_moving(stand->number_moves, out);
    if (mutation == LINE_PIN && out->first == NULL)
        mobile_line_unnumbered(&thing->needs[PRODUCT_NUMBER], out);
    else if (mutation == LINE_OUT && out->first == NULL)
        number_port_unnumbered(&thing->needs[PRODUCT_NUMBER], out);
    return true;
}

static bool judge_product(const struct action_thing *thing, uint32_t mutation,
                          struct hindrances *out)
{
    static const enum product_change changes[] = {PRODUCT_CHANGES_PLAN, PRODUCT_IS_SUSPENDED,
                                                  PRODUCT_IS_RESUMED, PRODUCT_IS_ENDED};
    struct product_stand stand;
    product_stand_read(thing->row, &stand);
    if (mutation >= LINE_BEGINS)
        return judge_line(thing, &stand, mutation, out);
    product_stand_fits(&stand, changes[mutation], out);
    product_stand_idle(&stand, changes[mutation], out);
    order_stand_customer(stand.customer, false, out);
    return true;
}

void action_of_products(struct resolve *resolve)
{
    static const struct action_subject subject = {
        .mutations = {"changePlan", "suspendProduct", "resumeProduct", "terminateProduct",
                      "barLine", "unbarLine", "changeNumber", "resetVoicemailPin", "portIn",
                      "portOut"},
        .quick_sql = product_stand_quick_sql,
        .sql = product_stand_sql,
        .judge = judge_product};
    action_state_ask(resolve, &subject);
}

/* ---- orders ---- */

static bool judge_order(const struct action_thing *thing, uint32_t mutation, struct hindrances *out)
{
    static const enum order_change changes[] = {ORDER_IS_AMENDED, ORDER_IS_CANCELLED};
    struct order_stand stand;
    order_stand_read(thing->row, &stand);
    order_stand_hinders(&stand, changes[mutation], out);
    return true;
}

void action_of_orders(struct resolve *resolve)
{
    static const struct action_subject subject = {
        .mutations = {"amendOrder", "cancelOrder"}, .sql = order_stand_sql, .judge = judge_order};
    action_state_ask(resolve, &subject);
}

/* ---- addresses ---- */

enum { ADDRESS_IS_UPDATED, ADDRESS_IS_REMOVED };

static bool judge_address(const struct action_thing *thing, uint32_t mutation,
                          struct hindrances *out)
{
    if (mutation == ADDRESS_IS_REMOVED)
        address_act_hinders(thing->row, out);
    return true;
}

void action_of_addresses(struct resolve *resolve)
{
    static const struct action_subject subject = {.mutations = {"updateAddress", "removeAddress"},
                                                  .sql = address_act_sql,
                                                  .judge = judge_address};
    action_state_ask(resolve, &subject);
}

/* ---- messages ---- */

enum { MESSAGE_STATE = 1 };

/* What has arrived is not on its way. */
static bool message_is_open(const struct cell *needs)
{
    return !str_is(cell_str(&needs[MESSAGE_STATE]), "COMPLETED");
}

static bool judge_message(const struct action_thing *thing, uint32_t mutation,
                          struct hindrances *out)
{
    static const struct cell none = {.kind = CELL_NULL};
    const struct cell *row = thing->row;
    (void)mutation;
    message_send_hinders(row == NULL ? &none : &row[MESSAGE_DELIVERY],
                         row != NULL && row[MESSAGE_LAPSED].integer != 0, out);
    return true;
}

void action_of_messages(struct resolve *resolve)
{
    static const struct action_subject subject = {.mutations = {"retryMessage"},
                                                  .sql = message_send_sql,
                                                  .is_open = message_is_open,
                                                  .judge = judge_message};
    action_state_ask(resolve, &subject);
}

/* ---- mailboxes ---- */

enum { MAILBOX_STATUS = 1 };

static bool mailbox_is_open(const struct cell *needs)
{
    return !password_reset_is_closed(cell_str(&needs[MAILBOX_STATUS]));
}

static bool judge_mailbox(const struct action_thing *thing, uint32_t mutation,
                          struct hindrances *out)
{
    (void)mutation;
    password_reset_hinders(cell_str(&thing->needs[MAILBOX_STATUS]), out);
    password_reset_wayless(thing->row != NULL && thing->row[MAILBOX_HAS_WAY].integer == 0, out);
    return true;
}

void action_of_mailboxes(struct resolve *resolve)
{
    static const struct action_subject subject = {.mutations = {"sendPasswordReset"},
                                                  .sql = password_reset_sql,
                                                  .is_open = mailbox_is_open,
                                                  .judge = judge_mailbox};
    action_state_ask(resolve, &subject);
}

/* ---- whose own rows say all ---- */

enum { TICKET_STATUS, TICKET_ASSIGNEE_ID, TICKET_ASSIGNEE_NAME };
enum { TICKET_IS_TAKEN = 2 }; /* its place among the mutations */

static bool judge_ticket(const struct action_thing *thing, uint32_t mutation,
                         struct hindrances *out)
{
    const struct cell *needs = thing->needs;
    if (mutation == TICKET_IS_TAKEN)
        ticket_take_hinders(cell_str(&needs[TICKET_STATUS]), &needs[TICKET_ASSIGNEE_ID],
                            &needs[TICKET_ASSIGNEE_NAME], thing->viewer, out);
    else
        ticket_status_hinders(cell_str(&needs[TICKET_STATUS]), out);
    return true;
}

void action_of_tickets(struct resolve *resolve)
{
    static const struct action_subject subject = {.mutations = {"answerTicket",
                                                                "changeTicketStatus", "takeTicket",
                                                                "assignTicket", "escalateTicket"},
                                                  .judge = judge_ticket};
    action_state_ask(resolve, &subject);
}

static bool judge_card(const struct action_thing *thing, uint32_t mutation, struct hindrances *out)
{
    (void)mutation;
    sim_change_hinders(cell_str(&thing->needs[0]), out);
    return true;
}

void action_of_cards(struct resolve *resolve)
{
    static const struct action_subject subject = {.mutations = {"changeSim"}, .judge = judge_card};
    action_state_ask(resolve, &subject);
}

static bool judge_port(const struct action_thing *thing, uint32_t mutation, struct hindrances *out)
{
    (void)mutation;
    number_port_hinders(cell_str(&thing->needs[0]), out);
    return true;
}

void action_of_ports(struct resolve *resolve)
{
    static const struct action_subject subject = {.mutations = {"answerPort", "cancelPort"},
                                                  .judge = judge_port};
    action_state_ask(resolve, &subject);
}

static bool judge_account(const struct action_thing *thing, uint32_t mutation,
                          struct hindrances *out)
{
    static const enum credit_change changes[] = {CREDIT_IS_LIMITED, CREDIT_IS_BOUGHT};
    if (mutation < sizeof(changes) / sizeof(*changes))
        account_credit_hinders(cell_str(&thing->needs[0]), changes[mutation], out);
    return true;
}

void action_of_accounts(struct resolve *resolve)
{
    static const struct action_subject subject = {
        .mutations = {"setCreditLimit", "topUp", "updateBillingAccount"}, .judge = judge_account};
    action_state_ask(resolve, &subject);
}

enum { DOCUMENT_IS_VERIFIED, DOCUMENT_IS_WITHDRAWN };

static bool judge_identification(const struct action_thing *thing, uint32_t mutation,
                                 struct hindrances *out)
{
    if (mutation == DOCUMENT_IS_VERIFIED)
        identification_hinders(&thing->needs[0], out);
    return true;
}

void action_of_identifications(struct resolve *resolve)
{
    static const struct action_subject subject = {
        .mutations = {"verifyIdentification", "withdrawIdentification"},
        .judge = judge_identification};
    action_state_ask(resolve, &subject);
}

static bool judge_membership(const struct action_thing *thing, uint32_t mutation,
                             struct hindrances *out)
{
    (void)mutation;
    discount_group_hinders(&thing->needs[0], out);
    return true;
}

void action_of_memberships(struct resolve *resolve)
{
    static const struct action_subject subject = {.mutations = {"leaveDiscountGroup"},
                                                  .judge = judge_membership};
    action_state_ask(resolve, &subject);
}

/* What is wrong with another value is said when it is given. */
void action_of_media(struct resolve *resolve)
{
    static const struct action_subject subject = {.mutations = {"updateContactMedium"}};
    action_state_ask(resolve, &subject);
}

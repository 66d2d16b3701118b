/* order_stand: orders are changed until they have ended, and for those who are still customers. */
#include "resolvers/order_stand.h"

#include "base/arena.h"
#include "resolvers/hindrance.h"
#include "resolvers/stand.h"
#include <inttypes.h>

struct str order_stand_sql(struct arena *arena, uint32_t count)
{
    return stand_sql(arena,
                     "SELECT o.id, o.state, c.status,\n"
                     "    MIN(IF(i.state = 'COMPLETED' AND i.action <> 'NO_CHANGE', i.position, "
                     "NULL)),\n"
                     "    MAX(i.action = 'ADD')\n"
                     "FROM product_order AS o\n"
                     "JOIN customer AS c ON c.id = o.customer_id\n"
                     "LEFT JOIN product_order_item AS i\n"
                     "    ON i.customer_id = o.customer_id AND i.product_order_id = o.id\n"
                     "WHERE o.id IN (",
                     count, ")\nGROUP BY o.id, o.state, c.status");
}

enum { KEY, STATE, CUSTOMER, DONE, ADDS };

void order_stand_read(const struct cell *row, struct order_stand *out)
{
    *out = (struct order_stand){
        .state = order_state_named(cell_str(&row[STATE])),
        .customer = cell_str(&row[CUSTOMER]),
        .done = row[DONE].kind == CELL_NULL ? 0 : row[DONE].integer,
        .adds = row[ADDS].kind != CELL_NULL && row[ADDS].integer != 0,
    };
}

static bool is_being_cancelled(enum order_state state)
{
    return state == ORDER_ASSESSING_CANCELLATION || state == ORDER_PENDING_CANCELLATION;
}

void order_stand_hinders(const struct order_stand *stand, enum order_change change,
                         struct hindrances *out)
{
    if (is_being_cancelled(stand->state))
        hindrance_refuse(out, "Its cancellation is asked for already.",
                         "Die Stornierung ist schon beantragt.");
    else if (order_state_is_end(stand->state))
        hindrance_refuse(out, "The order has ended.", "Die Bestellung ist beendet.");
    else if (change == ORDER_IS_CANCELLED && stand->done != 0)
        hindrance_add(out, "NOT_ALLOWED",
                      "Position {} is done already; remove the others by changing the order.",
                      "Position {} ist schon erledigt; nehmen Sie die anderen durch eine "
                      "Änderung heraus.",
                      str_printf(out->arena, "%" PRId64, stand->done));
    else if (change == ORDER_IS_AMENDED && stand->state == ORDER_ACKNOWLEDGED)
        order_stand_customer(stand->customer, stand->adds, out);
}

/* ---- for whom it is ---- */

void order_stand_customer(struct str status, bool adds, struct hindrances *out)
{
    if (str_is(status, "CLOSED"))
        hindrance_refuse(out, "The customer has left; nothing can be ordered for them.",
                         "Der Kunde ist nicht mehr da; für ihn kann nichts bestellt werden.");
    else if (adds && str_is(status, "SUSPENDED"))
        hindrance_refuse(out, "The customer is barred; nothing new can be set up for them.",
                         "Der Kunde ist gesperrt; für ihn kann nichts Neues eingerichtet werden.");
}

struct str order_stand_customers_sql(struct arena *arena, uint32_t count)
{
    return stand_sql(arena,
                     "SELECT c.id, c.status,\n"
                     "    EXISTS (SELECT 1 FROM billing_account AS a WHERE a.customer_id = c.id)\n"
                     "FROM customer AS c\n"
                     "WHERE c.id IN (",
                     count, ")");
}

void order_stand_account(bool has_account, struct hindrances *out)
{
    if (!has_account)
        hindrance_add(
            out, "NOT_CONFIGURED", "The customer has no account that it could be charged to.",
            "Der Kunde hat kein Konto, über das es abgerechnet werden könnte.", (struct str){0});
}

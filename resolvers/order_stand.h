/* order_stand: how an order stands and for whom it is, and what keeps it from being placed or
 * changed. */
#pragma once

#include "base/cell.h"
#include "order/state.h"

struct arena;
struct hindrances;

enum order_change { ORDER_IS_AMENDED, ORDER_IS_CANCELLED };

struct order_stand {
    enum order_state state;
    int64_t done;        /* the position of something that is done already; 0: nothing is */
    bool adds;           /* something is set up by it */
    struct str customer; /* customer.status */
};

/* The statement that reads how so many orders stand, by their keys: one row for each. */
struct str order_stand_sql(struct arena *arena, uint32_t count);

/* The key is the first cell. */
void order_stand_read(const struct cell *row, struct order_stand *out);

void order_stand_hinders(const struct order_stand *stand, enum order_change change,
                         struct hindrances *out);

/* Who is barred orders nothing new; who has left, nothing at all. */
void order_stand_customer(struct str status, bool adds, struct hindrances *out);

/* Likewise, for customers: their key, their status, and whether they have an account. */
struct str order_stand_customers_sql(struct arena *arena, uint32_t count);
void order_stand_account(bool has_account, struct hindrances *out);

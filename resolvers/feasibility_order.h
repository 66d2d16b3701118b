/* feasibility_order: what is ordered, held against the rules within the order's transaction.
 *
 *     TRY(feasibility_of_order(act, &ordered, &verdict));    the customer's row is locked before
 *     if (act->errors != NULL)
 *         return STATUS_OK;                                  NOT_FEASIBLE, with reasons
 *     ... the order and its items are written ...
 *     return feasibility_keep(act, order_id, &verdict);
 */
#pragma once

#include "act/act.h"
#include "feasibility/feasibility.h"

struct ordered_item {
    enum feasibility_action action;
    int64_t offering;  /* product_offering.id: what it is to be, or what is ended */
    int64_t quantity;  /* at least 1 */
    int64_t product;   /* product.id that is changed or ended; 0: none */
    const char *field; /* of the input, for its error; NULL: none */
    /* Of an order that is changed: what it has already. */
    int64_t set_up; /* the product it sets up; 0: none */
    bool taken;     /* its pieces are taken from the stock */
};

struct ordered {
    int64_t customer;
    int64_t place; /* geographic_address.id; 0: where the customer is supplied, or else met */
    int64_t day;   /* that it is wanted for; 0: today */
    const struct ordered_item *items;
    uint32_t count;
};

struct feasibility_verdict {
    const struct ordered_item *ordered; /* one for each item of the order */
    struct feasibility_facts facts;
    struct feasibility_rules rules;
    struct feasibility_order order;
    struct feasibility_item *items;
    struct feasibility_judgement *judgements;
    struct str inputs, results; /* JSON */
};

/* Locks what is counted in stock and what the customer holds, then judges. For each item that is
 * not feasible there is a user error NOT_FEASIBLE with the rules as its reasons. */
enum status feasibility_of_order(struct act *act, const struct ordered *ordered,
                                 struct feasibility_verdict *verdict);

/* The order is written: keeps what was judged with it. Judged anew, what was kept before is
 * history. */
enum status feasibility_keep(struct act *act, int64_t order,
                             const struct feasibility_verdict *verdict);

/* order_draft: what an order is to do, as it is asked for, held against what there is.
 *
 * Everything that is wrong is said, each at its member of the input. Parts that belong to what is
 * asked for come along: what a bundle always has, and the parts of what is ended.
 */
#pragma once

#include "act/act.h"

enum { DRAFT_ITEMS = 100 };

struct draft_item {
    const char *path; /* of the object in the input that asked for it; empty: the input itself */
    const char *action;
    int64_t offering;
    int64_t product;                /* 0: it is to be set up */
    int64_t parent;                 /* a product there is; 0: none */
    const struct draft_item *whole; /* of the same order, what it is to be a part of */
    struct cell place, account, currency, billing_address;
    struct str category;
    const char *target; /* a status; NULL: none */
    bool included;      /* in a bundle: it costs nothing beside it */
    int64_t last_day;   /* of what is ended */
    int64_t made;       /* the product, once it is stored */
};

struct draft {
    struct act *act;
    int64_t customer;
    struct cell partner;   /* of the customer */
    int64_t requested_day; /* 0: as soon as may be */
    struct draft_item items[DRAFT_ITEMS];
    uint32_t count;
};

/* Takes the customer's row, which is locked. */
void draft_begin(struct draft *draft, struct act *act, int64_t customer, struct cell partner);

/* The members of an item, as the input has them: absent ones may be NULL. */
struct draft_wish {
    const char *path;
    const char *action;
    const struct input *offering, *product, *parent, *place, *account, *status;
    int64_t whole; /* place in the draft, from 1; 0: none */
};

/* `day` is the member of the input; NULL: there is none. Comes before the items. */
void draft_take_day(struct draft *draft, const struct input *day);
enum status draft_add(struct draft *draft, const struct draft_wish *wish);

/* All items of a list of OrderItemInput. */
enum status draft_add_list(struct draft *draft, const char *member, const struct input *list,
                           const struct input *account);

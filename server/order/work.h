/* work: what is written of one order, each thing in one place; in a transaction of the caller's.
 *
 * Mutations and the provisioner change orders, items and products by these functions alone. They
 * refuse (STATUS_REFUSED) what the tables of state.h forbid: callers ask before. Counters of the
 * customer are kept here.
 */
#pragma once

#include "base/cell.h"
#include "base/status.h"
#include "order/state.h"

struct arena;
struct database;
struct vault;

struct order_work {
    struct database *database;
    struct arena *arena;
    int64_t customer;
    int64_t order;
    const struct vault *vault; /* of the provisioner, which opens and seals codes; else NULL */
};

/* An item as it was read, with the product it is about. */
struct order_item {
    int64_t id;
    int64_t position;
    struct str action;
    enum order_state state, state_before;
    int64_t offering;
    struct str code, category;          /* of the offering */
    enum product_status target;         /* PRODUCT_STATUSES: none */
    struct cell binding_months;         /* NULL: none */
    struct cell notice_days;            /* NULL: none */
    int64_t product;                    /* 0: none */
    enum product_status product_status; /* PRODUCT_STATUSES: there is no product */
    struct cell parent, service;        /* of the product */
    struct cell attempt;                /* of its task; NULL: it has none */
    struct cell elapsed_ms;             /* since the network was told; NULL: it was not */
    struct cell status_before;          /* of a product that is being ended */
    int64_t took_stock;                 /* pieces */
};

struct order_items {
    struct order_item *at;
    uint32_t count;
};

/* rows may be NULL. */
enum status work_run(const struct order_work *work, const char *sql, const struct cell *parameters,
                     uint32_t count, struct rows *rows);

/* A product costs what an item of the order said when it was placed. */
enum status work_price(const struct order_work *work, int64_t product, int64_t item);

/* All items of the order by position, locked. */
enum status work_read(const struct order_work *work, struct order_items *items);

/* What is wrong with it, or why: a value of OrderReason; NULL: nothing. */
enum status work_move_order(const struct order_work *work, enum order_state from,
                            enum order_state to, const char *reason);
enum status work_move_item(const struct order_work *work, struct order_item *item,
                           enum order_state to, const char *reason);
enum status work_move_product(const struct order_work *work, struct order_item *item,
                              enum product_status to);

/* The order ends when none of its items goes on; `state` is where it stands. */
enum status work_end(const struct order_work *work, enum order_state state);

bool work_is(const struct order_item *item, const char *action);

/* The network is at work on it. */
bool work_has_begun(const struct order_item *item);

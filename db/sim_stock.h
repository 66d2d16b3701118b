/* sim_stock: spare SIM cards, and how one becomes a customer's, with codes that nobody reads on the
 * way: those of the stock are opened, and sealed for the customer's card, in this file alone. */
#pragma once

#include "base/cell.h"
#include "base/status.h"

struct arena;
struct database;
struct vault;

/* A spare card that the transaction holds; the cells are those of its row. */
struct sim_stock_card {
    int64_t id; /* 0: there is none */
    struct cell iccid, imsi, form;
};

/* The one of that number, which is digits alone. */
enum status sim_stock_find(struct database *database, struct arena *arena, struct str iccid,
                           struct sim_stock_card *card);

/* Any that nobody else takes at this moment. */
enum status sim_stock_any(struct database *database, struct arena *arena,
                          struct sim_stock_card *card);

/* Whose it becomes. */
struct sim_stock_owner {
    int64_t customer_id, product_id;
    int64_t partner_id; /* of the customer; 0: the operator's own */
    struct cell msisdn;
    struct cell status; /* of the card then */
};

/* The card is in use from today on, is found by its numbers, and is spare no more. *sim_card is its
 * new key. */
enum status sim_stock_hand_over(struct database *database, struct arena *arena,
                                const struct vault *vault, const struct sim_stock_card *card,
                                const struct sim_stock_owner *owner, int64_t *sim_card);

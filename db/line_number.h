/* line_number: the telephone number of a mobile line becomes another one. */
#pragma once

#include "base/cell.h"
#include "base/status.h"

struct arena;
struct database;

struct line_number {
    int64_t customer_id, product_id;
    int64_t partner_id; /* of the customer; 0: the operator's own */
    struct cell before; /* NULL: the line has none yet */
    struct str after;
};

/* A free number whose rest is over and that nobody else takes at this moment, of the country of the
 * customer's others if there is one: it is free no more. .at NULL: there is none at all. */
enum status line_number_take(struct database *database, struct arena *arena, int64_t customer_id,
                             struct str *number);

/* A number that was a line's is nobody's, and rests before somebody else gets it. */
enum status line_number_rest(struct database *database, struct arena *arena, struct cell number);

/* On the line, on its SIM cards in use, and where the customer is found by it; the one before rests
 * among the free numbers. Within a transaction that has locked the line. */
enum status line_number_change(struct database *database, struct arena *arena,
                               const struct line_number *number);

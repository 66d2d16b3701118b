/* cost: what a plan asks of the database, as a formula over the sizes and conditions of a request.
 *
 *     points = Σ over live fetches of  COST_STATEMENT · statements + rows + objects / COST_OBJECTS
 *
 * Rows are those that are to be expected: for each parent as many as there usually are (@many's
 * average), and not more than the request asks for; at the root as many as it asks for. A point is
 * about what one row costs MariaDB. Compiled with the plan, one step for each fetch, and evaluated
 * before any SQL, in one pass over the steps. A row that is joined to another counts as one more.
 */
#pragma once

#include <stdbool.h>
#include <stdint.h>

struct plan;

enum {
    COST_STATEMENT = 10, /* what MariaDB does for a statement, compared with a row of it */
    COST_OBJECTS = 10,   /* so many objects in memory weigh as much as a row */
};

enum cost_work {
    COST_OF_NOTHING, /* the root */
    COST_OF_ROWS,
    COST_OF_COUNT, /* reads what it counts, and gives one row for each parent */
    COST_OF_OBJECTS,
};

struct cost_step {
    enum cost_work work;
    uint32_t parent; /* the step whose rows are this one's parents */
    uint32_t condition;
    uint32_t usual;    /* rows for each parent that are to be expected; 0: as many as may come */
    uint32_t most;     /* rows for each parent that may come; 0: what the request says */
    uint32_t beyond;   /* further rows for each parent, read to see whether there are more */
    uint32_t together; /* parents in one statement; 0: as many as suits the rows asked for */
    uint32_t joins;    /* rows of other tables that are read with each row */
};

/* What the formula says of one fetch. */
struct cost_share {
    bool live;
    double parents; /* to be expected */
    double rows;    /* to be expected */
    double at_most; /* rows that can come */
    double points;
};

struct cost {
    double points;
    double rows_at_most; /* rows that its own statements can read, whatever the data is */
    uint32_t dearest;    /* the fetch with the most points of its own */
};

/* Adds the steps to a plan whose fetches are complete. */
void cost_compile(struct plan *plan);

/* live: by condition. sizes: by fetch, rows for each parent where the request says how many.
 * shares: room for one for each fetch. */
struct cost cost_evaluate(const struct plan *plan, const bool *live, const uint32_t *sizes,
                          struct cost_share *shares);

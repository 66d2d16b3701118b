/* customer_owned: every table that names a customer in its rows, and what a merge does with them.
 *
 * Whoever makes a table of customers adds it: tests/api/merge_act.mjs holds the list against the
 * database.
 */
#pragma once

enum customer_owned_way {
    OWNED_MOVES, /* the rows get another customer, and are else the same */
    OWNED_USAGE, /* so do these, which have no index by the customer (resolvers/merge_usage.c) */
    OWNED_TERMS, /* derived: made anew (resolvers/merge_write.c) */
    OWNED_STAYS, /* what was done to whom is not rewritten */
};

struct customer_owned {
    const char *table;
    const char *column; /* the one that names the customer */
    enum customer_owned_way way;
    const char *kind; /* what people are told was moved, of MergedKind; NULL: a part of something */
};

extern const struct customer_owned customer_owned[]; /* ended by table NULL */

/* invariants: what has to be so of all rows together, which no constraint of a table can say.
 *
 * dossier doctor and the tests of whatever fills tables look. Each is one statement that counts
 * where it is not so. It is asked of a portion of the rows at a time, which all that is asked of
 * that portion finds in memory; several connections share the portions.
 */
#pragma once

#include "base/status.h"
#include "base/str.h"

struct arena;
struct database;

/* Whose ids come in portions. Rows of one customer, period or product lie together. */
enum invariant_rows {
    OF_ALL, /* no portions: the statement takes no parameters */
    OF_CUSTOMERS,
    OF_PERIODS,
    OF_PRODUCTS,
    INVARIANT_ROWS,
};

struct invariant {
    const char *says;
    enum invariant_rows rows;
    /* One number: in how many places it is not so. Each `BETWEEN ? AND ?` is for the first and the
     * last id of a portion; of whatever ids there are, each is in one portion. */
    const char *count_broken;
};

/* Ends with {0}. */
extern const struct invariant invariants[];

/* `looked`: called now and then, by one thread at a time, with how many of how many portions are
 * behind us; may be NULL. *broken: which are and how often, in the arena; empty: all of them hold.
 * Not STATUS_OK: *broken is what the database says. Few rows are looked at by this connection
 * alone, so also those of its transaction. */
enum status invariants_check(struct database *database, struct arena *arena,
                             void (*looked)(uint32_t portions, uint32_t all), struct str *broken);

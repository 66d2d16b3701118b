/* invariants: what has to be so of all rows together, which no constraint of a table can say.
 *
 * dossier doctor and the tests of whatever fills tables look. Each is one statement that counts
 * where it is not so; a database of a million customers takes minutes.
 */
#pragma once

#include "base/status.h"
#include "base/str.h"

struct arena;
struct database;

struct invariant {
    const char *says;
    const char *count_broken; /* one number: in how many places it is not so */
};

/* Ends with {0}. */
extern const struct invariant invariants[];

/* `looking`: called with each before it is looked at; may be NULL. *broken: which are and how
 * often, in the arena; empty: all of them hold. Else what the database says is in
 * database_problem(). */
enum status invariants_check(struct database *database, struct arena *arena,
                             void (*looking)(const struct invariant *invariant),
                             struct str *broken);

/* index: what C code adds to the schema: resolvers by coordinate, predicates by name.
 *
 * One file per file of schema/ that has logic, by the same word; here they are only listed.
 */
#pragma once

#include "run/resolver.h"

struct account_tabs;
struct arena;
struct database;
struct engine;

extern const struct resolver resolvers_index[];         /* ended by coordinate NULL */
extern const struct named_predicate predicates_index[]; /* ended by name NULL */

/* The tabs that are released, now or from a moment to come; they are the resolvers' state. NULL with the reason
 * in *problem. Lives in the arena. */
struct account_tabs *account_tabs_load(struct arena *arena, struct database *database,
                                       struct str *problem);

/* Compiles each tab's part of the account by itself, so that one that does not fit the schema stops
 * the start and is named; from then on the account documents are made on this engine. */
enum status account_tabs_publish(struct account_tabs *tabs, struct engine *engine,
                                 struct str *problem);

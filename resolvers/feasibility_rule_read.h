/* feasibility_rule_read: a rule of feasibility as people write it, in JSON, checked as a whole.
 *
 * All that is wrong with it is told at once, each thing with what to do about it.
 */
#pragma once

#include "base/cell.h"
#include "base/status.h"

struct arena;
struct database;

/* As the columns of feasibility_rule; a cell is NULL where nothing is said. */
struct written_rule {
    struct str code, state, kind, result, texts;
    int64_t version; /* that it was made of; 0: not said */
    int64_t valid_from;
    struct cell valid_until;
    struct cell ends, offering_id, specification_id, category;
    struct cell target_offering_id, target_specification_id, target_category, number, word;
};

/* The members of a rule in JSON, in the order they are shown in; NULL behind the last. */
extern const char *const feasibility_rule_members[];

/* STATUS_INVALID with one line for each mistake in *problem; `today`: what is looked at may not
 * begin before. The arena keeps what the rule points to. */
enum status feasibility_rule_read(struct str json, int64_t today, struct database *database,
                                  struct arena *arena, struct written_rule *out,
                                  struct str *problem);

/* feasibility_rule: the rules of what is feasible, listed, added, changed and ended by who runs the
 * operator's catalogue.
 *
 * A rule is changed by a new version from a day on; what was in force before that day stays as it
 * was. Each of these checks everything first and writes all of it or nothing.
 */
#pragma once

#include "base/str.h"
#include "db/chore.h"

/* One line for each version of each rule. */
enum status feasibility_rule_list(struct chore *chore, void (*print)(struct str line));

/* As JSON that feasibility_rule_change() takes; version 0: the newest. */
enum status feasibility_rule_show(struct chore *chore, const char *code, int64_t version,
                                  void (*print)(struct str line));

/* JSON of a rule whose code is new. */
enum status feasibility_rule_add(struct chore *chore, struct str json);

/* JSON of a rule that is there, as it is to be from its first day on: a new version. One that is
 * ACTIVE takes the place of the version before, which ends the day before; a DRAFT or a TRIAL
 * stands beside it. */
enum status feasibility_rule_change(struct chore *chore, struct str json);

/* The last day of a rule, yesterday or later; what would begin after it becomes a DRAFT. */
enum status feasibility_rule_end(struct chore *chore, const char *code, int64_t day);

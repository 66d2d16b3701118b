/* conflict: what others have changed of a row since the version that a change begins from.
 *
 * What they changed besides stays; a member that both change is an error of its own, with who it
 * was. Of a row whose table keeps its history, with a column `version`.
 */
#pragma once

#include "act/act.h"

enum { CONFLICT_MEMBERS = 8 };

struct conflict_member {
    const char *field;  /* of the input */
    const char *column; /* of the table */
    bool is_told;       /* people can read what stands in the column: a text or a day */
    bool is_set;        /* it becomes something also when it is not given */
};

struct conflict_rows {
    const char *table;
    const char *owner; /* the column with the customer's key */
    const char *mutation;
    struct conflict_member members[CONFLICT_MEMBERS]; /* up to the first without a field */
};

/* Who was the last to give a member to the mutation since that moment, for colleagues: others are
 * not told the names of those who work for the operator. */
enum status conflict_who(struct act *act, const char *mutation, const char *member,
                         const struct cell *since, struct str *who);

/* User errors when `expectedVersion` is given, the row act->object has another one, and others have
 * made of members that are set something else than `next`. A cell for each member, in their
 * order. */
enum status conflict_check(struct act *act, const struct conflict_rows *rows,
                           const struct cell *version, const struct cell *now,
                           const struct cell *next);

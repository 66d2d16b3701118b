/* mobile_line: the mobile line that a change is about. */
#pragma once

#include "act/act.h"

struct hindrances;

struct mobile_line {
    int64_t id, customer_id;
    int64_t partner_id; /* of the customer; 0: the operator's own */
    struct cell number; /* NULL: none yet */
    struct cell version;
};

/* Locks the line that the input names by `id`, and makes it what the change is about. *line is good
 * while there are no user errors: it is a mobile line that is in use or suspended. */
enum status mobile_line_lock(struct act *act, struct mobile_line *line);

/* What keeps a product of that category and status from being changed as a mobile line. */
void mobile_line_hinders(struct str category, struct str status, struct hindrances *out);

/* What keeps the line from being written to. */
void mobile_line_unnumbered(const struct cell *number, struct hindrances *out);

/* A telephone number, as it is stored; a user error when it is none. */
struct str mobile_line_number(struct act *act, const char *member);

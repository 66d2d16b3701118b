/* password_reset: a customer chooses anew what opens a mailbox, by a link that only they get. */
#pragma once

#include "act/act.h"

extern const struct action password_reset_send;

/* Of the payload. */
void password_reset_leaf(const struct resolve *resolve, const void *object,
                         const struct field *field, struct cell *out);

/* identification_act: Mutation.addIdentification, .verifyIdentification and
 * .withdrawIdentification. */
#pragma once

#include "act/act.h"

struct hindrances;

extern const struct action identification_add, identification_verify, identification_withdraw;

/* What keeps a document from being verified that is valid until that day, or for good. */
void identification_hinders(const struct cell *until, struct hindrances *out);

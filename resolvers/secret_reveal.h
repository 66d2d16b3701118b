/* secret_reveal: a code of a SIM card is read once, by somebody who may, for a caller who is known.
 */
#pragma once

#include "act/act.h"

extern const struct action secret_reveal;

/* .leaf of RevealSecretPayload. */
void secret_reveal_leaf(const struct resolve *resolve, const void *object,
                        const struct field *field, struct cell *out);

/* sim_card: what is told of the codes of a SIM card. */
#pragma once

#include "run/resolver.h"

enum status sim_card_code(struct resolve *resolve);
void sim_card_code_leaf(const struct resolve *resolve, const void *object,
                        const struct field *field, struct cell *out);

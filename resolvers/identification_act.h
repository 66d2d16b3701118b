/* identification_act: Mutation.addIdentification, .verifyIdentification and
 * .withdrawIdentification. */
#pragma once

#include "act/act.h"

extern const struct action identification_add, identification_verify, identification_withdraw;

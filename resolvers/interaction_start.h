/* interaction_start: a contact is written down when somebody begins to help a customer. */
#pragma once

#include "act/act.h"

/* Mutation.startInteraction */
extern const struct action interaction_start;

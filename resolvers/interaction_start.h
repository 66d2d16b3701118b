/* interaction_start: a contact is written down when somebody begins to help a customer. */
#pragma once

#include "act/act.h"

/* How long a contact that nobody has ended goes on. */
#define INTERACTION_CONTINUED "INTERVAL 30 MINUTE"

/* Mutation.startInteraction */
extern const struct action interaction_start;

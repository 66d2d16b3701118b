/* interaction_finish: what a contact was about and what came of it is said when it ends. */
#pragma once

#include "act/act.h"

/* Mutation.finishInteraction */
extern const struct action interaction_finish;

/* change_undo: Mutation.undoChange. */
#pragma once

#include "act/act.h"

extern const struct action change_undo;

/* Why what has left the house is not taken back; for the actions that do such things. */
extern const struct undo change_has_left;

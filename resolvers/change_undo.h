/* change_undo: Mutation.undoChange. */
#pragma once

#include "act/act.h"

extern const struct action change_undo;

/* What came back does not go together with what was done since: nothing is taken back. */
void change_undo_refuse(struct act *act);

/* Why what has left the house is not taken back; for the actions that do such things. */
extern const struct undo change_has_left;

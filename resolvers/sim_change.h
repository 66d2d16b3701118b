/* sim_change: another SIM card takes the place of one in use. */
#pragma once

#include "act/act.h"

struct hindrances;

extern const struct action sim_change;

/* What keeps a card of this status from being exchanged. */
void sim_change_hinders(struct str status, struct hindrances *out);

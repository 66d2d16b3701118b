/* sim_change: another SIM card takes the place of one in use. */
#pragma once

#include "act/act.h"

extern const struct action sim_change;

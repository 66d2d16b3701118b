/* contact_medium_act: how a customer can be reached, added and changed. */
#pragma once

#include "act/act.h"

extern const struct action contact_medium_add;
extern const struct action contact_medium_update;

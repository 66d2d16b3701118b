/* mobile_number: a mobile line gets another number. */
#pragma once

#include "act/act.h"

extern const struct action mobile_change_number;

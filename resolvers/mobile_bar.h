/* mobile_bar: services of a mobile line are barred, and given back. */
#pragma once

#include "act/act.h"

extern const struct action mobile_bar;
extern const struct action mobile_unbar;

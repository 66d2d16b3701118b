/* viewer_update: Mutation.updateViewer. */
#pragma once

#include "act/act.h"

extern const struct action viewer_update;

/* serve: the command that runs the server until it is told to end. */
#pragma once

#include "base/str.h"

struct arena;
struct config;

/* False: it could not start, with the reason in *problem. */
bool serve(const struct config *config, struct arena *arena, struct str *problem);

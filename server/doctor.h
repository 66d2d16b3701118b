/* doctor: looks whether everything a server needs is there, and says what to do where it is not. */
#pragma once

#include "base/str.h"

struct arena;
struct config;

/* Prints its findings and changes nothing. False: something is missing, *problem says how much. */
bool doctor(const struct config *config, struct arena *arena, struct str *problem);

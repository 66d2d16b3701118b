/* version: what a change begins from. */
#pragma once

#include "act/act.h"
#include "run/resolver.h"

/* .version of every type that has it: counts changes. */
enum status version_batch(struct compute *compute);

/* A user error when expectedVersion is given and is not `now`. */
void version_check(struct act *act, const struct cell *now);

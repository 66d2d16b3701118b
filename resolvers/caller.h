/* caller: whether who calls is the customer. */
#pragma once

#include "act/act.h"

extern const struct action caller_verify;

/* A user error when the viewer has not verified lately that they speak to act->customer. The time
 * in touch that the verification belongs to is in *interaction. */
enum status caller_check(struct act *act, struct cell *interaction);

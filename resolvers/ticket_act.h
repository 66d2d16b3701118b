/* ticket_act: tickets are opened and answered. */
#pragma once

#include "act/act.h"

extern const struct action ticket_create;
extern const struct action ticket_answer;

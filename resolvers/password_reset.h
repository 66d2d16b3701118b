/* password_reset: a customer chooses anew what opens a mailbox, by a link that only they get. */
#pragma once

#include "act/act.h"

extern const struct action password_reset_send;

/* voicemail_pin: the voice mailbox of a mobile line gets a new PIN, which only the line is told. */
#pragma once

#include "act/act.h"

extern const struct action voicemail_pin_reset;

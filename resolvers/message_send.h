/* message_send: messages are made, put into the outbox, and tried once more. */
#pragma once

#include "act/act.h"

extern const struct action message_send;
extern const struct action message_retry;

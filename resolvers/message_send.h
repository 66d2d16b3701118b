/* message_send: messages are made, put into the outbox, and tried once more. */
#pragma once

#include "act/act.h"

extern const struct action message_send;
extern const struct action message_retry;

/* What this installation is set up for: messages that go another way wait in the outbox, and say
 * why. Before the first mutation. */
struct message_ways {
    bool email, sms, post;
    struct str country; /* where letters are posted: others have their country on them */
};
void message_send_use(const struct message_ways *ways);

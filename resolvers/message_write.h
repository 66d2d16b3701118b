/* message_write: a message to a customer, written in the transaction that gives the reason for it.
 */
#pragma once

#include "act/act.h"
#include "base/placeholder.h"

enum { MESSAGE_WRITE_INPUTS = 4 };

struct message_write {
    const char *code; /* of its template */
    bool sms;         /* otherwise an e-mail */
    struct str recipient;
    struct placeholder inputs[MESSAGE_WRITE_INPUTS]; /* besides the customer's name */
    uint32_t input_count;
    struct placeholder secret; /* stored sealed until it was sent, and shown to nobody */
    int64_t secret_minutes;    /* how long it is good */
};

/* To act->customer, in their language where there is a text in it, else in English. It is in
 * the outbox then. A user error when there is no text for it. */
enum status message_write(struct act *act, const struct message_write *message);

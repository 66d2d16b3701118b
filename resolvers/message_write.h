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
    struct placeholder secret; /* stored sealed, and shown to nobody */
};

/* To act->customer, in their language where there is a text in it, else in English. It waits to be
 * sent. A user error when there is no text for it. */
enum status message_write(struct act *act, const struct message_write *message);

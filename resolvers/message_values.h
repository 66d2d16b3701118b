/* message_values: what placeholders of texts stand for: what is known of the customer, and of what
 * a message is about. */
#pragma once

#include "base/cell.h"
#include "base/placeholder.h"
#include "base/status.h"

struct act;

enum { MESSAGE_VALUES_LIMIT = 16 };

/* What a message may be about: at most one of them is not null. */
struct message_about {
    struct cell order, bill, ticket; /* keys */
    struct str number;               /* of the ticket */
    struct str subject;              /* of the ticket */
    bool open;                       /* the ticket is not settled */
};

struct message_values {
    struct str language; /* of the text, BCP 47 */
    bool letter;         /* which has the day it is written on it */
    struct placeholder items[MESSAGE_VALUES_LIMIT];
    uint32_t count;
};

void message_values_put(struct message_values *values, const char *name, struct str value);

/* Of the member aboutId of the input: something of act->customer, which is locked; else a user
 * error. */
enum status message_values_find_about(struct act *act, struct message_about *about);

/* Puts what there is; what there is not is left out. */
enum status message_values_fill(struct act *act, const struct message_about *about,
                                struct message_values *values);

/* As a JSON object of texts. */
struct str message_values_json(struct act *act, const struct message_values *values);

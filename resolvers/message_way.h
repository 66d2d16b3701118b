/* message_way: the ways that messages leave by, which of them are set up here, and their outbox. */
#pragma once

#include "act/act.h"
#include "mariadb/database.h"

struct message_way {
    const char *channel;
    const char *kind;       /* of the message, and of its text */
    const bool *is_offered; /* NULL: nothing has to be done for it to be there */
};

/* What this installation is set up for: messages that go another way wait in the outbox, and say
 * why. Before the first mutation. */
struct message_ways {
    bool email, sms, post;
    struct str country; /* where letters are posted: others have their country on them */
};
void message_way_use(const struct message_ways *ways);

/* The country that letters are posted in. */
struct str message_way_country(void);

/* The schema has no other channels. */
const struct message_way *message_way_of(struct str channel);

/* NOT_CONFIGURED, or null. */
struct cell message_way_problem(const struct message_way *way);

/* What is to become of a message; cells that are zero are null. */
struct message_delivery {
    int64_t message_id;
    const struct message_way *way;
    struct str address; /* in full; empty for letters */
    struct cell order, bill, ticket;
    int64_t secret_minutes; /* how long what it says to its reader alone is kept; 0: nothing */
};

/* Puts a message of act->customer into the outbox. */
enum status message_way_queue(struct act *act, const struct message_delivery *delivery);

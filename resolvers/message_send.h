/* message_send: messages are made, put into the outbox, and tried once more. */
#pragma once

#include "act/act.h"

struct hindrances;

extern const struct action message_send;
extern const struct action message_retry;

/* The statement that reads how so many messages stand, by their keys: one row for each, of the key,
 * where it stands on its way, and whether what it was to tell is good no more. */
struct str message_send_sql(struct arena *arena, uint32_t count);
enum { MESSAGE_DELIVERY = 1, MESSAGE_LAPSED };

/* What keeps it from being tried once more. `delivery` may be NULL: it is on no way. */
void message_send_hinders(const struct cell *delivery, bool lapsed, struct hindrances *out);

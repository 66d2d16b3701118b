/* message_secret: what a message says to its reader alone, as it lies in the database.
 *
 * The inputs of the message have dots in its place. Whoever sends the message opens it, puts it in,
 * and deletes the row once the message has left.
 */
#pragma once

#include "base/str.h"
#include <stdint.h>

struct arena;

/* What it is bound to when it is sealed. */
struct str message_secret_place(struct arena *arena, struct str name, int64_t customer_id,
                                int64_t message_id);

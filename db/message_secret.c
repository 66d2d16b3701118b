/* message_secret: what a message says to its reader alone, as it lies in the database. */
#include "db/message_secret.h"

#include <inttypes.h>

struct str message_secret_place(struct arena *arena, struct str name, int64_t customer_id,
                                int64_t message_id)
{
    return str_printf(arena, "message_secret|" STR_FMT "|%" PRId64 "|%" PRId64, STR_ARG(name),
                      customer_id, message_id);
}

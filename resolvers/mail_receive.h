/* mail_receive: an e-mail that came is filed in its ticket, once, or waits for somebody. */
#pragma once

#include "base/status.h"
#include "base/str.h"

struct arena;
struct database;

/* In a transaction of its own. *said: what became of it, for the log; STATUS_INVALID: the bytes are
 * no e-mail. */
enum status mail_receive(struct database *database, struct arena *arena, struct str bytes,
                         struct str *said);

/* password_reset: a customer chooses anew what opens a mailbox, by a link that only they get. */
#pragma once

#include "act/act.h"

struct arena;
struct hindrances;

extern const struct action password_reset_send;

/* Of the payload. */
void password_reset_leaf(const struct resolve *resolve, const void *object,
                         const struct field *field, struct cell *out);

/* Nobody can open it any more. */
bool password_reset_is_closed(struct str status);

/* What keeps a mailbox of that status from getting a link, and one whose customer cannot be
 * written to elsewhere. */
void password_reset_hinders(struct str status, struct hindrances *out);
void password_reset_wayless(bool wayless, struct hindrances *out);

/* The statement that reads whether there is a way for the link, of so many mailboxes by their
 * keys: one row for each. */
struct str password_reset_sql(struct arena *arena, uint32_t count);
enum { MAILBOX_HAS_WAY = 1 };

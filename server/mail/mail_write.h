/* mail_write: a text as an e-mail, byte by byte as it is handed to a mail server.
 *
 * The same text gives the same bytes. Nothing in a value can become a header of its own.
 */
#pragma once

#include "base/str.h"

struct arena;

struct mail_text {
    struct str from_name, from; /* who writes */
    struct str to;
    struct str subject, body;
    struct str message_id; /* without its angle brackets */
    int64_t written_at;    /* seconds since 1970 */
};

struct str mail_write(struct arena *arena, const struct mail_text *text);

/* Whether it is one address that a mail server can be told: something@something, without blanks,
 * brackets and what controls anything. */
bool mail_address_valid(struct str address);

/* "Name <address>" or an address alone; false when it is neither. */
bool mail_address_read(struct arena *arena, struct str text, struct str *name, struct str *address);

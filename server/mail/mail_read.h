/* mail_read: what is said in an e-mail that somebody sent: who, about what, in answer to what.
 *
 * Everything in it is somebody else's: nothing is believed, all of it is bounded.
 */
#pragma once

#include "base/str.h"

struct arena;

enum {
    MAIL_BYTES_MAX = 10 * 1024 * 1024,
    MAIL_DEPTH_MAX = 16, /* of parts inside of parts */
    MAIL_PARTS_MAX = 200,
    MAIL_TEXT_BYTES = 50000, /* of what is kept of its text */
    MAIL_SUBJECT_BYTES = 600,
    MAIL_REFERENCES_MAX = 50,
};

struct mail {
    struct str message_id; /* without its brackets; empty: it has none */
    struct str sender;     /* the address alone, in lower case; empty: none, or more than one */
    struct str subject;    /* one line of UTF-8 */
    struct str text;       /* UTF-8, with \n; empty: it says nothing in words */
    struct str references[MAIL_REFERENCES_MAX]; /* Message-IDs, of In-Reply-To, too */
    uint32_t reference_count;
    bool automatic; /* written by a program (RFC 3834): answers that nobody should answer */
    bool shortened; /* the text was longer than is kept */
};

/* False: it is no e-mail at all. Texts live in the arena. */
bool mail_read(struct mail *mail, struct arena *arena, struct str bytes);

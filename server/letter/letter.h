/* letter: a message as a PDF: a letter with its address where windows of envelopes are, an e-mail
 * or an SMS on a plain sheet.
 *
 * The same letter gives the same bytes, on any thread and in any order, as long as
 * letter_renderer() is the same. Takes a few milliseconds of CPU: for workers, not for event loops.
 */
#pragma once

#include "base/status.h"
#include "base/str.h"

struct arena;

enum letter_kind { LETTER_PAPER, LETTER_EMAIL, LETTER_SMS };

struct letter {
    enum letter_kind kind;
    bool received;            /* from the customer */
    struct str locale;        /* BCP 47 */
    struct str letterhead;    /* the name, then a line for each thing to know of who writes */
    struct str other;         /* the customer's address in part, for e-mail and SMS */
    struct str address;       /* of paper: line by line */
    struct str date;          /* of paper: as it is written there */
    struct str number;        /* of paper: the customer's */
    struct str subject, body; /* nothing is left to be filled in */
    int64_t sent_at;          /* microseconds since 1970 */
};

struct letter_pdf {
    struct str bytes;
    unsigned pages;
};

/* What else the bytes depend on: versions of the layout, the libraries and the fonts. */
const char *letter_renderer(void);

/* In the arena. STATUS_LIMIT: the text is longer than is allowed; STATUS_UNAVAILABLE: there are no
 * fonts, see the log. */
enum status letter_render(struct letter_pdf *pdf, struct arena *arena, const struct letter *letter);

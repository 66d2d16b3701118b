/* ticket_write: what all that changes tickets has in common. */
#pragma once

#include "act/act.h"

/* The moment of the change, in SQL: one for all that is written, since articles, clocks and the ticket
 * say it. ticket_begin() comes before the first statement that has it. */
#define TICKET_NOW "CAST(@ticket_now AS DATETIME(6))"
enum status ticket_begin(struct act *act);

/* The text of a member of the input, without blanks around it; a user error when there is none or
 * it is too long. `lines`: it may have several. */
struct str ticket_words(struct act *act, const char *member, bool lines);

/* One more article of the ticket act->object of act->customer; kind MESSAGE or NOTE, author_kind
 * CUSTOMER or AGENT. */
enum status ticket_add_article(struct act *act, const char *kind, const char *author_kind,
                               struct cell author, struct cell subject, struct str text);

/* The first promise that is not kept yet becomes the ticket's next_due_at. */
enum status ticket_update_next_due(struct act *act);

/* ticket_act: tickets are opened and answered. */
#pragma once

#include "act/act.h"

extern const struct action ticket_create;
extern const struct action ticket_answer;

/* What a ticket begins with that somebody of the operator opens for a customer. */
struct ticket_given {
    struct cell customer, partner, name; /* whose it is; partner: NULL where they have none */
    struct cell type, severity;
    struct str subject, text;
};

/* Opens it: act->object is then its key. A user error when no queue takes such tickets. After
 * ticket_begin(), with the customer's row locked and as act->customer. */
enum status ticket_open(struct act *act, const struct ticket_given *given);

/* What follows when the operator, or the customer, has written to the ticket act->object of
 * act->customer: turns, clocks and moments. After ticket_begin(). */
enum status ticket_note_answer(struct act *act);
enum status ticket_note_message(struct act *act);

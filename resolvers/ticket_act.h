/* ticket_act: tickets are opened and answered. */
#pragma once

#include "act/act.h"

extern const struct action ticket_create;
extern const struct action ticket_answer;

/* What follows when the operator, or the customer, has written to the ticket act->object of
 * act->customer: turns, clocks and moments. After ticket_begin(). */
enum status ticket_note_answer(struct act *act);
enum status ticket_note_message(struct act *act);

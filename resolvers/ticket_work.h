/* ticket_work: which tickets somebody has to work on, and whose they are. */
#pragma once

#include "plan/binding.h"
#include "run/resolver.h"

/* Query.tickets: those of a team, of the viewer, or nobody's. */
predicate_function ticket_work;

/* Query.ticketAssignees: those of the ticket's team who may sign in. */
predicate_function ticket_assignee;

/* TroubleTicket.own: needs assignee_id. */
enum status ticket_own(struct compute *compute);

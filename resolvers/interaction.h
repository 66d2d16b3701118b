/* interaction: which of the times that somebody was in touch with customers are the viewer's. */
#pragma once

#include "plan/binding.h"
#include "run/resolver.h"

/* Those in which the viewer was the operator's or the partner's side. */
predicate_function interaction_of_viewer;

/* PartyInteraction.own: needs user_account_id. */
enum status interaction_own(struct compute *compute);

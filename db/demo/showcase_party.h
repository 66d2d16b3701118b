/* showcase_party: who the customers with a story are, and who acts for them. */
#pragma once

#include "party.h"

/* False: the customer has no story of that kind. */
bool showcase_party_make(struct demo_customer *customer, struct demo_party *party);

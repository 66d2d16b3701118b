/* showcase_tickets: the tickets of the customers with a story. */
#pragma once

#include "model.h"

enum { SHOWCASE_ARTICLES = 900 }; /* of one ticket, of Hafenlicht Logistik */

/* Once the rest of the customer is there. */
void showcase_tickets_make(struct demo_customer *customer);

/* tickets: what customers reported in the last two years, and how it went. */
#pragma once

#include "ticket_texts.h"

/* Products, orders and the ledger must be there. */
void tickets_make(struct demo_customer *customer);

/* One that its customer reported, in the words of its type, waiting in the type's queue with its
 * clocks; the newest of the customer's. */
struct demo_ticket *tickets_report(struct demo_customer *customer, enum ticket_type type, int words,
                                   int64_t opened_at);

/* All clocks of the newest ticket: so much later each is due, 0 for none. */
void tickets_promise(struct demo_customer *customer, int respond_hours, int restore_hours,
                     int fix_hours);

/* The newest ticket is answered and somebody's from then on. */
void tickets_answer(struct demo_customer *customer, enum ticket_type type, int agent,
                    int64_t answered_at);

/* The newest ticket is resolved, and all its clocks stop. */
void tickets_resolve(struct demo_customer *customer, enum ticket_type type, const char *status,
                     int64_t resolved_at);

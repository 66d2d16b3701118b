/* messages: what was written to a customer in the last twelve months, in step with orders, products
 * and the ledger. */
#pragma once

#include "message_texts.h"

/* Everything else of the customer must be there. */
void messages_make(struct demo_customer *customer);

/* A letter to hang up, in another language than the customer's. */
void messages_add_notice(struct demo_customer *customer, enum notice_language language,
                         int64_t sent_at);

/* An e-mail of the customer, and what was answered two hours later; an empty answer is none. */
void messages_add_inquiry(struct demo_customer *customer, struct str about, struct str text,
                          struct str answer, int64_t sent_at);

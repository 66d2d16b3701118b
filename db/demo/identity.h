/* identity: who a generated customer is and how to reach them. */
#pragma once

#include "model.h"

/* Language and rank follow from the ordinal: of each ten customers seven are German-speaking, two
 * English and one French, in an order of their own. Rank is unique within a language. */
void identity_language(struct demo_customer *customer);

/* Everything else of an ordinary customer. */
void identity_make(struct demo_customer *customer);

/* Sets the names that follow from these. */
void identity_person(struct demo_customer *customer, const char *given, const char *family,
                     int64_t birth_date);
void identity_organization(struct demo_customer *customer, struct str name);

/* A mobile number, an e-mail address and an address somewhere in the country of the language. */
void identity_contacts(struct demo_customer *customer);

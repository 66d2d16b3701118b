/* identity: who a generated customer is and how to reach them. */
#pragma once

#include "model.h"

struct random;

/* All of an ordinary customer. */
void identity_make(struct demo_customer *customer);

/* Sets the names that follow from these. */
void identity_person(struct demo_customer *customer, const char *given, const char *family,
                     int64_t birth_date);
void identity_organization(struct demo_customer *customer, struct str name);

/* Whether an ordinary customer is one, found out without making them. */
bool identity_is_organization(const struct demo_world *world, int64_t ordinal);

/* Fills an address with one somewhere in the country of the language. */
void identity_draw_address(struct demo_customer *customer, struct random *random,
                           struct demo_address *address);

/* Of one of several persons of the customer. */
struct str identity_mail_address(struct demo_customer *customer, struct str name, int which);

/* A mobile number, an e-mail address and an address somewhere in the country of the language. */
void identity_contacts(struct demo_customer *customer);

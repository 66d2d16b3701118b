/* customer_name: what a customer is called, and when a person was born. */
#pragma once

#include "act/act.h"

struct arena;
struct input;

/* CELL_NULL: it has none. */
struct customer_names {
    struct cell given, family, organization, birth_date;
};

/* One line that a member of the input gives; else there is a user error. */
struct cell customer_name(struct act *act, const char *member, struct str text);
struct cell customer_name_organization(struct act *act, const char *member, struct str text);

/* A day in the past, of somebody who can be alive. */
struct cell customer_name_birth_date(struct act *act, const char *member,
                                     const struct input *value);

/* User errors at givenName, familyName, organizationName and birthDate when these are not what
 * persons or organisations have. */
void customer_names_check(struct act *act, const struct customer_names *names, bool organization);

/* As people say it, or, sorted, as lists go by it. */
struct str customer_names_full(struct arena *arena, const struct customer_names *names,
                               bool sorted);

/* names: what people, companies, towns and streets are called, by language. */
#pragma once

#include "model.h"

/* A list ended by NULL, the frequent ones first. */
struct names {
    const char *const *women, *const *men, *const *families;
    const char *const *streets;   /* with one %d for the house number */
    const char *const *towns;     /* "postcode|town" */
    const char *const *companies; /* with one %s for a family name */
    const char *country;          /* ISO 3166-1 alpha-2 */
    const char *mail_domain;      /* reserved for examples (RFC 2606) */
};

extern const struct names names[]; /* by enum demo_language */

uint32_t names_count(const char *const *list);

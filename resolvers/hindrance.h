/* hindrance: why something cannot be done as things stand, in words for people.
 *
 * What keeps an action from being done is found out by one function of how things stand. A mutation
 * refuses with what it says, and `actions` of a thing say the same before anybody tries.
 */
#pragma once

#include "base/str.h"

struct act;
struct arena;

struct hindrance {
    const char *code; /* a value of the schema's UserErrorCode */
    struct str label;
    struct hindrance *next;
};

struct hindrances {
    struct arena *arena;
    struct str language; /* of who reads them */
    struct hindrance *first, **last;
};

void hindrances_begin(struct hindrances *hindrances, struct arena *arena, struct str language);

/* The same in English and German; {} is the argument. */
void hindrance_add(struct hindrances *hindrances, const char *code, const char *en, const char *de,
                   struct str argument);

/* It cannot follow on where the thing stands: NOT_ALLOWED. */
void hindrance_refuse(struct hindrances *hindrances, const char *en, const char *de);

/* None yet, for who performs a mutation. */
void hindrances_of(struct hindrances *hindrances, const struct act *act);

/* Each of them is a user error at this member of the input; NULL: at none of them. */
void hindrances_refuse(const struct hindrances *hindrances, struct act *act, const char *field);

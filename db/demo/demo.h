/* demo: an operator's customers who do not exist, the same ones each time, and people who may sign
 * in.
 *
 * Any customer follows from (seed, day, ordinal) alone, so more can be added to what is there.
 */
#pragma once

#include "base/status.h"
#include <stdint.h>

struct chore;

enum { DEMO_CUSTOMERS_LIMIT = 1000000 };

struct demo_options {
    uint64_t seed;      /* 0: what is there already, else 1 */
    uint32_t customers; /* how many there shall be at least, up to DEMO_CUSTOMERS_LIMIT */
    int64_t day; /* "today" of the data, days since 1970; 0: what is there already, else today */
    const char
        *access_path;      /* where sign-ins with their passwords go, readable for the owner only */
    const char *keys_path; /* the folder with the keys of the vault, made when it is missing */
};

/* Adds what is missing; a second call with the same options changes nothing. An interrupted call is
 * continued by the next. STATUS_INVALID: the options contradict the data that is there. */
enum status demo_load(struct chore *chore, const struct demo_options *options);

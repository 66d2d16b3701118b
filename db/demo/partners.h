/* partners: the tree of companies that sell for the operator of the demonstration. */
#pragma once

#include <stdint.h>

struct random;

struct partners_partner {
    int64_t id, parent_id;
    const char *path, *name, *kind;
    uint32_t weight; /* how many customers it has, relative to the others */
};

enum {
    PARTNERS_RESELLER = 4, /* id of Nordfunk, with an agency and a call shop below */
    PARTNERS_AGENCY = 7,   /* id of Hansen, below Nordfunk */
    PARTNERS_COUNT = 11,
};

extern const struct partners_partner partners[PARTNERS_COUNT];

/* The id of one of them, as often as its weight says. */
int64_t partners_draw(struct random *random);

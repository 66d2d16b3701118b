/* trip: one statement under way, for one or several errands that became one. */
#pragma once

#include "source/source.h"

struct burst;
struct desk;
struct errand;

struct trip {
    struct desk *desk;
    struct burst *burst; /* NULL: it goes alone, on the connection of its session */
    struct arena *arena; /* of its own when several calls share the rows, else the call's */
    uint32_t users;      /* calls that read the shared rows */
    struct source_request request;
    struct errand *errands;
    struct cell *keys; /* of all errands, ascending, each once */
    uint32_t key_count;
    bool given_up;
    struct trip *next, **link; /* among the desk's */
};

/* The statement for all errands of the list, ready to be sent. */
struct trip *trip_create(struct errand *errands);

/* Hands the rows to the errands, which may end their calls, and the trip with them. */
void trip_return(struct trip *trip);

/* True when every call that waits for it was abandoned. */
bool trip_is_in_vain(const struct trip *trip);

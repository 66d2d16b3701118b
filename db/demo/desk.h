/* desk: who works on the tickets of the demonstration, and where tickets wait for them. */
#pragma once

#include "base/status.h"
#include <stdbool.h>

struct arena;
struct database;

/* Positions: the id is one more. */
enum desk_team {
    DESK_ACCOUNTS,
    DESK_FIRST_LINE,
    DESK_LOGISTICS,
    DESK_NETWORK_OPERATIONS,
    DESK_RELATIONS,
    DESK_TEAMS
};

enum desk_queue {
    DESK_BILLING,
    DESK_FAULTS,
    DESK_ORDERS,
    DESK_SIM,
    DESK_COMPLAINTS,
    DESK_NETWORK, /* what technicians have to look at */
    DESK_QUEUES
};

struct desk_place {
    const char *name;
    enum desk_team team;
};

extern const struct desk_place desk_queues[DESK_QUEUES];

enum { DESK_AGENTS = 12 };

extern const char *const desk_agents[DESK_AGENTS];

/* Inside a transaction. */
enum status desk_store(struct database *database, struct arena *arena);

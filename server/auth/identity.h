/* identity: from the token of a request to the viewer, on one event loop.
 *
 * A token's signature is verified once; that its holder still is who it says, and may still do what
 * it says, is asked of the database again whenever the last answer is older than half a second. So
 * a right that is taken away, a session that is ended and a user who is disabled are gone within a
 * second, for one small query per active session and half second at most.
 */
#pragma once

#include "base/status.h"
#include "base/viewer.h"

struct arena;
struct database_pool;
struct identities;
struct keys;

/* One request that wants to know. Lives in its arena until it was answered. */
struct identity_wait {
    struct arena *arena; /* where the viewer goes */
    void (*on_known)(struct identity_wait *wait);
    void *context;
    /* Filled: STATUS_OK with the viewer, STATUS_UNAUTHENTICATED, or STATUS_UNAVAILABLE. */
    enum status status;
    struct viewer *viewer;
    struct identity_wait *next;
};

struct identities *identities_create(const struct keys *keys, struct database_pool *pool);

/* Requests that still wait are not answered any more: the loop is at its end. */
void identities_destroy(struct identities *identities);

/* True: it is known already, see wait->status, and on_known is not called. False: on_known comes,
 * after this has returned. now in seconds since 1970, now_ms of the loop. */
bool identity_find(struct identities *identities, struct str token, int64_t now, uint64_t now_ms,
                   struct identity_wait *wait);

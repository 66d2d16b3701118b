/* reset: who got a link chooses by it, once, what opens their mailbox from now on.
 *
 * Links are made by a mutation (resolvers/password_reset.c). Nobody is signed in here: the 256
 * random bits at the end of the link are all there is, and what is wrong with them is not told. All
 * but reset_wait() wait for the database, reset_choose() hashes, too: workers only.
 */
#pragma once

#include "base/status.h"
#include "base/str.h"

struct arena;
struct auth;
struct database;

/* One attempt; texts are the caller's, results are in the arena. */
struct reset {
    struct arena *arena;
    struct str token;
    struct str password; /* of reset_choose() */
    struct str address;  /* where the attempt comes from */
    /* Filled: */
    struct str mailbox;       /* in part, as everybody who has the link may see it */
    int64_t characters_least; /* of a password */
    enum reset_fault {
        RESET_FINE,
        RESET_SHORT,
        RESET_LONG,
        RESET_PLAIN, /* a few characters again and again, or the mailbox's own name */
    } fault;         /* of the password, with STATUS_INVALID */
};

/* Counts an attempt; the seconds to wait before it may go on, or 0. Does not block. */
unsigned reset_wait(const struct auth *auth, const struct reset *reset);

/* Which mailbox it is for. STATUS_NOT_FOUND: the link is used, over or none at all. */
enum status reset_look(const struct auth *auth, struct database *database, struct reset *reset);

/* The same, and STATUS_INVALID: the password is not good enough, and the link is still unused. */
enum status reset_choose(const struct auth *auth, struct database *database, struct reset *reset);

/* sign_in: from a password, a refresh token or a client's secret to an access token.
 *
 * All but sign_in_wait() wait for the database and hash: workers only.
 */
#pragma once

#include "base/status.h"
#include "base/str.h"

struct arena;
struct database;
struct keys;
struct throttle;

enum { SIGN_IN_TOKEN_SECONDS = 600 };

/* What sign-in needs, shared by all threads. */
struct auth {
    const struct keys *keys;
    struct throttle *throttle;
};

/* One attempt; text is the caller's, results are in the arena. */
struct sign_in {
    struct arena *arena;
    struct str name;   /* login or client id */
    struct str secret; /* password, client secret or refresh token */
    struct str address;
    struct str user_agent;
    /* Filled: */
    struct str access_token;
    struct str refresh_token; /* .at NULL: none, for a client program */
    int64_t refresh_seconds_left;
};

/* Counts an attempt; the seconds to wait before it may go on, or 0. Does not block. */
unsigned sign_in_wait(const struct auth *auth, const struct sign_in *attempt);

/* STATUS_UNAUTHENTICATED for a wrong name as for a wrong secret as for a disabled account. */
enum status sign_in_with_password(const struct auth *auth, struct database *database,
                                  struct sign_in *attempt);
enum status sign_in_with_refresh_token(const struct auth *auth, struct database *database,
                                       struct sign_in *attempt);
enum status sign_in_with_client_secret(const struct auth *auth, struct database *database,
                                       struct sign_in *attempt);

/* Signs out: ends the refresh token's session. */
enum status sign_in_end(struct database *database, struct arena *arena, struct str refresh_token);

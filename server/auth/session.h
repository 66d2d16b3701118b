/* session: a sign-in that lasts, as a family of refresh tokens, of which only one counts at a time.
 *
 * A token is 16 bytes that name the family and 32 secret ones; the database knows a hash. Each use
 * replaces it by a successor. For ten seconds the one before still gets the same successor (two
 * tabs, an answer that was lost); any older one proves that two parties hold the family, and ends
 * it. All calls wait for the database: workers only.
 */
#pragma once

#include "base/status.h"
#include "base/viewer.h"

struct arena;
struct database;
struct keys;

struct session {
    struct str family; /* 32 hexadecimal digits: claims.session */
    struct str token;  /* for the client, and nobody else */
    int64_t user_id;
    int64_t seconds_left; /* until the session ends whatever happens */
};

enum status session_begin(struct session *session, struct arena *arena, struct database *database,
                          int64_t user_id, enum viewer_kind kind, struct str user_agent);

/* STATUS_UNAUTHENTICATED: not a token that counts; sign in again. */
enum status session_continue(struct session *session, struct arena *arena,
                             struct database *database, const struct keys *keys, struct str token);

/* Ends the token's family; what is not a token of a living family is ended already. */
enum status session_end(struct arena *arena, struct database *database, struct str token);

/* token: access tokens: JSON Web Tokens (RFC 7519), HS256, a few minutes long.
 *
 * libjwt writes and verifies them, behind a gate of ours, because by itself it accepts too much:
 * only what has one of our own headers, byte for byte, ever reaches it, and what it accepts is read
 * again.
 */
#pragma once

#include "base/status.h"
#include "base/str.h"
#include "base/viewer.h"

struct arena;
struct key;
struct keys;

enum { TOKEN_BYTES_MAX = 4096, TOKEN_LEEWAY_SECONDS = 30 };

/* What an access token says. Everything else about its holder is asked of the database. */
struct claims {
    int64_t user_id;
    enum viewer_kind kind;
    int64_t scope_id;
    int64_t rights_version;
    uint64_t rights;
    struct str session;   /* user_session.family_id; empty for a client program */
    struct str client_id; /* api_client.client_id; empty for a person */
    int64_t issued_at;    /* seconds since 1970 */
    int64_t expires_at;
};

/* The first segment that tokens of this key have. */
struct str token_header(struct arena *arena, const struct key *key);

struct str token_write(struct arena *arena, const struct keys *keys, const struct claims *claims);

/* STATUS_UNAUTHENTICATED for all that is not a good token of ours right now; which it was is in
 * *reason, for the log and not for the client. */
enum status token_read(struct claims *claims, struct arena *arena, const struct keys *keys,
                       struct str token, int64_t now, const char **reason);

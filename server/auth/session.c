/* session: a sign-in that lasts, as a family of refresh tokens. */
#include "auth/session.h"

#include "auth/keys.h"
#include "base/arena.h"
#include "base/encode.h"
#include "base/log.h"
#include "mariadb/database.h"
#include <sodium.h>

enum {
    FAMILY_BYTES = 16,
    SECRET_BYTES = 32,
    TOKEN_BYTES = FAMILY_BYTES + SECRET_BYTES,
    USER_AGENT_BYTES = 255
};

/* How long a session lasts without being used, and at all. */
static const struct {
    int64_t idle_seconds;
    int64_t absolute_seconds;
} lifetimes[] = {
    [VIEWER_OPERATOR] = {12 * 3600, 12 * 3600},
    [VIEWER_PARTNER] = {12 * 3600, 12 * 3600},
    [VIEWER_CUSTOMER] = {14 * 86400, 30 * 86400},
};

static const struct str sql_begin =
    STR("INSERT INTO user_session (family_id, user_account_id, token_hash, rotated_at, expires_at, "
        "absolute_expires_at, user_agent) "
        "VALUES (?, ?, ?, NOW(6), NOW(6) + INTERVAL ? SECOND, NOW(6) + INTERVAL ? SECOND, ?)");
static const struct str sql_forget =
    STR("DELETE FROM user_session WHERE absolute_expires_at < NOW(6) - INTERVAL 1 DAY LIMIT 100");
static const struct str sql_find =
    STR("SELECT s.user_account_id, s.token_hash, COALESCE(s.previous_token_hash, ''), "
        "s.rotated_at > NOW(6) - INTERVAL 10 SECOND, "
        "s.revoked_at IS NULL AND s.expires_at > NOW(6) AND s.absolute_expires_at > NOW(6), "
        "TIMESTAMPDIFF(SECOND, NOW(6), s.absolute_expires_at), u.kind "
        "FROM user_session s JOIN user_account u ON u.id = s.user_account_id "
        "WHERE s.family_id = ? FOR UPDATE");
static const struct str sql_rotate =
    STR("UPDATE user_session SET previous_token_hash = token_hash, token_hash = ?, rotated_at = "
        "NOW(6), "
        "expires_at = LEAST(absolute_expires_at, NOW(6) + INTERVAL ? SECOND) WHERE family_id = ?");
static const struct str sql_revoke =
    STR("UPDATE user_session SET revoked_at = NOW(6), revoked_reason = ? "
        "WHERE family_id = ? AND revoked_at IS NULL");

/* A refresh token, taken apart. */
struct parts {
    struct str family; /* in hexadecimal */
    unsigned char bytes[TOKEN_BYTES];
    struct str hash; /* of the whole, in hexadecimal */
};

static void finish_parts(struct parts *parts, struct arena *arena)
{
    struct str whole = {.at = (const char *)parts->bytes, .len = TOKEN_BYTES};
    parts->family = hex_encode(arena, (struct str){.at = whole.at, .len = FAMILY_BYTES});
    parts->hash = sha256_hex(arena, whole);
}

static bool take_apart(struct parts *parts, struct arena *arena, struct str token)
{
    struct str bytes;
    if (token.len > 2 * TOKEN_BYTES || !base64url_decode(arena, token, &bytes) ||
        bytes.len != TOKEN_BYTES)
        return false;
    memcpy(parts->bytes, bytes.at, TOKEN_BYTES);
    finish_parts(parts, arena);
    return true;
}

static struct str token_text(struct arena *arena, const struct parts *parts)
{
    return base64url_encode(arena,
                            (struct str){.at = (const char *)parts->bytes, .len = TOKEN_BYTES});
}

/* Always the same for the same token, and not to be guessed without our key. */
static struct parts successor(struct arena *arena, const struct keys *keys, const struct parts *of)
{
    struct parts next = *of;
    crypto_auth_hmacsha256(next.bytes + FAMILY_BYTES, of->bytes, TOKEN_BYTES, keys->refresh_secret);
    finish_parts(&next, arena);
    return next;
}

static bool same_hash(struct str a, struct str b)
{
    return a.len == b.len && sodium_memcmp(a.at, b.at, a.len) == 0;
}

enum status session_begin(struct session *session, struct arena *arena, struct database *database,
                          int64_t user_id, enum viewer_kind kind, struct str user_agent)
{
    struct parts parts;
    randombytes_buf(parts.bytes, TOKEN_BYTES);
    finish_parts(&parts, arena);
    if (user_agent.len > USER_AGENT_BYTES)
        user_agent.len = USER_AGENT_BYTES;
    if (!utf8_valid(user_agent))
        user_agent = STR("");

    const struct cell parameters[] = {
        cell_text(parts.family),
        cell_int(user_id),
        cell_text(parts.hash),
        cell_int(lifetimes[kind].idle_seconds),
        cell_int(lifetimes[kind].absolute_seconds),
        cell_text(user_agent),
    };
    TRY(database_run(database, arena, sql_forget, NULL, 0, NULL));
    TRY(database_run(database, arena, sql_begin, parameters, 6, NULL));
    *session = (struct session){
        .family = parts.family,
        .token = token_text(arena, &parts),
        .user_id = user_id,
        .seconds_left = lifetimes[kind].absolute_seconds,
    };
    return STATUS_OK;
}

static enum status revoke(struct arena *arena, struct database *database, struct str family,
                          const char *reason)
{
    const struct cell parameters[] = {cell_text(str_of(reason)), cell_text(family)};
    return database_run(database, arena, sql_revoke, parameters, 2, NULL);
}

static int64_t idle_seconds(struct str kind)
{
    bool customer = str_is(kind, "CUSTOMER");
    return lifetimes[customer ? VIEWER_CUSTOMER : VIEWER_OPERATOR].idle_seconds;
}

/* Inside of a transaction that holds the family's row. *ended: the family was ended, which must
 * last. */
static enum status rotate(struct session *session, bool *ended, struct arena *arena,
                          struct database *database, const struct keys *keys,
                          const struct parts *given)
{
    struct rows rows;
    const struct cell family = cell_text(given->family);
    TRY(database_run(database, arena, sql_find, &family, 1, &rows));
    if (rows.count == 0 || rows.cells[4].integer == 0)
        return STATUS_UNAUTHENTICATED;

    struct parts next = successor(arena, keys, given);
    struct str current = cell_str(&rows.cells[1]), previous = cell_str(&rows.cells[2]);
    bool graceful = rows.cells[3].integer != 0;
    if (same_hash(given->hash, current)) {
        const struct cell parameters[] = {cell_text(next.hash),
                                          cell_int(idle_seconds(cell_str(&rows.cells[6]))), family};
        TRY(database_run(database, arena, sql_rotate, parameters, 3, NULL));
    } else if (!graceful || !same_hash(given->hash, previous) || !same_hash(next.hash, current)) {
        log_event(LOG_WARN, "a refresh token was used twice, its session is ended", NULL);
        *ended = true;
        TRY(revoke(arena, database, given->family, "REUSED"));
        return STATUS_UNAUTHENTICATED;
    }
    *session = (struct session){
        .family = given->family,
        .token = token_text(arena, &next),
        .user_id = rows.cells[0].integer,
        .seconds_left = rows.cells[5].integer,
    };
    return STATUS_OK;
}

enum status session_continue(struct session *session, struct arena *arena,
                             struct database *database, const struct keys *keys, struct str token)
{
    struct parts given;
    bool ended = false;
    if (!take_apart(&given, arena, token))
        return STATUS_UNAUTHENTICATED;
    TRY(database_begin(database));
    enum status status = rotate(session, &ended, arena, database, keys, &given);
    if (status == STATUS_OK || (status == STATUS_UNAUTHENTICATED && ended)) {
        enum status committed = database_commit(database);
        return committed == STATUS_OK ? status : committed;
    }
    database_rollback(database);
    return status;
}

enum status session_end(struct arena *arena, struct database *database, struct str token)
{
    struct parts given;
    if (!take_apart(&given, arena, token))
        return STATUS_OK;
    return revoke(arena, database, given.family, "SIGNED_OUT");
}

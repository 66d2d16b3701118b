/* sign_in: from a password, a refresh token or a client's secret to an access token. */
#include "auth/sign_in.h"

#include "auth/account.h"
#include "auth/keys.h"
#include "auth/password.h"
#include "auth/session.h"
#include "auth/throttle.h"
#include "auth/token.h"
#include "base/arena.h"
#include "base/clock.h"
#include "base/encode.h"
#include "base/log.h"
#include "mariadb/database.h"
#include <sodium.h>
#include <time.h>

static const struct str sql_by_login =
    STR("SELECT " ACCOUNT_COLUMNS ", COALESCE(u.locked_until > NOW(6), 0) "
        "FROM " ACCOUNT_TABLES " WHERE u.login = LOWER(?)");
static const struct str sql_by_id =
    STR("SELECT " ACCOUNT_COLUMNS " FROM " ACCOUNT_TABLES " WHERE u.id = ?");
static const struct str sql_by_client = STR(
    "SELECT " ACCOUNT_COLUMNS
    ", c.secret_hash, COALESCE(c.second_secret_hash, ''), c.state = 'ACTIVE' "
    "FROM " ACCOUNT_TABLES " JOIN api_client c ON c.user_account_id = u.id WHERE c.client_id = ?");

unsigned sign_in_wait(const struct auth *auth, const struct sign_in *attempt)
{
    return throttle_attempt(auth->throttle, attempt->name, attempt->address, clock_ms());
}

/* STATUS_NOT_FOUND: no such account. The row of the query begins with ACCOUNT_COLUMNS. */
static enum status find_account(struct account *account, struct rows *rows, struct arena *arena,
                                struct database *database, struct str sql, struct cell key)
{
    TRY(database_run(database, arena, sql, &key, 1, rows));
    if (rows->count == 0)
        return STATUS_NOT_FOUND;
    return account_read(account, rows->cells) ? STATUS_OK : STATUS_INTERNAL;
}

static struct str access_token(const struct auth *auth, struct arena *arena,
                               const struct account *account, struct str family,
                               struct str client_id)
{
    int64_t now = (int64_t)time(NULL);
    struct claims claims = {
        .user_id = account->id,
        .kind = account->kind,
        .scope_id = account->scope_id,
        .rights_version = account->rights_version,
        .rights = account->rights,
        .session = family,
        .client_id = client_id,
        .issued_at = now,
        .expires_at = now + SIGN_IN_TOKEN_SECONDS,
    };
    return token_write(arena, auth->keys, &claims);
}

static enum status with_password(const struct auth *auth, struct database *database,
                                 struct sign_in *attempt)
{
    struct account account = {0};
    struct session session;
    struct rows rows;
    enum status found = find_account(&account, &rows, attempt->arena, database, sql_by_login,
                                     cell_text(attempt->name));
    if (found != STATUS_OK && found != STATUS_NOT_FOUND)
        return found;
    /* The hash is computed in any case, so that time tells nothing about the name. */
    bool right = password_check(attempt->arena, account.password_hash, attempt->secret);
    if (found == STATUS_NOT_FOUND || !right || !account.active ||
        rows.cells[ACCOUNT_WIDTH].integer != 0)
        return STATUS_UNAUTHENTICATED;

    throttle_success(auth->throttle, attempt->name, attempt->address, clock_ms());
    TRY(session_begin(&session, attempt->arena, database, account.id, account.kind,
                      attempt->user_agent));
    attempt->access_token = access_token(auth, attempt->arena, &account, session.family, STR(""));
    attempt->refresh_token = session.token;
    attempt->refresh_seconds_left = session.seconds_left;
    return STATUS_OK;
}

static enum status with_refresh_token(const struct auth *auth, struct database *database,
                                      struct sign_in *attempt)
{
    struct account account;
    struct session session;
    struct rows rows;
    TRY(session_continue(&session, attempt->arena, database, auth->keys, attempt->secret));
    TRY(find_account(&account, &rows, attempt->arena, database, sql_by_id,
                     cell_int(session.user_id)));
    if (!account.active)
        return STATUS_UNAUTHENTICATED;
    attempt->access_token = access_token(auth, attempt->arena, &account, session.family, STR(""));
    attempt->refresh_token = session.token;
    attempt->refresh_seconds_left = session.seconds_left;
    return STATUS_OK;
}

/* Secrets of clients are 256 random bits, so a plain hash protects them. */
static bool is_secret(struct str hash, struct str stored)
{
    return stored.len == hash.len && sodium_memcmp(stored.at, hash.at, hash.len) == 0;
}

static enum status with_client_secret(const struct auth *auth, struct database *database,
                                      struct sign_in *attempt)
{
    struct account account;
    struct rows rows;
    enum status found = find_account(&account, &rows, attempt->arena, database, sql_by_client,
                                     cell_text(attempt->name));
    if (found != STATUS_OK)
        return found == STATUS_NOT_FOUND ? STATUS_UNAUTHENTICATED : found;
    struct str hash = sha256_hex(attempt->arena, attempt->secret);
    const struct cell *client = rows.cells + ACCOUNT_WIDTH;
    bool right = is_secret(hash, cell_str(&client[0])) || is_secret(hash, cell_str(&client[1]));
    if (!right || !account.active || client[2].integer == 0)
        return STATUS_UNAUTHENTICATED;
    throttle_success(auth->throttle, attempt->name, attempt->address, clock_ms());
    attempt->access_token = access_token(auth, attempt->arena, &account, STR(""), attempt->name);
    return STATUS_OK;
}

/* The client is told little, so the log is told the rest. */
static enum status logged(enum status status, struct database *database)
{
    if (status != STATUS_OK && status != STATUS_UNAUTHENTICATED)
        log_event(LOG_ERROR, "signing in failed", "status", status_code(status), "problem",
                  log_format(STR_FMT, STR_ARG(database_problem(database))), NULL);
    return status;
}

enum status sign_in_with_password(const struct auth *auth, struct database *database,
                                  struct sign_in *attempt)
{
    return logged(with_password(auth, database, attempt), database);
}

enum status sign_in_with_refresh_token(const struct auth *auth, struct database *database,
                                       struct sign_in *attempt)
{
    return logged(with_refresh_token(auth, database, attempt), database);
}

enum status sign_in_with_client_secret(const struct auth *auth, struct database *database,
                                       struct sign_in *attempt)
{
    return logged(with_client_secret(auth, database, attempt), database);
}

enum status sign_in_end(struct database *database, struct arena *arena, struct str refresh_token)
{
    return logged(session_end(arena, database, refresh_token), database);
}

/* reset: who got a link chooses by it, once, what opens their mailbox from now on. */
#include "auth/reset.h"

#include "auth/password.h"
#include "auth/sign_in.h"
#include "auth/throttle.h"
#include "base/arena.h"
#include "base/clock.h"
#include "base/encode.h"
#include "base/log.h"
#include "db/policy.h"
#include "db/written.h"
#include "mariadb/database.h"
#include <ctype.h>
#include <strings.h>

enum {
    TOKEN_CHARACTERS = 43, /* 256 bits in base64url */
    PASSWORD_CHARACTERS_MOST = 128,
    DIFFERENT_LEAST = 5, /* characters of a password */
    NAME_LEAST = 4,      /* a mailbox's name that is shorter may be within a password */
    ATTEMPTS = 3,
};

enum { ID, CUSTOMER, LOGIN, ADDRESS };

/* ---- how often ---- */

unsigned reset_wait(const struct auth *auth, const struct reset *reset)
{
    return throttle_attempt(auth->throttle, reset->token, reset->address, clock_ms());
}

/* ---- the link ---- */

static bool is_token(struct str text)
{
    bool fits = text.len == TOKEN_CHARACTERS;
    for (size_t i = 0; i < text.len && fits; i++)
        fits = isalnum((unsigned char)text.at[i]) || text.at[i] == '-' || text.at[i] == '_';
    return fits;
}

static enum status find_link(struct database *database, const struct reset *reset, bool lock,
                             struct rows *rows)
{
    struct arena *arena = reset->arena;
    if (!is_token(reset->token))
        return STATUS_NOT_FOUND;
    const struct cell hash = cell_text(sha256_hex(arena, reset->token));
    struct str sql = str_printf(
        arena,
        "SELECT r.id, r.customer_id, r.email_login_id, l.address\n"
        "FROM password_reset AS r\n"
        "JOIN email_login AS l ON l.customer_id = r.customer_id AND l.id = r.email_login_id\n"
        "WHERE r.token_hash = ? AND r.used_at IS NULL AND r.expires_at > NOW(6)\n"
        "    AND l.status <> 'CLOSED'%s",
        lock ? " FOR UPDATE" : "");
    TRY(database_run(database, arena, sql, &hash, 1, rows));
    return rows->count == 0 ? STATUS_NOT_FOUND : STATUS_OK;
}

static enum status look(const struct auth *auth, struct database *database, struct reset *reset,
                        struct rows *rows)
{
    TRY(find_link(database, reset, false, rows));
    throttle_success(auth->throttle, reset->token, reset->address, clock_ms());
    reset->mailbox = written_in_part(reset->arena, cell_str(&rows->cells[ADDRESS]));
    return policy_read(database, reset->arena, "password_characters_least",
                       &reset->characters_least);
}

/* The client is told little, so the log is told the rest; never of whom. */
static enum status logged(enum status status, struct database *database)
{
    if (status != STATUS_OK && status != STATUS_NOT_FOUND && status != STATUS_INVALID)
        log_event(LOG_ERROR, "a password could not be chosen", "status", status_code(status),
                  "problem", log_format(STR_FMT, STR_ARG(database_problem(database))), NULL);
    return status;
}

enum status reset_look(const struct auth *auth, struct database *database, struct reset *reset)
{
    struct rows rows;
    return logged(look(auth, database, reset, &rows), database);
}

/* ---- the password ---- */

/* UTF-8, as the body was read. */
static int64_t characters_of(struct str text)
{
    int64_t count = 0;
    for (size_t i = 0; i < text.len; i++)
        count += ((unsigned char)text.at[i] & 0xc0) != 0x80;
    return count;
}

static int different_bytes(struct str text)
{
    bool seen[256] = {false};
    int count = 0;
    for (size_t i = 0; i < text.len; i++) {
        count += !seen[(unsigned char)text.at[i]];
        seen[(unsigned char)text.at[i]] = true;
    }
    return count;
}

/* What stands before the @. */
static bool has_name_of(struct str password, struct str mailbox)
{
    const char *at = memchr(mailbox.at, '@', mailbox.len);
    size_t len = at == NULL ? mailbox.len : (size_t)(at - mailbox.at);
    for (size_t i = 0; len >= NAME_LEAST && i + len <= password.len; i++)
        if (strncasecmp(password.at + i, mailbox.at, len) == 0)
            return true;
    return false;
}

/* Long, and not what is guessed first; what signs it is made of is nobody's business (NIST SP
 * 800-63B §5.1.1.2). */
static enum reset_fault fault_of(const struct reset *reset, struct str mailbox)
{
    int64_t characters = characters_of(reset->password);
    if (characters < reset->characters_least)
        return RESET_SHORT;
    if (characters > PASSWORD_CHARACTERS_MOST)
        return RESET_LONG;
    if (different_bytes(reset->password) < DIFFERENT_LEAST || has_name_of(reset->password, mailbox))
        return RESET_PLAIN;
    return RESET_FINE;
}

static enum status write_password(struct database *database, struct arena *arena,
                                  const struct cell *link, struct str hash)
{
    const struct cell used[] = {link[CUSTOMER], link[ID]};
    const struct cell login[] = {link[CUSTOMER], link[LOGIN], cell_text(hash)};
    TRY(database_run(database, arena,
                     STR("UPDATE password_reset SET used_at = NOW(6)\n"
                         "WHERE customer_id = ? AND id = ?"),
                     used, 2, NULL));
    TRY(database_run(database, arena,
                     STR("INSERT INTO email_password (customer_id, email_login_id, hash, set_at)\n"
                         "VALUES (?, ?, ?, NOW(6))\n"
                         "ON DUPLICATE KEY UPDATE hash = VALUES(hash), set_at = VALUES(set_at)"),
                     login, 3, NULL));
    return database_run(database, arena,
                        STR("UPDATE email_login SET changed_at = NOW(6), version = version + 1\n"
                            "WHERE customer_id = ? AND id = ?"),
                        login, 2, NULL);
}

/* Whoever comes second with the same link finds it used. */
static enum status use_link(struct database *database, const struct reset *reset, struct str hash)
{
    struct rows rows;
    TRY(database_begin(database));
    enum status status = find_link(database, reset, true, &rows);
    if (status == STATUS_OK)
        status = write_password(database, reset->arena, rows.cells, hash);
    if (status == STATUS_OK)
        status = database_commit(database);
    if (status != STATUS_OK)
        database_rollback(database);
    return status;
}

static enum status choose(const struct auth *auth, struct database *database, struct reset *reset)
{
    struct rows rows;
    TRY(look(auth, database, reset, &rows));
    reset->fault = fault_of(reset, cell_str(&rows.cells[ADDRESS]));
    if (reset->fault != RESET_FINE)
        return STATUS_INVALID;
    struct str hash = password_hash(reset->arena, reset->password);
    if (hash.at == NULL)
        return STATUS_UNAVAILABLE;
    enum status status = STATUS_CONFLICT;
    for (int i = 0; i < ATTEMPTS && status == STATUS_CONFLICT; i++)
        status = use_link(database, reset, hash);
    return status == STATUS_CONFLICT ? STATUS_UNAVAILABLE : status;
}

enum status reset_choose(const struct auth *auth, struct database *database, struct reset *reset)
{
    return logged(choose(auth, database, reset), database);
}

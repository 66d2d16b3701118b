/* user: somebody who may sign in, made on the command line. */
#include "user.h"

#include "base/arena.h"
#include "chore.h"
#include "mariadb/database.h"
#include "secrets.h"
#include <ctype.h>

static enum status run(struct chore *chore, struct str sql, const struct cell *parameters,
                       uint32_t count, struct rows *rows)
{
    enum status status = database_run(chore->database, chore->arena, sql, parameters, count, rows);
    return status == STATUS_OK ? STATUS_OK
                               : chore_database_failed(chore, status, "the user cannot be stored");
}

static enum status check_login(struct chore *chore, struct str login)
{
    bool usable = login.len > 0 && login.len <= 100;
    for (size_t i = 0; i < login.len && usable; i++)
        usable = !isupper((unsigned char)login.at[i]) && (unsigned char)login.at[i] > ' ';
    return usable ? STATUS_OK
                  : chore_fail(chore, STATUS_INVALID,
                               "a login has 1 to 100 characters, none a space or an upper-case "
                               "letter, not \"" STR_FMT "\"",
                               STR_ARG(login));
}

static enum status find_role(struct chore *chore, struct str name, int64_t *id)
{
    struct rows rows;
    TRY(run(chore, STR("SELECT id, name FROM role ORDER BY id"), NULL, 0, &rows));
    struct str known = {0};
    for (uint32_t i = 0; i < rows.count; i++) {
        struct str each = cell_str(&rows.cells[i * rows.width + 1]);
        *id = rows.cells[i * rows.width].integer;
        if (str_equal(each, name))
            return STATUS_OK;
        known = str_printf(chore->arena, STR_FMT "%s" STR_FMT, STR_ARG(known), i == 0 ? "" : ", ",
                           STR_ARG(each));
    }
    return chore_fail(chore, STATUS_INVALID, "there is no role " STR_FMT "; there are " STR_FMT,
                      STR_ARG(name), STR_ARG(known));
}

static enum status check_partner(struct chore *chore, int64_t id)
{
    struct cell key = cell_int(id);
    struct rows rows;
    if (id == 0)
        return STATUS_OK;
    TRY(run(chore, STR("SELECT id FROM partner WHERE id = ?"), &key, 1, &rows));
    return rows.count == 1
               ? STATUS_OK
               : chore_fail(chore, STATUS_INVALID, "there is no partner %lld", (long long)id);
}

static enum status store(struct chore *chore, const struct new_user *user, struct str hash,
                         int64_t role_id)
{
    struct cell partner =
        user->partner_id == 0 ? (struct cell){.kind = CELL_NULL} : cell_int(user->partner_id);
    struct cell cells[] = {
        cell_text(user->login),
        cell_text(hash),
        cell_text(user->login),
        cell_text(user->partner_id == 0 ? STR("OPERATOR") : STR("PARTNER")),
        partner,
    };
    TRY(run(chore,
            STR("INSERT INTO user_account (login, password_hash, display_name, kind, partner_id)\n"
                "VALUES (?, ?, ?, ?, ?)\n"
                "ON DUPLICATE KEY UPDATE\n"
                "  id = LAST_INSERT_ID(id),\n"
                "  password_hash = VALUES(password_hash),\n"
                "  kind = VALUES(kind),\n"
                "  partner_id = VALUES(partner_id),\n"
                "  customer_id = NULL,\n"
                "  state = 'ACTIVE',\n"
                "  rights_version = rights_version + 1,\n"
                "  failed_attempts = 0,\n"
                "  locked_until = NULL"),
            cells, sizeof(cells) / sizeof(cells[0]), NULL));
    struct cell role[] = {cell_int((int64_t)database_insert_id(chore->database)),
                          cell_int(role_id)};
    TRY(run(chore, STR("DELETE FROM user_role WHERE user_account_id = ?"), role, 1, NULL));
    return run(chore, STR("INSERT INTO user_role (user_account_id, role_id) VALUES (?, ?)"), role,
               2, NULL);
}

enum status user_make(struct chore *chore, const struct new_user *user, struct str *password)
{
    int64_t role_id = 0;
    TRY(check_login(chore, user->login));
    TRY(find_role(chore, user->role, &role_id));
    TRY(check_partner(chore, user->partner_id));
    *password = secrets_password(chore->arena);
    struct str hash = secrets_hash(chore->arena, *password);
    if (hash.at == NULL)
        return chore_fail(chore, STATUS_UNAVAILABLE, "not enough memory to hash a password");
    enum status status = database_begin(chore->database);
    if (status != STATUS_OK)
        return chore_database_failed(chore, status, "the database cannot begin a transaction");
    status = store(chore, user, hash, role_id);
    if (status != STATUS_OK) {
        database_rollback(chore->database);
        return status;
    }
    status = database_commit(chore->database);
    return status == STATUS_OK ? STATUS_OK
                               : chore_database_failed(chore, status, "the user cannot be stored");
}

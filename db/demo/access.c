/* access: random passwords, their hashes for the database, and the file for whoever signs in. */
#include "access.h"

#include "base/arena.h"
#include "base/encode.h"
#include "db/chore.h"
#include "db/secrets.h"
#include "desk.h"
#include "mariadb/database.h"
#include "partners.h"
#include "showcase.h"
#include <errno.h>
#include <fcntl.h>
#include <jansson.h>
#include <sodium.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

struct access_user {
    int64_t id;
    const char *login, *name;
    const char *kind;                /* user_account.kind */
    int64_t partner_id, customer_id; /* 0: none */
    const char *language;
    int64_t role_id;
    int64_t team_id;       /* 0: none */
    const char *listed_as; /* kind in the file; NULL: cannot sign in by password */
    const char *about;
};

/* clang-format off */
static const struct access_user users[] = {
    {1, "agent",       "Jana Köhler",        "OPERATOR", 0, 0, "en", 1, DESK_FIRST_LINE + 1, "agent",         "call centre agent, all tabs"},
    {2, "agent.basic", "Tom Becker",         "OPERATOR", 0, 0, "en", 2, 0, "agent",         "call centre agent, customer tab only"},
    {3, "admin",       "Ruth Albers",        "OPERATOR", 0, 0, "en", 3, DESK_FIRST_LINE + 1, "administrator", "administrator, every right"},
    {4, "partner",     "Ines Nordmann",      "PARTNER",  PARTNERS_RESELLER, 0, "de", 4, 0, "partner",
        "reseller Nordfunk: its own customers and those of its agency and call shop, in German"},
    {5, "client:nordfunk-shop", "Nordfunk shop system", "PARTNER", PARTNERS_RESELLER, 0, "en", 4, 0, NULL, NULL},
    {6, "customer",    "Katharina Berger",   "CUSTOMER", 0, SHOWCASE_SELF_CARE, "de", 5, 0, "customer",
        "self-care of Katharina Berger, who sees herself only, in German"},
    {7, "agent.de",    "Sven Lüders",        "OPERATOR", 0, 0, "de", 1, DESK_NETWORK_OPERATIONS + 1, "agent",         "call centre agent, all tabs, in German"},
};
/* clang-format on */

enum { USERS_COUNT = sizeof(users) / sizeof(users[0]), CLIENT_USER = 5 };

static const char client_id[] = "nordfunk-shop";

struct access {
    struct chore *chore;
    struct arena *arena;
    json_t *list; /* what goes into the file */
};

static enum status run(struct access *access, struct str sql, const struct cell *parameters,
                       uint32_t count, struct rows *rows)
{
    enum status status =
        database_run(access->chore->database, access->arena, sql, parameters, count, rows);
    if (status == STATUS_OK)
        return STATUS_OK;
    return chore_database_failed(access->chore, status,
                                 "sign-ins of the demonstration cannot be stored");
}

static enum status check_login_is_free(struct access *access, const struct access_user *user)
{
    struct cell login = cell_text(str_of(user->login));
    struct rows rows;
    TRY(run(access, STR("SELECT id FROM user_account WHERE login = ?"), &login, 1, &rows));
    if (rows.count == 0 || rows.cells[0].integer == user->id)
        return STATUS_OK;
    return chore_fail(
        access->chore, STATUS_CONFLICT,
        "the login %s belongs to somebody else here; the demonstration needs a database of its own",
        user->login);
}

static enum status store_user(struct access *access, const struct access_user *user,
                              struct str password_hash)
{
    TRY(check_login_is_free(access, user));
    struct cell none = {.kind = CELL_NULL};
    struct cell cells[] = {
        cell_int(user->id),
        cell_text(str_of(user->login)),
        cell_text(password_hash),
        cell_text(str_of(user->name)),
        cell_text(str_of(user->kind)),
        user->partner_id == 0 ? none : cell_int(user->partner_id),
        user->customer_id == 0 ? none : cell_int(user->customer_id),
        user->team_id == 0 ? none : cell_int(user->team_id),
        cell_text(str_of(user->language)),
    };
    TRY(run(
        access,
        STR("INSERT INTO user_account\n"
            "  (id, login, password_hash, display_name, kind, partner_id, customer_id, team_id,\n"
            "   language)\n"
            "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)\n"
            "ON DUPLICATE KEY UPDATE\n"
            "  password_hash = VALUES(password_hash),\n"
            "  rights_version = rights_version + 1,\n"
            "  failed_attempts = 0,\n"
            "  locked_until = NULL"),
        cells, sizeof(cells) / sizeof(cells[0]), NULL));
    struct cell role[] = {cell_int(user->id), cell_int(user->role_id)};
    return run(access,
               STR("INSERT INTO user_role (user_account_id, role_id)\n"
                   "VALUES (?, ?)\n"
                   "ON DUPLICATE KEY UPDATE role_id = role_id"),
               role, 2, NULL);
}

static void list(struct access *access, const char *kind, const char *name_key, const char *name,
                 const char *secret_key, struct str secret, const char *about)
{
    json_t *entry = json_pack("{s:s, s:s, s:s%, s:s}", "kind", kind, name_key, name, secret_key,
                              secret.at, secret.len, "about", about);
    if (entry == NULL || json_array_append_new(access->list, entry) != 0)
        abort(); /* out of memory, as an arena does */
}

static enum status make_user(struct access *access, const struct access_user *user)
{
    if (user->listed_as == NULL)
        return store_user(access, user, (struct str){0});
    struct str password = secrets_password(access->arena);
    struct str hash = secrets_hash(access->arena, password);
    if (hash.at == NULL)
        return chore_fail(access->chore, STATUS_UNAVAILABLE,
                          "not enough memory to hash a password");
    TRY(store_user(access, user, hash));
    list(access, user->listed_as, "username", user->login, "password", password, user->about);
    return STATUS_OK;
}

static enum status make_client(struct access *access)
{
    struct str secret = secrets_token(access->arena);
    struct cell cells[] = {
        cell_text(str_of(client_id)),
        cell_text(sha256_hex(access->arena, secret)),
        cell_int(PARTNERS_RESELLER),
        cell_int(CLIENT_USER),
    };
    TRY(run(
        access,
        STR("INSERT INTO api_client (client_id, secret_hash, partner_id, user_account_id)\n"
            "VALUES (?, ?, ?, ?)\n"
            "ON DUPLICATE KEY UPDATE secret_hash = VALUES(secret_hash), second_secret_hash = NULL"),
        cells, 4, NULL));
    list(access, "partner", "clientId", client_id, "clientSecret", secret,
         "the shop system of reseller Nordfunk, a program that calls the API");
    return STATUS_OK;
}

static enum status make_all(struct access *access)
{
    for (int i = 0; i < USERS_COUNT; i++)
        TRY(make_user(access, &users[i]));
    return make_client(access);
}

static enum status cannot_write(struct access *access, const char *path)
{
    return chore_fail(access->chore, STATUS_UNAVAILABLE, "the sign-ins cannot be written to %s: %s",
                      path, strerror(errno));
}

/* Whole or not at all, and never readable for others. */
static enum status write_file(struct access *access, const char *path)
{
    struct str temporary = str_printf(access->arena, "%s.new", path);
    if (unlink(temporary.at) != 0 && errno != ENOENT)
        return cannot_write(access, temporary.at);
    int descriptor = open(temporary.at, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    if (descriptor < 0)
        return cannot_write(access, temporary.at);
    bool written = json_dumpfd(access->list, descriptor, JSON_INDENT(2)) == 0 &&
                   write(descriptor, "\n", 1) == 1 && fsync(descriptor) == 0;
    if (close(descriptor) != 0 || !written || rename(temporary.at, path) != 0)
        return cannot_write(access, path);
    return STATUS_OK;
}

static bool file_there(const char *path)
{
    return access(path, F_OK) == 0;
}

static enum status users_there(struct access *access, bool *there)
{
    struct rows rows;
    struct cell last = cell_int(USERS_COUNT);
    TRY(run(access, STR("SELECT COUNT(*) FROM user_account WHERE id <= ?"), &last, 1, &rows));
    *there = rows.cells[0].integer == USERS_COUNT;
    return STATUS_OK;
}

/* The file goes first and comes last: one that is there always tells what the database holds. */
static enum status make_anew(struct access *access, const char *path)
{
    struct database *database = access->chore->database;
    if (unlink(path) != 0 && errno != ENOENT)
        return cannot_write(access, path);
    enum status status = database_begin(database);
    if (status != STATUS_OK)
        return chore_database_failed(access->chore, status,
                                     "the database cannot begin a transaction");
    status = make_all(access);
    if (status != STATUS_OK) {
        database_rollback(database);
        return status;
    }
    status = database_commit(database);
    if (status != STATUS_OK)
        return chore_database_failed(access->chore, status,
                                     "sign-ins of the demonstration cannot be stored");
    TRY(write_file(access, path));
    chore_tell(access->chore, "sign-ins are in %s", path);
    return STATUS_OK;
}

enum status access_store_agents(struct chore *chore, struct arena *arena)
{
    struct access access = {.chore = chore, .arena = arena};
    for (int i = 0; i < USERS_COUNT; i++) {
        if (strcmp(users[i].kind, "OPERATOR") == 0)
            TRY(store_user(&access, &users[i], (struct str){0}));
    }
    return STATUS_OK;
}

struct cell access_user(const char *name)
{
    for (int i = 0; i < USERS_COUNT && name != NULL; i++) {
        if (strcmp(users[i].name, name) == 0 && strcmp(users[i].kind, "OPERATOR") == 0)
            return cell_int(users[i].id);
    }
    return (struct cell){.kind = CELL_NULL};
}

enum status access_ensure(struct chore *chore, const char *path)
{
    if (sodium_init() < 0)
        return chore_fail(chore, STATUS_INTERNAL, "libsodium cannot be used on this machine");
    struct access access = {.chore = chore, .arena = arena_create(), .list = json_array()};
    bool there = false;
    enum status status = users_there(&access, &there);
    if (status == STATUS_OK && !(there && file_there(path)))
        status = make_anew(&access, path);
    json_decref(access.list);
    arena_destroy(access.arena);
    return status;
}

/* identity: from the token of a request to the viewer, on one event loop. */
#include "auth/identity.h"

#include "auth/account.h"
#include "auth/keys.h"
#include "auth/token.h"
#include "base/arena.h"
#include "base/log.h"
#include "mariadb/database.h"
#include <stdlib.h>

enum { SLOT_BITS = 12, SLOTS = 1 << SLOT_BITS, FRESH_MS = 500 };

/* A token that was verified, and what the database last said about its holder. In its own arena. */
struct identity {
    struct identities *all;
    struct arena *arena;
    struct str token;
    struct claims claims;
    bool asked;        /* ever answered: status, viewer and asked_ms hold */
    uint64_t asked_ms; /* when the question left */
    enum status status;
    struct viewer viewer;
    struct arena *answer; /* what viewer points to */
    bool asking;
    uint64_t asking_since_ms;
    struct query query;
    struct cell parameters[5];
    struct identity_wait *waiting;
    bool replaced; /* no slot any more: gone when the question is answered */
};

struct identities {
    const struct keys *keys;
    struct database_pool *pool;
    struct identity *slots[SLOTS];
};

static const struct str sql_standing =
    STR("SELECT " ACCOUNT_COLUMNS ", "
        "? = '' OR EXISTS (SELECT * FROM user_session s "
        "WHERE s.family_id = ? AND s.user_account_id = u.id AND s.revoked_at IS NULL), "
        "? = '' OR EXISTS (SELECT * FROM api_client c "
        "WHERE c.client_id = ? AND c.user_account_id = u.id AND c.state = 'ACTIVE') "
        "FROM " ACCOUNT_TABLES " WHERE u.id = ?");

struct identities *identities_create(const struct keys *keys, struct database_pool *pool)
{
    struct identities *identities = calloc(1, sizeof(*identities));
    if (identities == NULL)
        abort();
    identities->keys = keys;
    identities->pool = pool;
    return identities;
}

static void destroy(struct identity *identity)
{
    arena_destroy(identity->answer);
    arena_destroy(identity->arena);
}

void identities_destroy(struct identities *identities)
{
    for (size_t i = 0; i < SLOTS; i++)
        if (identities->slots[i] != NULL)
            destroy(identities->slots[i]);
    free(identities);
}

/* A token ends in its signature, which nobody can choose: it scatters as well as a hash would, and
 * only tokens whose signature is good ever get a slot. */
static struct identity **slot_of(struct identities *identities, struct str token)
{
    uint64_t end = 0;
    size_t len = token.len < sizeof(end) ? token.len : sizeof(end);
    memcpy(&end, token.at + token.len - len, len);
    return &identities->slots[end * UINT64_C(0x9e3779b97f4a7c15) >> (64 - SLOT_BITS)];
}

static void give_up_slot(struct identity **slot)
{
    struct identity *identity = *slot;
    *slot = NULL;
    if (identity == NULL)
        return;
    if (identity->asking)
        identity->replaced = true;
    else
        destroy(identity);
}

/* NULL: not a good token. */
static struct identity *verify(struct identities *identities, struct str token, int64_t now)
{
    const char *reason;
    struct arena *arena = arena_create();
    struct identity *identity = arena_new(arena, struct identity);
    enum status status =
        token_read(&identity->claims, arena, identities->keys, token, now, &reason);
    if (status != STATUS_OK) {
        log_event(LOG_DEBUG, "token refused", "reason", reason, NULL);
        arena_destroy(arena);
        return NULL;
    }
    identity->all = identities;
    identity->arena = arena;
    identity->token = str_copy(arena, token);
    return identity;
}

/* Into the waiting request's own arena: the slot may be somebody else's before it is answered. */
static void answer(const struct identity *identity, struct identity_wait *wait)
{
    wait->status = identity->status;
    if (wait->status != STATUS_OK)
        return;
    struct viewer *viewer = arena_new(wait->arena, struct viewer);
    *viewer = identity->viewer;
    viewer->scope_path = str_copy(wait->arena, viewer->scope_path);
    viewer->roles = str_copy(wait->arena, viewer->roles);
    viewer->login = str_copy(wait->arena, viewer->login);
    viewer->name = str_copy(wait->arena, viewer->name);
    viewer->language = str_copy(wait->arena, viewer->language);
    wait->viewer = viewer;
}

/* What the token says must still be so; rights that came later wait for the next token. */
static enum status judge(struct viewer *viewer, const struct claims *claims,
                         const struct rows *rows)
{
    struct account account;
    if (rows->count == 0)
        return STATUS_UNAUTHENTICATED;
    if (!account_read(&account, rows->cells))
        return STATUS_INTERNAL;
    bool lives =
        rows->cells[ACCOUNT_WIDTH].integer != 0 && rows->cells[ACCOUNT_WIDTH + 1].integer != 0;
    if (!lives || !account.active || account.rights_version != claims->rights_version ||
        account.kind != claims->kind || account.scope_id != claims->scope_id)
        return STATUS_UNAUTHENTICATED;
    *viewer = (struct viewer){
        .kind = account.kind,
        .user_id = account.id,
        .scope_id = account.scope_id,
        .scope_path = account.scope_path,
        .roles = account.roles,
        .team_id = account.team_id,
        .rights = account.rights & claims->rights,
        .login = account.login,
        .name = account.name,
        .language = account.language,
        .expires_at = claims->expires_at,
    };
    return STATUS_OK;
}

static void on_standing(struct query *query)
{
    struct identity *identity = query->context;
    arena_destroy(identity->answer);
    identity->answer = query->arena;
    identity->asked = query->status == STATUS_OK;
    identity->asked_ms = identity->asking_since_ms;
    identity->status = STATUS_UNAVAILABLE;
    if (identity->asked)
        identity->status = judge(&identity->viewer, &identity->claims, &query->rows);
    else
        log_event(LOG_WARN, "nobody could be identified", "problem",
                  log_format(STR_FMT, STR_ARG(query->problem)), NULL);
    while (identity->waiting != NULL) {
        struct identity_wait *wait = identity->waiting;
        identity->waiting = wait->next;
        answer(identity, wait);
        wait->on_known(wait);
    }
    identity->asking = false;
    if (identity->replaced)
        destroy(identity);
}

static void ask(struct identity *identity, uint64_t now_ms)
{
    const struct claims *claims = &identity->claims;
    const struct cell session = cell_text(claims->session), client = cell_text(claims->client_id);
    memcpy(identity->parameters,
           (struct cell[]){session, session, client, client, cell_int(claims->user_id)},
           sizeof(identity->parameters));
    identity->asking = true;
    identity->asking_since_ms = now_ms;
    identity->query = (struct query){
        .sql = sql_standing,
        .parameters = identity->parameters,
        .parameter_count = 5,
        .arena = arena_create(),
        .on_rows = on_standing,
        .context = identity,
    };
    database_query(identity->all->pool, &identity->query);
}

bool identity_find(struct identities *identities, struct str token, int64_t now, uint64_t now_ms,
                   struct identity_wait *wait)
{
    struct identity **slot = slot_of(identities, token), *identity = *slot;
    wait->status = STATUS_UNAUTHENTICATED;
    if (identity == NULL || !str_equal(identity->token, token)) {
        identity = verify(identities, token, now);
        if (identity == NULL)
            return true;
        give_up_slot(slot);
        *slot = identity;
    }
    if (now >= identity->claims.expires_at) {
        give_up_slot(slot);
        return true;
    }
    if (identity->asked && now_ms - identity->asked_ms <= FRESH_MS) {
        answer(identity, wait);
        return true;
    }
    wait->next = identity->waiting;
    identity->waiting = wait;
    if (!identity->asking)
        ask(identity, now_ms);
    return false;
}

/* sessions: signing in, staying signed in, signing out.
 *
 * Passwords are hashed and the database is waited for on workers; the event loop only reads the
 * request and writes the answer. The refresh token travels in a cookie that scripts cannot read.
 */
#include "http/sessions.h"

#include "auth/sign_in.h"
#include "base/arena.h"
#include "base/buf.h"
#include "base/workers.h"
#include "http/lane.h"
#include "http/posted.h"
#include "http/reply.h"
#include "http/visit.h"

#define COOKIE "__Host-dossier-refresh"

enum { NAME_BYTES_MAX = 100, SECRET_BYTES_MAX = 512 };

struct database;

/* The four ways to come by a token or to give it up. */
enum way { LOGIN, REFRESH, LOGOUT, TOKEN };

static const struct {
    const char *name_key; /* in the body; NULL: the cookie is all there is */
    const char *secret_key;
    const char *shape;   /* of the body, for who got it wrong */
    const char *refusal; /* the same words for all that can be wrong */
} ways[] = {
    [LOGIN] = {"username", "password", "Send {\"username\": \"…\", \"password\": \"…\"}.",
               "The user name or the password is not right."},
    [REFRESH] = {NULL, NULL, NULL, "The session is over; sign in again."},
    [LOGOUT] = {NULL, NULL, NULL, "The session is over."},
    [TOKEN] = {"clientId", "clientSecret", "Send {\"clientId\": \"…\", \"clientSecret\": \"…\"}.",
               "The client id or the client secret is not right."},
};

/* One request, on the loop, then on a worker, then on the loop again. */
struct job {
    enum way way;
    const struct auth *auth;
    struct visit *visit;
    struct sign_in attempt;
    enum status status;
};

/* ---- on a worker ---- */

static void work(void *context, void *worker)
{
    struct job *job = context;
    struct database *database = worker;
    if (database == NULL)
        job->status = STATUS_UNAVAILABLE;
    else if (job->way == LOGIN)
        job->status = sign_in_with_password(job->auth, database, &job->attempt);
    else if (job->way == REFRESH)
        job->status = sign_in_with_refresh_token(job->auth, database, &job->attempt);
    else if (job->way == TOKEN)
        job->status = sign_in_with_client_secret(job->auth, database, &job->attempt);
    else
        job->status = sign_in_end(database, job->attempt.arena, job->attempt.secret);
}

/* ---- the answer ---- */

static void set_cookie(h2o_req_t *req, struct arena *arena, struct str value, int64_t seconds)
{
    reply_header(req, "set-cookie",
                 str_printf(arena,
                            COOKIE "=" STR_FMT
                                   "; Path=/; Secure; HttpOnly; SameSite=Strict; Max-Age=%lld",
                            STR_ARG(value), (long long)seconds));
}

static void send_tokens(h2o_req_t *req, struct arena *arena, const struct sign_in *attempt)
{
    struct str body = str_printf(
        arena, "{\"accessToken\":\"" STR_FMT "\",\"tokenType\":\"Bearer\",\"expiresIn\":%d}",
        STR_ARG(attempt->access_token), SIGN_IN_TOKEN_SECONDS);
    if (attempt->refresh_token.at != NULL)
        set_cookie(req, arena, attempt->refresh_token, attempt->refresh_seconds_left);
    reply_send(req, 200, REPLY_JSON, body);
}

static void answer_unavailable(h2o_req_t *req)
{
    reply_header(req, "retry-after", STR("1"));
    reply_problem(req, 503, STATUS_UNAVAILABLE,
                  "Signing in is not possible right now; try again soon.");
}

static void answer_too_often(h2o_req_t *req, struct arena *arena, unsigned wait_seconds)
{
    reply_header(req, "retry-after", str_printf(arena, "%u", wait_seconds));
    reply_problem(req, 429, STATUS_RATE, "Too many attempts; wait a little before the next one.");
}

static void on_done(void *context)
{
    struct job *job = context;
    struct arena *arena = job->attempt.arena;
    h2o_req_t *req = visit_answer(job->visit);
    if (req == NULL)
        return;
    if (job->status == STATUS_OK && job->way == LOGOUT) {
        set_cookie(req, arena, STR(""), 0);
        reply_send(req, 204, NULL, STR(""));
    } else if (job->status == STATUS_OK) {
        send_tokens(req, arena, &job->attempt);
    } else if (job->status == STATUS_UNAUTHENTICATED) {
        reply_problem(req, 401, job->status, ways[job->way].refusal);
    } else if (job->status == STATUS_UNAVAILABLE || job->status == STATUS_TIMEOUT) {
        answer_unavailable(req);
    } else {
        reply_problem(req, 500, STATUS_INTERNAL, "Something went wrong on our side.");
    }
}

/* The worker's result is thrown away by visit_answer(). */
static void on_gone(void *context)
{
}

/* ---- the request ---- */

/* The cookie's value; .at NULL when there is none, or more than one. */
static struct str refresh_cookie(h2o_req_t *req, struct arena *arena)
{
    struct str found = {0};
    for (ssize_t at = -1; (at = h2o_find_header(&req->headers, H2O_TOKEN_COOKIE, at)) != -1;) {
        struct str rest = {req->headers.entries[at].value.base, req->headers.entries[at].value.len};
        while (rest.len > 0) {
            const char *end = memchr(rest.at, ';', rest.len);
            struct str pair = {.at = rest.at,
                               .len = end == NULL ? rest.len : (size_t)(end - rest.at)};
            rest.at += end == NULL ? pair.len : pair.len + 1;
            rest.len -= end == NULL ? pair.len : pair.len + 1;
            while (pair.len > 0 && pair.at[0] == ' ')
                pair.at++, pair.len--;
            if (!str_starts(pair, STR(COOKIE "=")))
                continue;
            if (found.at != NULL)
                return (struct str){0};
            const size_t skip = sizeof(COOKIE "=") - 1;
            found = str_copy(arena, (struct str){pair.at + skip, pair.len - skip});
        }
    }
    return found;
}

/* True: the attempt is complete. Otherwise it was answered. */
static bool read_attempt(struct sign_in *attempt, enum way way, h2o_req_t *req)
{
    const char *problem = ways[way].shape;
    struct arena *arena = attempt->arena;
    attempt->address = posted_peer(req, arena);
    attempt->user_agent = str_copy(arena, reply_request_header(req, H2O_TOKEN_USER_AGENT));
    if (ways[way].name_key == NULL) {
        attempt->secret = refresh_cookie(req, arena);
        if (attempt->secret.at == NULL && way == REFRESH)
            reply_problem(req, 401, STATUS_UNAUTHENTICATED, ways[way].refusal);
        return attempt->secret.at != NULL || way == LOGOUT;
    }
    const json_t *json = posted_object(req, arena, &problem);
    if (json == NULL ||
        !posted_text(json, ways[way].name_key, NAME_BYTES_MAX, arena, &attempt->name) ||
        !posted_text(json, ways[way].secret_key, SECRET_BYTES_MAX, arena, &attempt->secret)) {
        reply_problem(req, 400, STATUS_INVALID, problem);
        return false;
    }
    return true;
}

static void answer_later(enum way way, h2o_req_t *req, struct arena *arena)
{
    struct lane *lane = lane_of(req);
    struct job *job = arena_new(arena, struct job);
    job->way = way;
    job->auth = lane->options->auth;
    job->attempt.arena = arena;
    if (!read_attempt(&job->attempt, way, req)) {
        arena_destroy(arena);
        return;
    }
    unsigned wait = ways[way].name_key == NULL ? 0 : sign_in_wait(job->auth, &job->attempt);
    job->visit = visit_begin(req, arena, on_gone, job);
    if (wait > 0) {
        answer_too_often(visit_answer(job->visit), arena, wait);
    } else if (workers_submit(lane->options->workers, &lane->loop->super, work, on_done, job) !=
               STATUS_OK) {
        answer_unavailable(visit_answer(job->visit));
    }
}

static void answer(enum way way, h2o_req_t *req)
{
    if (posted_is_acceptable(req))
        answer_later(way, req, arena_create());
}

void sessions_login(h2o_req_t *req)
{
    answer(LOGIN, req);
}

void sessions_refresh(h2o_req_t *req)
{
    answer(REFRESH, req);
}

void sessions_logout(h2o_req_t *req)
{
    answer(LOGOUT, req);
}

void sessions_token(h2o_req_t *req)
{
    answer(TOKEN, req);
}

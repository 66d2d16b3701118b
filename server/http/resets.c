/* resets: /auth/reset/look and /auth/reset, for the page /reset that a link in a message leads to.
 *
 *     POST /auth/reset/look {"token": "…"}
 *         200 {"mailbox": "a•••@mail.example", "characters": 12}
 *     POST /auth/reset {"token": "…", "password": "…"}
 *         204; 422 with the fault of the password: SHORT, LONG, PLAIN
 *
 * The token is in the fragment of the page's address, which browsers keep to themselves, and in the
 * body here: no log has it. What is wrong with it gets one answer, 404, for all that it can be.
 */
#include "http/resets.h"

#include "auth/reset.h"
#include "base/arena.h"
#include "base/buf.h"
#include "base/workers.h"
#include "http/lane.h"
#include "http/posted.h"
#include "http/reply.h"
#include "http/visit.h"

enum { TOKEN_BYTES_MAX = 100, PASSWORD_BYTES_MAX = 1024 };

static const struct {
    const char *name;
    const char *message;
} faults[] = {
    [RESET_FINE] = {"", ""},
    [RESET_SHORT] = {"SHORT", "The password is too short."},
    [RESET_LONG] = {"LONG", "The password is too long."},
    [RESET_PLAIN] = {"PLAIN", "The password is too easily guessed."},
};

/* One request, on the loop, then on a worker, then on the loop again. */
struct job {
    const struct auth *auth;
    struct visit *visit;
    struct reset reset;
    bool chooses;
    enum status status;
};

/* ---- on a worker ---- */

static void work(void *context, void *worker)
{
    struct job *job = context;
    struct database *database = worker;
    if (database == NULL)
        job->status = STATUS_UNAVAILABLE;
    else if (job->chooses)
        job->status = reset_choose(job->auth, database, &job->reset);
    else
        job->status = reset_look(job->auth, database, &job->reset);
}

/* ---- the answer ---- */

static void send_look(h2o_req_t *req, const struct reset *reset)
{
    struct buf body;
    buf_init(&body, reset->arena, 128);
    buf_add(&body, STR("{\"mailbox\":"));
    buf_add_json_string(&body, reset->mailbox);
    buf_printf(&body, ",\"characters\":%lld}", (long long)reset->characters_least);
    reply_send(req, 200, REPLY_JSON, buf_str(&body));
}

static void send_fault(h2o_req_t *req, const struct reset *reset)
{
    struct buf body;
    buf_init(&body, reset->arena, 128);
    buf_printf(&body, "{\"error\":{\"code\":\"%s\",\"fault\":\"%s\",\"message\":\"%s\"}}",
               status_code(STATUS_INVALID), faults[reset->fault].name,
               faults[reset->fault].message);
    reply_send(req, 422, REPLY_JSON, buf_str(&body));
}

static void answer_unavailable(h2o_req_t *req)
{
    reply_header(req, "retry-after", STR("1"));
    reply_problem(req, 503, STATUS_UNAVAILABLE,
                  "A password cannot be chosen right now; try again soon.");
}

static void on_done(void *context)
{
    struct job *job = context;
    h2o_req_t *req = visit_answer(job->visit);
    if (req == NULL)
        return;
    if (job->status == STATUS_OK && job->chooses)
        reply_send(req, 204, NULL, STR(""));
    else if (job->status == STATUS_OK)
        send_look(req, &job->reset);
    else if (job->status == STATUS_INVALID)
        send_fault(req, &job->reset);
    else if (job->status == STATUS_NOT_FOUND)
        reply_problem(
            req, 404, job->status,
            "This link is not good: it was used, is over or was replaced by a newer one.");
    else if (job->status == STATUS_UNAVAILABLE || job->status == STATUS_TIMEOUT)
        answer_unavailable(req);
    else
        reply_problem(req, 500, STATUS_INTERNAL, "Something went wrong on our side.");
}

/* The worker's result is thrown away by visit_answer(). */
static void on_gone(void *context)
{
}

/* ---- the request ---- */

/* True: the attempt is complete. Otherwise it was answered. */
static bool read_attempt(struct job *job, h2o_req_t *req)
{
    struct reset *reset = &job->reset;
    const char *shape =
        job->chooses ? "Send {\"token\": \"…\", \"password\": \"…\"}." : "Send {\"token\": \"…\"}.";
    const char *problem = shape;
    const json_t *json = posted_object(req, reset->arena, &problem);
    reset->address = posted_peer(req, reset->arena);
    if (json != NULL && posted_text(json, "token", TOKEN_BYTES_MAX, reset->arena, &reset->token) &&
        (!job->chooses ||
         posted_text(json, "password", PASSWORD_BYTES_MAX, reset->arena, &reset->password)))
        return true;
    reply_problem(req, 400, STATUS_INVALID, problem);
    return false;
}

static void answer_later(h2o_req_t *req, bool chooses, struct arena *arena)
{
    struct lane *lane = lane_of(req);
    struct job *job = arena_new(arena, struct job);
    *job = (struct job){.auth = lane->options->auth, .chooses = chooses, .reset = {.arena = arena}};
    if (!read_attempt(job, req)) {
        arena_destroy(arena);
        return;
    }
    unsigned wait = reset_wait(job->auth, &job->reset);
    job->visit = visit_begin(req, arena, on_gone, job);
    if (wait > 0) {
        h2o_req_t *answered = visit_answer(job->visit);
        reply_header(answered, "retry-after", str_printf(arena, "%u", wait));
        reply_problem(answered, 429, STATUS_RATE,
                      "Too many attempts; wait a little before the next one.");
    } else if (workers_submit(lane->options->workers, &lane->loop->super, work, on_done, job) !=
               STATUS_OK) {
        answer_unavailable(visit_answer(job->visit));
    }
}

void resets_look(h2o_req_t *req)
{
    if (posted_is_acceptable(req))
        answer_later(req, false, arena_create());
}

void resets_choose(h2o_req_t *req)
{
    if (posted_is_acceptable(req))
        answer_later(req, true, arena_create());
}

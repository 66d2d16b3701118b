/* letters: /letters/ID.pdf, a message as a PDF.
 *
 * Whether the viewer may see the message is decided by the engine, which is asked for it with a
 * document of ours. What does not exist, what is somebody else's and what is no message at all get
 * the same answer.
 *
 *     letters_answer   refuses what is not such a request
 *     ask              asks the engine for the message, on behalf of whoever asks
 *     render           on a worker: makes the PDF and has it remembered
 *     on_rendered      sends it
 */
#include "http/letters.h"

#include "auth/identity.h"
#include "base/arena.h"
#include "base/encode.h"
#include "base/log.h"
#include "base/workers.h"
#include "http/lane.h"
#include "http/reply.h"
#include "http/visit.h"
#include "letter/message.h"
#include "letter/record.h"
#include "run/door.h"
#include "run/global_id.h"
#include <time.h>

#define FOLDER "/letters/"

enum { ID_BYTES_MAX = 200 };

static const struct str type_name = STR("CommunicationMessage");

/* One request, on the loop, then on a worker, then on the loop again; in its own arena. */
struct sending {
    struct lane *lane;
    struct visit *visit;
    struct arena *arena;
    struct str id;
    struct identity_wait identity;
    struct call call;
    bool asking;
    struct message message;
    struct letter_pdf pdf;
    struct str sha256;
    enum status status;
};

/* ---- the answer ---- */

static void answer_problem(h2o_req_t *req, enum status status)
{
    if (status == STATUS_NOT_FOUND) {
        reply_problem(req, 404, status, "There is no such message.");
    } else if (status == STATUS_UNAVAILABLE || status == STATUS_TIMEOUT) {
        reply_header(req, "retry-after", STR("1"));
        reply_problem(req, 503, STATUS_UNAVAILABLE,
                      "The message cannot be shown right now; try again soon.");
    } else if (status == STATUS_CONFLICT) {
        reply_problem(req, 500, STATUS_INTERNAL,
                      "The message is not what it was when it was first shown; it is not shown.");
    } else {
        reply_problem(req, 500, STATUS_INTERNAL, "Something went wrong on our side.");
    }
}

static void end_with(struct sending *sending, enum status status)
{
    h2o_req_t *req = visit_answer(sending->visit);
    if (req != NULL)
        answer_problem(req, status);
}

static void on_rendered(void *context)
{
    struct sending *sending = context;
    if (sending->status != STATUS_OK) {
        end_with(sending, sending->status);
        return;
    }
    h2o_req_t *req = visit_answer(sending->visit);
    if (req == NULL)
        return;
    struct str etag = str_printf(sending->arena, "\"" STR_FMT "\"", STR_ARG(sending->sha256));
    reply_header(req, "etag", etag);
    if (str_equal(reply_request_header(req, H2O_TOKEN_IF_NONE_MATCH), etag)) {
        reply_send(req, 304, NULL, STR(""));
        return;
    }
    reply_header(
        req, "content-disposition",
        str_printf(sending->arena, "inline; filename=\"" STR_FMT ".pdf\"", STR_ARG(sending->id)));
    reply_send(req, 200, "application/pdf", sending->pdf.bytes);
}

/* ---- on a worker ---- */

static enum status remember(struct sending *sending, struct database *database)
{
    struct str recorded = sending->message.recorded;
    struct cell key;
    if (recorded.at != NULL)
        return str_equal(recorded, sending->sha256) ? STATUS_OK : STATUS_CONFLICT;
    if (database == NULL)
        return STATUS_UNAVAILABLE;
    if (!global_id_decode(sending->arena, type_name, sending->id, &key))
        return STATUS_NOT_FOUND;
    return record_document(database, sending->arena, key.integer, &sending->pdf, sending->sha256);
}

static void render(void *context, void *worker)
{
    struct sending *sending = context;
    sending->status = letter_render(&sending->pdf, sending->arena, &sending->message.letter);
    if (sending->status != STATUS_OK)
        return;
    sending->sha256 = sha256_hex(sending->arena, sending->pdf.bytes);
    sending->status = remember(sending, worker);
    if (sending->status == STATUS_CONFLICT)
        log_event(LOG_ERROR, "a message is not what it was when it was first shown", "id",
                  log_format(STR_FMT, STR_ARG(sending->id)), "renderer", letter_renderer(), NULL);
}

/* ---- the message ---- */

static enum status status_of(const struct call *call)
{
    if (call->outcome == CALL_UNAVAILABLE)
        return STATUS_UNAVAILABLE;
    if (call->outcome == CALL_INTERNAL || (call->outcome == CALL_DATA && call->has_errors))
        return STATUS_INTERNAL;
    return call->outcome == CALL_DATA ? STATUS_OK : STATUS_NOT_FOUND;
}

static void on_message(struct call *call)
{
    struct sending *sending = call->context;
    sending->asking = false;
    enum status status = status_of(call);
    if (status == STATUS_OK)
        status = message_read(&sending->message, sending->arena, call->body);
    if (status == STATUS_OK)
        status = workers_submit(sending->lane->options->workers, &sending->lane->loop->super,
                                render, on_rendered, sending);
    if (status != STATUS_OK)
        end_with(sending, status);
}

static void release_json(void *json)
{
    json_decref(json);
}

/* A schema of somebody else's may know no messages. */
static void ask(struct sending *sending)
{
    struct engine_loop *engine = sending->lane->parts.engine;
    json_t *variables = json_pack("{s:s%}", "id", sending->id.at, sending->id.len);
    arena_defer(sending->arena, release_json, variables);
    sending->call = (struct call){
        .arena = sending->arena,
        .viewer = sending->identity.viewer,
        .variables = variables,
        .read_only = true,
        .on_answer = on_message,
        .context = sending,
    };
    if (variables == NULL || !door_knows(engine, type_name)) {
        end_with(sending, STATUS_NOT_FOUND);
        return;
    }
    sending->asking = true;
    if (!door_call(engine, &sending->call, message_document))
        end_with(sending, STATUS_INTERNAL);
}

/* ---- who asks ---- */

static void on_identity(struct identity_wait *wait)
{
    struct sending *sending = wait->context;
    if (wait->status == STATUS_OK && visit_request(sending->visit) != NULL) {
        ask(sending);
        return;
    }
    h2o_req_t *req = visit_answer(sending->visit);
    if (req != NULL)
        reply_unidentified(req, wait->status);
}

/* What is asked of others than the engine comes back, and is thrown away by visit_answer(). */
static void on_gone(void *context)
{
    struct sending *sending = context;
    if (sending->asking)
        call_abandon(&sending->call);
}

/* ---- the request ---- */

/* /letters/ID.pdf; .at NULL: the path is not that. */
static struct str id_of(const h2o_req_t *req)
{
    struct str path = {.at = req->path_normalized.base, .len = req->path_normalized.len};
    struct str folder = STR(FOLDER), end = STR(".pdf");
    if (path.len <= folder.len + end.len || path.len > folder.len + end.len + ID_BYTES_MAX ||
        !str_ends(path, end))
        return (struct str){0};
    return (struct str){.at = path.at + folder.len, .len = path.len - folder.len - end.len};
}

/* True: somebody with a token asks for a PDF. Otherwise it was answered. */
static bool is_acceptable(h2o_req_t *req)
{
    if (!reply_method_reads(req)) {
        return false;
    } else if (reply_bearer_token(req).at == NULL) {
        reply_unidentified(req, STATUS_UNAUTHENTICATED);
    } else if (id_of(req).at == NULL) {
        answer_problem(req, STATUS_NOT_FOUND);
    } else {
        return true;
    }
    return false;
}

void letters_answer(h2o_req_t *req)
{
    if (!is_acceptable(req))
        return;
    struct arena *arena = arena_create();
    struct sending *sending = arena_new(arena, struct sending);
    struct lane *lane = lane_of(req);
    sending->lane = lane;
    sending->arena = arena;
    sending->id = str_copy(arena, id_of(req));
    sending->visit = visit_begin(req, arena, on_gone, sending);
    sending->identity =
        (struct identity_wait){.arena = arena, .on_known = on_identity, .context = sending};
    if (identity_find(lane->parts.identities, reply_bearer_token(req), (int64_t)time(NULL),
                      lane->loop->super.ops->now_ms(&lane->loop->super), &sending->identity))
        on_identity(&sending->identity);
}

/* exports: /export, a list of the account as a file for spreadsheets, page by page.
 *
 * What is in it is decided by the engine: each page is the answer to a document that the tab's
 * fragment makes, asked on behalf of whoever asks. The next page is asked for when the client has
 * taken the last one, so a slow reader costs one page of memory and holds nobody up.
 *
 *     exports_answer   refuses what is not such a request
 *     begin            finds the list among the viewer's tabs
 *     ask              asks the engine for a page
 *     on_page          writes its rows; h2o calls on_taken when they are gone
 */
#include "http/exports.h"

#include "auth/identity.h"
#include "base/arena.h"
#include "base/buf.h"
#include "base/log.h"
#include "export/sheet.h"
#include "http/lane.h"
#include "http/media.h"
#include "http/parameters.h"
#include "http/reply.h"
#include "http/visit.h"
#include "run/door.h"
#include <ctype.h>
#include <time.h>

/* One export, in its own arena; each page in one of its own. */
struct sending {
    h2o_generator_t super;
    struct lane *lane;
    struct visit *visit;
    struct arena *arena;
    struct identity_wait identity;
    struct sheet sheet;
    struct str moment; /* that it is as of, of the file's name; empty: now */
    json_t *variables;
    json_t *labels;     /* NULL: no page was there yet */
    struct arena *page; /* of the page that is asked for or being sent; NULL: none */
    struct call call;
    bool asking;
    bool started; /* the client has got a status */
    bool more;    /* there is another page */
};

static void ask(struct sending *sending);

/* ---- the end ---- */

static void release(void *context)
{
    struct sending *sending = context;
    json_decref(sending->variables);
    json_decref(sending->labels);
    arena_destroy(sending->page);
}

/* A file that is cut off must not look like a whole one: the connection breaks. */
static void fail(struct sending *sending, enum status status, const char *words)
{
    h2o_req_t *req = visit_answer(sending->visit);
    if (req == NULL)
        return;
    if (sending->started) {
        log_event(LOG_WARN, "an export broke off", "list",
                  log_format(STR_FMT, STR_ARG(sending->sheet.name)), "status", status_code(status),
                  NULL);
        h2o_send(req, NULL, 0, H2O_SEND_STATE_ERROR);
        return;
    }
    if (status == STATUS_UNAVAILABLE)
        reply_header(req, "retry-after", STR("1"));
    reply_problem(req,
                  status == STATUS_NOT_FOUND     ? 404
                  : status == STATUS_UNAVAILABLE ? 503
                  : status == STATUS_INTERNAL    ? 500
                                                 : 400,
                  status, words);
}

static void fail_as(struct sending *sending, enum status status)
{
    fail(sending, status,
         status == STATUS_NOT_FOUND     ? "There is no such customer."
         : status == STATUS_UNAVAILABLE ? "The list cannot be read right now; try again soon."
                                        : "Something went wrong on our side.");
}

/* ---- a page ---- */

static void start_answer(struct sending *sending, h2o_req_t *req, struct str number)
{
    static const char type[] = "text/csv; charset=utf-8; header=present";
    struct str name =
        str_printf(sending->arena, "attachment; filename=\"" STR_FMT "-" STR_FMT STR_FMT ".csv\"",
                   STR_ARG(sending->sheet.name), STR_ARG(number), STR_ARG(sending->moment));
    sending->started = true;
    req->res.status = 200;
    req->res.reason = "OK";
    req->res.content_length = SIZE_MAX;
    h2o_add_header(&req->pool, &req->res.headers, H2O_TOKEN_CONTENT_TYPE, NULL, type,
                   sizeof(type) - 1);
    reply_header(req, "content-disposition", name);
    h2o_start_response(req, &sending->super);
}

static enum status write_page(struct sending *sending, struct sheet_page *page, struct buf *out)
{
    struct call *call = &sending->call;
    json_t *answer = json_loadb(call->body.at, call->body.len, 0, NULL);
    buf_init(out, sending->page, 64 * 1024);
    if (sending->labels == NULL) {
        sending->labels = sheet_labels(answer);
        sheet_write_head(&sending->sheet, out);
    }
    enum status status =
        sheet_write_page(&sending->sheet, page, sending->page, answer, sending->labels, out);
    json_decref(answer);
    return status;
}

/* Not a problem of ours: what is wrong with the variables, in the engine's words. */
static void refuse(struct sending *sending)
{
    struct call *call = &sending->call;
    json_t *answer = json_loadb(call->body.at, call->body.len, 0, NULL);
    const json_t *error = json_array_get(json_object_get(answer, "errors"), 0);
    const char *words = json_string_value(json_object_get(error, "message"));
    fail(sending, STATUS_INVALID, words == NULL ? "The list cannot be read so." : words);
    json_decref(answer);
}

static void send_page(struct sending *sending, h2o_req_t *req, const struct sheet_page *page,
                      struct str text)
{
    if (!sending->started)
        start_answer(sending, req, page->number);
    sending->more = page->after.at != NULL;
    json_object_set_new(sending->variables, SHEET_FIRST, json_false());
    json_object_set_new(
        sending->variables, SHEET_AFTER,
        json_stringn(page->after.at == NULL ? "" : page->after.at, page->after.len));
    h2o_iovec_t bytes = h2o_iovec_init(text.at, text.len);
    if (!sending->more)
        visit_answer(sending->visit);
    h2o_send(req, &bytes, 1, sending->more ? H2O_SEND_STATE_IN_PROGRESS : H2O_SEND_STATE_FINAL);
}

static void on_page(struct call *call)
{
    struct sending *sending = call->context;
    struct sheet_page page = {0};
    struct buf out;
    sending->asking = false;
    h2o_req_t *req = visit_request(sending->visit);
    if (req == NULL)
        visit_answer(sending->visit);
    else if (call->outcome == CALL_UNAVAILABLE)
        fail_as(sending, STATUS_UNAVAILABLE);
    else if (call->outcome == CALL_INTERNAL || (call->outcome == CALL_DATA && call->has_errors))
        fail_as(sending, STATUS_INTERNAL);
    else if (call->outcome != CALL_DATA)
        refuse(sending);
    else {
        enum status status = write_page(sending, &page, &out);
        if (status == STATUS_OK)
            send_page(sending, req, &page, buf_str(&out));
        else
            fail_as(sending, status);
    }
}

static void ask(struct sending *sending)
{
    arena_destroy(sending->page);
    sending->page = arena_create();
    sending->call = (struct call){
        .arena = sending->page,
        .viewer = sending->identity.viewer,
        .variables = sending->variables,
        .read_only = true,
        .on_answer = on_page,
        .context = sending,
    };
    sending->asking = true;
    if (door_call(sending->lane->parts.engine, &sending->call, sending->sheet.document))
        return;
    sending->asking = false;
    fail_as(sending, STATUS_INTERNAL);
}

/* The client has taken the page: nothing needs its memory any more. */
static void on_taken(h2o_generator_t *generator, h2o_req_t *req)
{
    ask((struct sending *)generator);
}

/* ---- what is asked ---- */

/* "-as-of-20261122T093000Z" for 2026-11-22T09:30:00Z. */
static struct str moment_of_name(struct arena *arena, struct str moment)
{
    struct buf name;
    if (moment.at == NULL)
        return (struct str){0};
    buf_init(&name, arena, 64);
    buf_add(&name, STR("-as-of-"));
    for (size_t i = 0; i < moment.len; i++)
        if (isalnum((unsigned char)moment.at[i]))
            buf_add_char(&name, moment.at[i]);
    return buf_str(&name);
}

static struct str text_in(const json_t *body, const char *key)
{
    const json_t *value = json_object_get(body, key);
    return (struct str){.at = json_string_value(value), .len = json_string_length(value)};
}

/* False: it was refused. */
static bool read_body(struct sending *sending, h2o_req_t *req, json_t **body)
{
    const struct parameter_limits *limits = &sending->lane->options->limits;
    struct str text = {.at = req->entity.base, .len = req->entity.len};
    const char *problem = NULL;
    enum status status =
        parameters_json_object(body, sending->arena, limits->json_depth, text, &problem);
    const json_t *variables = status == STATUS_OK ? json_object_get(*body, "variables") : NULL;
    const json_t *moment = status == STATUS_OK ? json_object_get(*body, "asOf") : NULL;
    if (status == STATUS_OK &&
        (text_in(*body, "customer").at == NULL || text_in(*body, "tab").at == NULL ||
         text_in(*body, "panel").at == NULL || (variables != NULL && !json_is_object(variables)) ||
         (moment != NULL && !json_is_null(moment) && !json_is_string(moment))))
        problem = "Send {\"customer\": \"…\", \"tab\": \"…\", \"panel\": \"…\", "
                  "\"variables\": {…}, \"asOf\": \"…\"}; the last two only where they are needed.";
    if (problem != NULL)
        fail(sending, STATUS_INVALID, problem);
    return problem == NULL;
}

static void begin(struct sending *sending, h2o_req_t *req)
{
    json_t *body;
    const struct viewer *viewer = sending->identity.viewer;
    const struct server_options *options = sending->lane->options;
    if (!read_body(sending, req, &body))
        return;
    if (options->find_sheet(options->shared, viewer, text_in(body, "tab"), text_in(body, "panel"),
                            sending->arena, &sending->sheet) != STATUS_OK) {
        fail(sending, STATUS_NOT_FOUND, "There is no such list that can be had as a file.");
        return;
    }
    json_t *given = json_object_get(body, "variables");
    sending->variables = given == NULL ? json_object() : json_copy(given);
    json_object_set(sending->variables, SHEET_CUSTOMER, json_object_get(body, "customer"));
    json_t *moment = json_object_get(body, "asOf");
    json_object_set(sending->variables, SHEET_AS_OF, moment == NULL ? json_null() : moment);
    sending->moment = moment_of_name(sending->arena, text_in(body, "asOf"));
    json_object_set_new(sending->variables, SHEET_AFTER, json_null());
    json_object_set_new(sending->variables, SHEET_FIRST, json_true());
    json_object_set_new(sending->variables, SHEET_LANGUAGE,
                        json_stringn(viewer->language.at, viewer->language.len));
    ask(sending);
}

/* ---- who asks ---- */

static void on_identity(struct identity_wait *wait)
{
    struct sending *sending = wait->context;
    h2o_req_t *req = visit_request(sending->visit);
    if (req != NULL && wait->status == STATUS_OK) {
        begin(sending, req);
        return;
    }
    req = visit_answer(sending->visit);
    if (req != NULL)
        reply_unidentified(req, wait->status);
}

/* What is under way comes back and ends there; between two pages nothing would. */
static void on_gone(void *context)
{
    struct sending *sending = context;
    if (sending->asking)
        call_abandon(&sending->call);
    else if (sending->started)
        visit_answer(sending->visit);
}

/* ---- the request ---- */

static bool is_acceptable(h2o_req_t *req)
{
    if (!reply_method_posts(req)) {
        return false;
    } else if (!media_is_json(reply_request_header(req, H2O_TOKEN_CONTENT_TYPE))) {
        reply_problem(req, 415, STATUS_INVALID,
                      "The Content-Type must be application/json, in UTF-8.");
    } else if (req->entity.len > lane_of(req)->options->limits.body) {
        reply_problem(req, 413, STATUS_LIMIT, "The request is larger than is allowed.");
    } else if (reply_bearer_token(req).at == NULL) {
        reply_unidentified(req, STATUS_UNAUTHENTICATED);
    } else {
        return true;
    }
    return false;
}

void exports_answer(h2o_req_t *req)
{
    if (!is_acceptable(req))
        return;
    struct arena *arena = arena_create();
    struct sending *sending = arena_new(arena, struct sending);
    struct lane *lane = lane_of(req);
    sending->super.proceed = on_taken;
    sending->lane = lane;
    sending->arena = arena;
    arena_defer(arena, release, sending);
    sending->visit = visit_begin(req, arena, on_gone, sending);
    sending->identity =
        (struct identity_wait){.arena = arena, .on_known = on_identity, .context = sending};
    if (identity_find(lane->parts.identities, reply_bearer_token(req), (int64_t)time(NULL),
                      lane->loop->super.ops->now_ms(&lane->loop->super), &sending->identity))
        on_identity(&sending->identity);
}

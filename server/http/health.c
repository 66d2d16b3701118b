/* health: /healthz.
 *
 * Asks the database for something, then the engine, and says which of them did not answer. Requests
 * that come while that goes on share its result, so that asking often costs nothing.
 */
#include "http/health.h"

#include "base/arena.h"
#include "base/viewer.h"
#include "http/lane.h"
#include "http/reply.h"
#include "http/visit.h"
#include "run/call.h"
#include <stdlib.h>

/* A request that waits for the result. */
struct patient {
    struct visit *visit;
    struct patient *next;
};

struct health {
    struct lane *lane;
    struct patient *patients; /* not empty: an examination is going on */
    struct server_check check;
    struct call call;
};

static const struct viewer examiner = {
    .kind = VIEWER_OPERATOR, .rights = UINT64_MAX, .language = STR("en")};

struct health *health_create(struct lane *lane)
{
    struct health *health = calloc(1, sizeof(*health));
    if (health == NULL)
        h2o_fatal("no memory left");
    health->lane = lane;
    return health;
}

void health_destroy(struct health *health)
{
    free(health);
}

static void tell(struct health *health, bool database, bool schema)
{
    static const struct str fine = STR("{\"status\":\"ok\",\"database\":\"ok\",\"schema\":\"ok\"}");
    static const struct str no_database = STR(
        "{\"status\":\"unavailable\",\"database\":\"does not answer\",\"schema\":\"not asked\"}");
    static const struct str no_schema =
        STR("{\"status\":\"unavailable\",\"database\":\"ok\",\"schema\":\"does not answer\"}");
    struct patient *patient = health->patients;
    health->patients = NULL;
    while (patient != NULL) {
        struct patient *next = patient->next;
        h2o_req_t *req = visit_answer(patient->visit);
        if (req != NULL && (!database || !schema))
            reply_header(req, "retry-after", STR("1"));
        if (req != NULL)
            reply_send(req, database && schema ? 200 : 503, REPLY_JSON,
                       !database ? no_database
                       : schema  ? fine
                                 : no_schema);
        patient = next;
    }
}

static void on_call(struct call *call)
{
    struct health *health = call->context;
    struct arena *arena = call->arena;
    tell(health, true, call->outcome == CALL_DATA && !call->has_errors);
    arena_destroy(arena);
}

static void on_database(struct server_check *check)
{
    struct health *health = check->context;
    struct arena *arena = check->arena;
    if (!check->answers) {
        tell(health, false, false);
        arena_destroy(arena);
        return;
    }
    health->call = (struct call){
        .arena = arena,
        .engine = health->lane->parts.engine,
        .viewer = &examiner,
        .query = STR("{ __typename }"),
        .read_only = true,
        .on_answer = on_call,
        .context = health,
    };
    call_start(&health->call);
}

/* The examination goes on for the others. */
static void on_gone(void *context)
{
}

void health_answer(h2o_req_t *req)
{
    struct lane *lane = lane_of(req);
    struct health *health = lane->health;
    bool first = health->patients == NULL;
    if (!reply_method_reads(req))
        return;
    struct arena *arena = arena_create();
    struct patient *patient = arena_new(arena, struct patient);
    patient->visit = visit_begin(req, arena, on_gone, patient);
    patient->next = health->patients;
    health->patients = patient;
    if (first) {
        health->check = (struct server_check){
            .arena = arena_create(), .on_known = on_database, .context = health};
        lane->options->check(&lane->parts, &health->check);
    }
}

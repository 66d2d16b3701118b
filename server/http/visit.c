/* visit: a request that is answered later, and whose client may be gone by then. */
#include "http/visit.h"

#include "base/arena.h"
#include <stdbool.h>

struct visit {
    h2o_req_t *req; /* NULL: disposed of */
    struct arena *arena;
    bool answered;
    void (*on_gone)(void *context);
    void *context;
};

/* In the request's pool, so that the end of the request is heard. */
struct guard {
    struct visit *visit;
};

static void on_request_disposed(void *memory)
{
    struct visit *visit = ((struct guard *)memory)->visit;
    visit->req = NULL;
    if (visit->answered)
        arena_destroy(visit->arena);
    else
        visit->on_gone(visit->context);
}

struct visit *visit_begin(h2o_req_t *req, struct arena *arena, void (*on_gone)(void *),
                          void *context)
{
    struct visit *visit = arena_new(arena, struct visit);
    *visit = (struct visit){.req = req, .arena = arena, .on_gone = on_gone, .context = context};
    struct guard *guard = h2o_mem_alloc_shared(&req->pool, sizeof(*guard), on_request_disposed);
    guard->visit = visit;
    return visit;
}

h2o_req_t *visit_request(const struct visit *visit)
{
    return visit->req;
}

h2o_req_t *visit_answer(struct visit *visit)
{
    h2o_req_t *req = visit->req;
    visit->answered = true;
    if (req == NULL)
        arena_destroy(visit->arena);
    return req;
}

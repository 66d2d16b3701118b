/* wired: a schema answered from the wiring source. */
#include "wired.h"

#include "base/arena.h"
#include "base/viewer.h"
#include "run/call.h"
#include "source/wiring.h"

bool wired_open(struct wired *wired, struct str schema_source, struct errors *errors)
{
    *wired = (struct wired){.arena = arena_create(), .rights = UINT64_MAX};
    const struct parse_limits unlimited = {0};
    struct document *document =
        parse(wired->arena, str_copy(wired->arena, schema_source), &unlimited, errors);
    if (document == NULL)
        return false;
    const struct schema_options built = {.standard_scalars = true};
    wired->schema = schema_build_with(wired->arena, &document, 1, &built, errors);
    if (wired->schema == NULL)
        return false;
    wiring_source_init(&wired->wiring);
    immediate_loop_init(&wired->loop);
    const struct engine_options options = {
        .schema = wired->schema,
        .objects = &wired->wiring,
        .parse = {.depth = 500},
        .fetch_limit = 100000,
        .error_limit = 1000,
        .plan_cache_bytes = 1 << 20,
    };
    wired->engine =
        engine_loop_create(engine_create(wired->arena, &options), &wired->loop.super, NULL);
    return true;
}

void wired_close(struct wired *wired)
{
    engine_loop_destroy(wired->engine);
    arena_destroy(wired->arena);
}

static void on_answer(struct call *call)
{
    *(bool *)call->context = true;
}

struct str wired_execute(struct wired *wired, struct arena *arena, struct str query,
                         struct str operation_name, const json_t *variables)
{
    const struct viewer viewer = {.kind = VIEWER_OPERATOR, .rights = wired->rights};
    bool answered = false;
    struct call *call = arena_new(arena, struct call);
    *call = (struct call){
        .arena = arena,
        .engine = wired->engine,
        .viewer = &viewer,
        .query = query,
        .operation_name = operation_name,
        .variables = variables,
        .on_answer = on_answer,
        .context = &answered,
    };
    call_start(call);
    immediate_loop_run(&wired->loop);
    return answered ? call->body : (struct str){0};
}

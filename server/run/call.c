/* call: from a request's text to a run of its plan (specification §6.1 ExecuteRequest). */
#include "run/call.h"

#include "base/arena.h"
#include "base/buf.h"
#include "base/idle_loop.h"
#include "base/viewer.h"
#include "run/run.h"

/* Ends the call before it ran: the answer has errors and no data. */
static void refuse(struct run *run, enum call_outcome outcome)
{
    struct call *call = run->call;
    struct buf body;
    buf_init(&body, call->arena, 512);
    buf_add(&body, STR("{\"errors\":"));
    errors_write(&run->errors, &body);
    run_tell_cost(run, &body);
    buf_add_char(&body, '}');
    call->outcome = outcome;
    call->has_errors = true;
    call->body = buf_str(&body);
}

static bool has_limit_error(const struct errors *errors)
{
    for (const struct error *error = errors->first; error != NULL; error = error->next) {
        if (error->code != NULL &&
            (strcmp(error->code, "LIMIT") == 0 || strcmp(error->code, "COST_LIMIT_EXCEEDED") == 0))
            return true;
    }
    return false;
}

static enum call_outcome outcome_of(const struct errors *errors, enum call_outcome otherwise)
{
    return has_limit_error(errors) ? CALL_LIMIT : otherwise;
}

/* What the viewer must not see does not exist: the document is validated again, as they see it. */
static bool check_needs(struct run *run, const struct plan *plan)
{
    uint64_t rights = run->call->viewer->rights;
    if (needs_met(plan->needs, rights))
        return true;
    const struct validate_limits any = {0};
    validate(plan->schema, plan->document, rights, &any, &run->errors);
    if (run->errors.count == 0)
        errors_add(&run->errors, "GRAPHQL_VALIDATION_FAILED",
                   "The document is not valid for this viewer.");
    refuse(run, CALL_INVALID);
    return false;
}

/* GetOperation (specification §6.1) found none. */
static void refuse_operation(struct run *run, const char *problem)
{
    struct str name = run->call->operation_name;
    if (name.at != NULL)
        errors_add(&run->errors, "BAD_USER_INPUT", "Unknown operation named \"" STR_FMT "\".",
                   STR_ARG(name));
    else
        errors_add(&run->errors, "BAD_USER_INPUT", "%s", problem);
    refuse(run, CALL_INVALID);
}

/* Asks whoever composes documents for viewers before it gives up. */
static const struct trusted *find_document(const struct call *call)
{
    struct engine *engine = call->engine->engine;
    const struct trusted *trusted = engine_trusted(engine, call->document_id);
    if (trusted != NULL || engine->compose == NULL)
        return trusted;
    engine->compose(engine->compose_context, call->viewer);
    return engine_trusted(engine, call->document_id);
}

static const struct plan *find_trusted(struct run *run)
{
    struct call *call = run->call;
    const struct trusted *trusted = find_document(call);
    run->series = SERIES_UNKNOWN;
    if (trusted == NULL) {
        errors_add(
            &run->errors, "PERSISTED_DOCUMENT_NOT_FOUND",
            "The server does not know this document. Load the newest version of the application.");
        refuse(run, CALL_UNKNOWN_DOCUMENT);
        return NULL;
    }
    const char *problem;
    const struct ast_operation *operation =
        document_operation(trusted->document, call->operation_name, &problem);
    if (operation == NULL) {
        refuse_operation(run, problem);
        return NULL;
    }
    const struct compiled *compiled = trusted->compiled;
    while (compiled->operation != operation)
        compiled = compiled->next;
    run->series = compiled->series;
    return check_needs(run, compiled->plan) ? compiled->plan : NULL;
}

/* Parse, validate, plan, in an arena that the cache takes over when all went well. */
static const struct plan *compile(struct run *run, struct arena *arena)
{
    struct call *call = run->call;
    const struct engine *engine = call->engine->engine;
    const struct engine_options *options = &engine->options;
    uint64_t now = metrics_now();
    struct document *document =
        parse(arena, str_copy(arena, call->query), &options->parse, &run->errors);
    now = measure_compiled(run, COMPILE_PARSE, now);
    if (document == NULL) {
        refuse(run, outcome_of(&run->errors, CALL_PARSE_FAILED));
        return NULL;
    }
    bool valid =
        validate(options->schema, document, call->viewer->rights, &options->validate, &run->errors);
    now = measure_compiled(run, COMPILE_VALIDATE, now);
    if (!valid) {
        refuse(run, outcome_of(&run->errors, CALL_INVALID));
        return NULL;
    }
    const char *problem;
    const struct ast_operation *operation =
        document_operation(document, call->operation_name, &problem);
    if (operation == NULL) {
        refuse_operation(run, problem);
        return NULL;
    }
    const struct plan *plan =
        plan_make(arena, &engine->plan_options, document, operation, &run->errors);
    measure_compiled(run, COMPILE_PLAN, now);
    if (plan == NULL)
        refuse(run, CALL_LIMIT);
    return plan;
}

static void destroy_arena(void *arena)
{
    arena_destroy(arena);
}

/* NULL: it was refused. */
static struct cached *compile_cached(struct run *run)
{
    struct call *call = run->call;
    struct plan_cache *cache = &call->engine->cache;
    struct loop_numbers *numbers = &call->engine->numbers;
    struct arena *arena = arena_create();
    const struct plan *plan = compile(run, arena);
    if (plan == NULL) {
        arena_defer(call->arena, destroy_arena, arena);
        return NULL;
    }
    struct str name = call->operation_name;
    struct cached *cached = plan_cache_add(cache, call->engine->engine->options.plan_cache_bytes,
                                           arena, str_copy(arena, call->query),
                                           name.at == NULL ? name : str_copy(arena, name), plan);
    counter_set(&numbers->cache_bytes, cache->bytes);
    counter_set(&numbers->cache_entries, cache->entries);
    return cached;
}

static const struct plan *find_ad_hoc(struct run *run)
{
    struct call *call = run->call;
    struct loop_numbers *numbers = &call->engine->numbers;
    const struct engine_options *options = &call->engine->engine->options;
    if (!needs_met(options->ad_hoc_right, call->viewer->rights)) {
        errors_add(&run->errors, "FORBIDDEN",
                   "Only documents of the application may be sent, by documentId.");
        refuse(run, CALL_FORBIDDEN);
        return NULL;
    }
    struct cached *cached =
        plan_cache_find(&call->engine->cache, call->query, call->operation_name);
    counter_add(cached == NULL ? &numbers->cache_misses : &numbers->cache_hits, 1);
    if (cached == NULL && (cached = compile_cached(run)) == NULL)
        return NULL;
    arena_defer(call->arena, plan_cache_release, cached);
    return check_needs(run, cached->plan) ? cached->plan : NULL;
}

/* False when the call was refused. */
static bool prepare(struct run *run)
{
    struct call *call = run->call;
    run->plan = call->document_id.at != NULL ? find_trusted(run) : find_ad_hoc(run);
    if (run->plan == NULL)
        return false;
    if (call->read_only && run->plan->operation->kind != AST_QUERY) {
        errors_add(&run->errors, "BAD_USER_INPUT",
                   "Can only perform a mutation operation from a POST request.");
        refuse(run, CALL_NOT_ALLOWED);
        return false;
    }
    if (run->plan->operation->kind == AST_SUBSCRIPTION) {
        errors_add(&run->errors, "BAD_USER_INPUT", "Subscriptions are not offered here.");
        refuse(run, CALL_INVALID);
        return false;
    }
    introspection_source_init(&run->introspection, run->plan->schema, call->viewer->rights);
    if (!run_bind(run)) {
        refuse(run, outcome_of(&run->errors, CALL_INVALID));
        return false;
    }
    return true;
}

/* ---- mutations, on a worker ---- */

/* The answer instead, when there is nobody to do it. */
static void refuse_unavailable(struct run *run)
{
    errors_add(&run->errors, "UNAVAILABLE",
               "Changes cannot be made at the moment; nothing was done. Try again.");
    refuse(run, CALL_UNAVAILABLE);
}

static void on_performed(struct call *call)
{
    *(bool *)call->context = true;
}

void call_perform(struct call *call, struct engine_loop *worker)
{
    struct engine_loop *home = call->engine;
    void (*on_answer)(struct call * call) = call->on_answer;
    void *context = call->context;
    bool performed = false;
    if (worker == NULL) {
        refuse_unavailable(call->run);
        return;
    }
    call->engine = worker;
    call->on_answer = on_performed;
    call->context = &performed;
    run_start(call->run);
    idle_loop_run(worker->loop, &performed);
    call->engine = home;
    call->on_answer = on_answer;
    call->context = context;
}

void call_return(struct call *call)
{
    if (call->outcome == CALL_DATA)
        call->on_answer(call);
    else /* it never began */
        run_start(call->run);
}

/* True: a worker has it. */
static bool hand_over(struct run *run)
{
    struct call *call = run->call;
    const struct engine *engine = call->engine->engine;
    if (run->plan->operation->kind != AST_MUTATION || engine->hand_over == NULL)
        return false;
    run->handed_over = true;
    if (engine->hand_over(engine->hand_over_context, call, call->engine->loop))
        return true;
    run->handed_over = false;
    refuse_unavailable(run);
    return false;
}

/* ---- any call ---- */

void call_start(struct call *call)
{
    struct run *run = arena_new(call->arena, struct run);
    run->call = call;
    run->arena = call->arena;
    call->run = run;
    call->outcome = CALL_DATA;
    errors_init(&run->errors, call->arena, call->engine->engine->options.error_limit);
    measure_begin(run);
    if (!prepare(run) || !hand_over(run))
        run_start(run);
}

void call_abandon(struct call *call)
{
    run_abandon(call->run);
}

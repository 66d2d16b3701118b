/* door: what a resolver may ask of the engine that asked it. */
#include "run/door.h"

#include "base/log.h"
#include "run/engine_internal.h"

void door_query(struct engine_loop *engine, struct source_request *request)
{
    struct source *source = &engine->sql.super;
    if (source->start(source, request))
        request->on_rows(request);
}

bool door_call(struct engine_loop *engine, struct call *call, struct str document)
{
    struct str problem;
    if (engine_trust(engine->engine, document, call->arena, &call->document_id, &problem) !=
        STATUS_OK) {
        log_event(LOG_ERROR, "a resolver's document does not fit the schema", "problem",
                  log_format(STR_FMT, STR_ARG(problem)), NULL);
        return false;
    }
    call->engine = engine;
    call_start(call);
    return true;
}

void *door_writer(const struct engine_loop *engine)
{
    return engine->writer;
}

struct loop *door_loop(const struct engine_loop *engine)
{
    return engine->loop;
}

const struct schema *door_schema(const struct engine_loop *engine)
{
    return engine->engine->options.schema;
}

bool door_knows(const struct engine_loop *engine, struct str type)
{
    return schema_type(door_schema(engine), type, UINT64_MAX) != NULL;
}

struct str door_row_rule(const struct engine_loop *engine, const struct table *table,
                         enum viewer_kind kind, struct arena *arena)
{
    struct row_rule rule;
    plan_row_rule(arena, &engine->engine->plan_options, table, &rule);
    return rule.condition[kind];
}

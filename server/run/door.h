/* door: what a resolver may ask of the engine that asked it: statements, documents, the schema.
 *
 * For resolvers with `later`. Nothing here calls back before it has returned.
 */
#pragma once

#include "base/viewer.h"
#include "run/call.h"

struct arena;
struct engine_loop;
struct loop;
struct schema;
struct source_request;
struct table;

/* A statement of constants; request->sql, parameters, arena, on_rows and context are filled. Where
 * a mutation is performed, below what it answers, on_rows is called before this returns. */
void door_query(struct engine_loop *engine, struct source_request *request);

/* A document of our own, asked on behalf of call->viewer whatever documents they may send. The call
 * is filled but for engine, query and document id. False: it does not fit the schema, see the log.
 */
bool door_call(struct engine_loop *engine, struct call *call, struct str document);

/* What performs mutations on this thread; NULL: it is no worker's. */
void *door_writer(const struct engine_loop *engine);

/* The event loop that the engine's calls run on. */
struct loop *door_loop(const struct engine_loop *engine);

/* Whether the schema has a type of that name at all. */
bool door_knows(const struct engine_loop *engine, struct str type);

const struct schema *door_schema(const struct engine_loop *engine);

/* The row rule as it is in every statement that reads the table under the alias t; empty: all rows.
 */
struct str door_row_rule(const struct engine_loop *engine, const struct table *table,
                         enum viewer_kind kind, struct arena *arena);

/* answer: a question about the language, in JSON, and what our reading of the specification says to
 * it.
 *
 *     parse         { source }                                      → { ok, error? }
 *     schema        { source }                                      → { ok, errors? }
 *     validate      { schema, query }                               → { errors }
 *     execute       { schema, query, variables?, operationName? }   → { data?, errors? }
 *     arguments     { schema, query, variables?, operationName? }   → { data } or { errors }
 *     print         { source }                                      → { text } or { errors }
 *     print_schema  { schema }                                      → { text } or { errors }
 *
 * The data of `arguments` has the coerced values of the arguments of each field that the
 * operation's own selection names and whose arguments can be used: { "<response name>": {
 * "<argument>": … } }.
 *
 * With `hide`, a number, the schema is asked by a viewer who does not see all of it (hiding.h).
 *
 * A question without a schema is about the schema of the one before it. Schemas are remembered by
 * their text. One thread at a time.
 */
#pragma once

#include "base/str.h"
#include <jansson.h>

struct answers;
struct arena;

struct answers *answers_create(void);
void answers_destroy(struct answers *answers);

/* JSON text in the arena; .at NULL when it is no question, with what it lacks in *problem. */
struct str answer(struct answers *answers, struct arena *arena, const char *operation,
                  const json_t *question, const char **problem);

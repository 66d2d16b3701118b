/* explain: plans in words, for people: fetches with their statements, rows that are to be expected,
 * cost; as text or as a Mermaid flowchart.
 *
 * Nothing is run. The statements are those that a request with these variables would send, made by
 * the very functions that make them then.
 */
#pragma once

#include "base/status.h"
#include "base/str.h"
#include "base/viewer.h"
#include <jansson.h>

struct arena;
struct buf;
struct engine;

struct explain {
    enum viewer_kind viewer;
    struct str operation_name; /* .at NULL: all operations */
    const json_t *variables;   /* NULL: none; those that are missing are made up */
    bool chart;
};

/* A document that the engine trusts. STATUS_INVALID with the reason in *problem. */
enum status explain_document(struct engine *engine, const struct explain *explain, struct str id,
                             struct arena *arena, struct buf *out, struct str *problem);

/* All documents that the engine trusts, and those it would compose for a viewer with all rights. */
enum status explain_all(struct engine *engine, const struct explain *explain, struct arena *arena,
                        struct buf *out, struct str *problem);

/* call: one GraphQL request from its text to its answer (specification §6).
 *
 * http/ (or a test) fills a call, starts it, and gets on_answer once, never before call_start() has
 * returned. The call and all that it needs live in its arena; the caller destroys that arena after
 * on_answer. Everything happens on the thread of the loop the engine_loop belongs to.
 */
#pragma once

#include "base/str.h"
#include <jansson.h>

struct arena;
struct call;
struct engine_loop;
struct viewer;

enum call_outcome {
    CALL_DATA,         /* data, perhaps with errors of single fields */
    CALL_PARSE_FAILED, /* request errors: no data in the answer */
    CALL_INVALID,      /* validation, unknown operation, variables */
    CALL_UNKNOWN_DOCUMENT,
    CALL_NOT_ALLOWED, /* a mutation by GET */
    CALL_FORBIDDEN,   /* an ad-hoc document without the right to send such */
    CALL_LIMIT,
    CALL_UNAVAILABLE, /* the database does not answer */
    CALL_INTERNAL,
};

/* What it took, in nanoseconds. */
struct call_times {
    uint64_t begun;      /* a moment; 0: when call_start() is called */
    uint64_t compile[3]; /* by enum compile_step; 0: it was known */
    uint64_t sql;        /* while at least one statement was under way */
    uint64_t write;
    uint64_t total;
};

struct call {
    /* Filled by the caller: */
    struct arena *arena;
    struct engine_loop *engine;
    const struct viewer *viewer;
    struct str query;          /* .at NULL: a trusted document is asked for */
    struct str document_id;    /* sha256:… ; .at NULL: query is given */
    struct str operation_name; /* .at NULL: none */
    const json_t *variables;   /* an object, or NULL */
    bool read_only;            /* GET: mutations are refused */
    bool tells_cost;           /* the answer says what it cost, in its extensions */
    void (*on_answer)(struct call *call);
    void *context;
    struct call_times times; /* .begun by the caller, the rest before on_answer */

    /* Filled before on_answer: */
    enum call_outcome outcome;
    bool has_errors;
    struct str body; /* JSON */

    /* The engine's own: */
    struct run *run;
};

void call_start(struct call *call);

/* On a worker's thread: does all of a call that was handed over (engine_options). `worker` NULL:
 * nothing can be done, and the answer says so. */
void call_perform(struct call *call, struct engine_loop *worker);

/* Then, back on the loop: answers. */
void call_return(struct call *call);

/* The client is gone: on_answer still comes, as soon as nothing is in flight. A mutation that was
 * handed over is done to its end. */
void call_abandon(struct call *call);

/* measure: what calls took: for the numbers of their loop, for their clients, and for the log of
 * those that were slow.
 *
 * Clocks are read where a call begins, where its first statement leaves and its last one is back,
 * around its fetches, and around what is done once only for a new document.
 */
#pragma once

#include "base/metrics.h"
#include "base/str.h"

struct batch;
struct buf;
struct engine;
struct run;

/* Trusted documents are counted by name, and what has none together. */
enum {
    SERIES_AD_HOC,
    SERIES_UNKNOWN, /* a document that nobody knows */
    SERIES_OTHERS,  /* of names there is no more room for */
    SERIES_NAMED,
    SERIES_COUNT = 64,
};

enum { CODES = 17 };
extern const char *const measure_codes[CODES]; /* of errors; the last is for all others */

/* What one loop counted of one series of documents. */
struct series_numbers {
    struct durations total;
    struct durations sql;
    uint64_t errors[CODES];
    uint64_t statements;
    uint64_t rows;
};

enum compile_step { COMPILE_PARSE, COMPILE_VALIDATE, COMPILE_PLAN, COMPILE_STEPS };

struct loop_numbers {
    struct series_numbers series[SERIES_COUNT];
    struct durations compiling[COMPILE_STEPS]; /* ad-hoc documents that were not in the cache */
    uint64_t begun;                            /* calls */
    uint64_t ended;
    uint64_t abandoned;
    uint64_t slow;
    uint64_t cache_hits;
    uint64_t cache_misses;
    uint64_t cache_bytes;
    uint64_t cache_entries;
};

/* The series of documents of that name; under the engine's lock. */
uint32_t measure_series(struct engine *engine, struct str name);

void measure_begin(struct run *run);

/* A step of compiling that began at that time is done; returns the time now. */
uint64_t measure_compiled(struct run *run, enum compile_step step, uint64_t begun);

/* Around the statements of a fetch. */
void measure_fetch_begins(struct batch *batch);
void measure_fetch_ends(struct batch *batch);

/* The answer is written, if there was one to write, since `write_begun`; 0: it had no rows, and
 * writing it is not worth a look at the clock. */
void measure_end(struct run *run, uint64_t write_begun);

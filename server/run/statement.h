/* statement: what the files that write SQL for a request share. */
#pragma once

#include "base/buf.h"
#include "run/run.h"

/* A statement while it is written. */
struct statement {
    struct batch *batch;
    const struct fetch *fetch; /* whose parts are added: the batch's, or a branch of it */
    struct buf sql;
    struct cell *parameters;
    uint32_t parameter_count;
    uint32_t parameter_capacity;
};

/* ---- statement.c ---- */

void statement_parameter(struct statement *statement, struct cell value);

/* SELECT … WHERE <keys> AND <rule> AND <predicate> */
void statement_head(struct statement *statement, const struct cell *keys, uint32_t count);
void statement_limit(struct statement *statement, uint32_t limit);

/* Rows of each parent, one more than may stay; 0: all of them. */
uint32_t statement_rows_wanted(const struct batch *batch);

/* The next power of two. */
uint32_t statement_padded(uint32_t count);

/* ---- merge.c ---- */

/* Parents that one statement serves. */
uint32_t merge_chunk(const struct batch *batch);
void merge_make(struct statement *statement, const struct cell *keys, uint32_t count);

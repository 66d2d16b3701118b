/* batch: the rows of one fetch for all its parents; which rows belong to which parent. */
#pragma once

#include "run/run.h"

/* A batch without rows yet; its keys are gathered from the parent's rows. */
struct batch *batch_create(struct run *run, const struct fetch *fetch, struct batch *parent);

/* The same for a fetch whose keys are those of the parent, which has no rows yet. */
struct batch *batch_create_early(struct run *run, const struct fetch *fetch, struct batch *parent);

/* Says of each row of the parent, now that they are known, which key is its own. */
void batch_link(struct batch *batch);

/* The key that a row of the parent names; NULL: it names none. */
const struct cell *batch_parent_key(const struct batch *batch, uint32_t row);

/* The batch with its rows, from memory; NULL: it has to be asked for. (reference.c) */
struct batch *reference_batch(struct run *run, const struct fetch *fetch, struct batch *parent);

/* False: there is no parent to fetch for, the batch is complete and empty. */
bool batch_has_keys(const struct batch *batch);

/* True for a fetch at the root that has no key: all rows are its. */
bool batch_is_keyless(const struct batch *batch);

/* Sorts the cells, each once; returns how many are left. */
uint32_t keys_unique(struct cell *keys, uint32_t count);

/* The place of a key among sorted ones, or NO_KEY. */
uint32_t keys_find(const struct cell *keys, uint32_t count, struct cell key);

/* The same for keys that mostly come in order: `near` is what was found last, or NO_KEY. */
uint32_t keys_find_near(const struct cell *keys, uint32_t count, uint32_t near, struct cell key);

/* Sorts the rows of all chunks under their keys, cuts pages, notes what is more. */
void batch_group(struct batch *batch);

/* The type of the object that a row is, of a fetch that has types; NULL: of none that is known. */
const struct type *batch_row_type(const struct batch *batch, uint32_t row);

/* ---- kinds.c ---- */

/* Whether a cell of a discriminator or of a kind beside a key holds that value. */
bool kind_is(const struct cell *cell, const struct cell *value);

/* Finds the types of grouped rows by their discriminator. */
void batch_find_types(struct batch *batch);

/* ---- compute.c ---- */

/* Has C code make its leaves of the rows, once they are grouped. */
void batch_compute(struct batch *batch);

/* writer: what the files that write the answer share.
 *
 * Functions that write a value return false when it had to be null and may not: the caller cuts the
 * text back to where it began, and is null itself if that is allowed.
 */
#pragma once

#include "base/buf.h"
#include "run/batch.h"

struct writer {
    struct run *run;
    struct buf out;
};

/* Where an object's values are. */
struct place {
    struct batch *batch;
    uint32_t row;
    uint32_t key; /* inside of a connection: whose rows */
};

/* ---- write.c ---- */

bool write_object(struct writer *writer, const struct shape *shape, struct place place,
                  const struct path_step *path);
bool write_leaf(struct writer *writer, const struct shape_field *field, const struct type_use *use,
                const struct cell *cell, const struct path_step *path);

/* One object of a fetch, or null. */
bool write_row(struct writer *writer, const struct shape_field *field, const struct type_use *use,
               struct place place, const struct path_step *path);

/* The rows of one key as a list; where the rows are lists themselves, their rows in turn. */
bool write_rows(struct writer *writer, const struct shape_field *field, const struct type_use *use,
                struct batch *batch, uint32_t key, const struct path_step *path);
const struct cell *write_cells(const struct batch *batch, uint32_t row);

/* ---- write_null.c ---- */

void write_error(struct writer *writer, const struct shape_field *field,
                 const struct path_step *path, const char *code, struct str message);

/* True when an argument list could not be used; then the error names which of its arguments. */
bool write_refuses(const struct run *run, uint32_t list);
void write_argument_error(struct writer *writer, uint32_t list, const struct path_step *path);

/* What a client is told about a fetch that failed; the log has the details. */
void write_batch_error(struct writer *writer, const struct shape_field *field,
                       const struct batch *batch, const struct path_step *path);

/* Null where the type allows it. False: the parent has to become null, for a reason that is
 * recorded. */
bool write_null(struct writer *writer, const struct type_use *use);

/* The same, where the missing value itself is the error. */
bool write_missing(struct writer *writer, const struct shape_field *field,
                   const struct type_use *use, const struct path_step *path);

/* After something inside was missing: back to the mark, and null if that is allowed here. */
bool write_roll_back(struct writer *writer, size_t mark, const struct type_use *use);
const struct type_use *write_nullable(const struct type_use *use);

/* ---- write_node.c ---- */

/* What the kind and the key of a row name. */
bool write_by_kind(struct writer *writer, const struct shape_field *field,
                   const struct type_use *use, struct place place, const struct path_step *path);

/* What the global id, or each of a list of them, names; or the kind and key of the row. */
bool write_node(struct writer *writer, const struct shape_field *field, struct place place,
                const struct path_step *path);

/* ---- history.c ---- */

bool write_valid_until(struct writer *writer, const struct shape_field *field, struct place place,
                       const struct path_step *path);
bool write_changes(struct writer *writer, const struct shape_field *field, struct place place);

/* ---- write_connection.c ---- */

bool write_connection(struct writer *writer, const struct shape_field *field, struct place place,
                      const struct path_step *path);

/* A field inside of a connection. */
bool write_connection_part(struct writer *writer, const struct shape_field *field,
                           struct place place, const struct path_step *path);

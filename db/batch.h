/* batch: rows for one table, sent many at a time.
 *
 *     struct cell *row = batch_row(&batch);
 *     row[0] = cell_int(customer_id);
 *     ...
 *     TRY(batch_send(&batch, database));
 *
 * Rows wait in memory until batch_send(); tables that others refer to are sent first.
 */
#pragma once

#include "base/cell.h"
#include "base/status.h"

struct arena;
struct database;

struct batch_table {
    const char *name;
    const char *columns; /* as they stand in the statement: "id, number, kind" */
    bool returns_ids;    /* the table gives ids itself: batch_send() hands them back */
    bool skips_known;    /* a row whose key is there already is left out */
};

struct batch {
    const struct batch_table *table;
    struct arena *arena; /* of rows that wait, and of what their cells point to */
    struct cell *cells;
    uint32_t width; /* columns */
    uint32_t count, capacity;
};

void batch_init(struct batch *batch, const struct batch_table *table, struct arena *arena);

/* The next row's cells, all NULL; valid until the next call. */
struct cell *batch_row(struct batch *batch);

/* Sends all rows and forgets them. *ids: one for each row, in order, in the batch's arena; may be
 * NULL unless the table returns ids. */
enum status batch_send(struct batch *batch, struct database *database, int64_t **ids);

/* memory: small tables that many rows name, held as a whole, for all loops.
 *
 * What is held is a snapshot: it never changes and is counted by those who read it. A thread of our
 * own reads the tables again every two seconds, or when memory_refresh() asks for it, and puts a
 * new snapshot in the place of the old one when something is different. Whoever does not find a row
 * asks the database, which may know it already.
 */
#pragma once

#include "base/cell.h"
#include "base/status.h"

struct arena;
struct database_address;
struct memory;
struct snapshot;

enum { MEMORY_ROWS = 10000 }; /* of one table, at most */

struct memory_source {
    struct str name;   /* for messages */
    struct str select; /* a column for each that is wanted, first the key, ascending, each once; one
                          parameter: how many rows at most */
};

/* Reads all tables for the first time. They have to outlive what is returned. NULL: that failed,
 * with the reason in *problem (in the arena). */
struct memory *memory_open(const struct memory_source *sources, uint32_t count,
                           const struct database_address *address, struct arena *arena,
                           struct str *problem);

/* When nobody reads a snapshot any more. */
void memory_close(struct memory *memory);

/* From any thread: reads all tables again, soon. */
void memory_refresh(struct memory *memory);

/* From any thread: the newest snapshot, to be given back with snapshot_release(). */
const struct snapshot *memory_take(struct memory *memory);
void snapshot_release(const struct snapshot *snapshot);

/* The rows of a table in a snapshot. */
struct held {
    struct rows rows;
    uint32_t *first; /* 0, 1, 2 …: each key has one row */
    uint32_t *slots; /* row + 1, by the key's hash; 0: none */
    uint32_t slot_mask;
};

/* By the place of the source. */
const struct held *snapshot_table(const struct snapshot *snapshot, uint32_t index);

/* False: there is no row with this key. */
bool held_find(const struct held *held, const struct cell *key, uint32_t *row);

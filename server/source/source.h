/* source: where rows come from, behind one small interface: for these parents, bring the rows.
 *
 * A request is either a statement (sql) or asks for objects behind a field (introspection,
 * resolvers, the wiring of the conformance tests). Rows of objects have the object in column 0, its
 * concrete type in column 1 (both CELL_OBJECT) and the leaves that were asked for from column 2 on;
 * an object that is null is a row with CELL_NULL in column 0; when its type is NULL too, the whole
 * list is null.
 */
#pragma once

#include "base/cell.h"
#include "base/status.h"

struct arena;
struct database_session;
struct engine_loop;
struct field;
struct input;
struct type;
struct viewer;

/* A leaf wanted of objects of one type. */
struct source_column {
    const struct field *field;
    const struct type *type;
    const struct input *arguments; /* one per argument of the field */
};

struct source_request {
    struct arena *arena; /* of the rows; lives until on_rows and beyond */
    void (*on_rows)(struct source_request *request);
    void *context;

    /* A statement: */
    struct str sql;
    const struct cell *parameters;
    uint32_t parameter_count;
    uint32_t row_limit;
    struct database_session *session; /* whose state of the database it sees; NULL: the newest */

    /* Objects: */
    const struct field *field; /* NULL: the root object itself is wanted, for its leaves */
    const struct type *root;   /* with field NULL: the root type */
    const struct input *arguments;
    uint32_t list_level;
    const struct cell *parents; /* the parents' objects */
    uint32_t parent_count;
    const struct source_column *columns;
    uint32_t column_count;
    const struct viewer *viewer;
    const struct cell *moment;  /* as of when the parents are, CELL_TIME; NULL: now */
    struct engine_loop *engine; /* for resolvers, see run/door.h */

    /* The answer: */
    enum status status;
    struct str problem; /* for the log */
    struct rows rows;
    uint32_t *parent_of; /* objects: the parent of each row, ascending */

    void *own; /* the source's, while it is under way */
};

struct source {
    /* True: it is done already, on_rows will not be called. */
    bool (*start)(struct source *source, struct source_request *request);
    /* Nobody waits for it any more; on_rows is still called. NULL: not needed. */
    void (*abandon)(struct source *source, struct source_request *request);
};

/* Collects rows of objects whose number is not known before. */
struct object_rows {
    struct source_request *request;
    uint32_t capacity;
};

/* The cells of a new row for that parent, all null; object and type are filled. */
struct cell *object_rows_add(struct object_rows *rows, uint32_t parent, struct cell object,
                             const struct type *type);

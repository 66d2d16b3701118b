/* binding: where the values of a type's fields come from, as the schema's directives say.
 *
 * Made by schema/ when the server starts, hung on struct type and struct field of the schema, read
 * by the planner. Names of tables and columns are identifiers of the database, without quotes;
 * every one was found in information_schema. A composite type without a binding belongs to a source
 * of objects: introspection, a resolver, or the wiring of the conformance tests.
 */
#pragma once

#include "base/cell.h"
#include "base/status.h"
#include "graphql/coerce.h"

struct buf;
struct viewer;

/* Another table that has one row for an object of a type: the object's other half. */
struct half {
    const struct table *table; /* its primary_key is what `on` is compared with */
    struct str on;             /* the column of the type's own table */
    bool always; /* every object has it: a foreign key proves it, or the schema says so */
    bool proven; /* the former */
};

/* What a value of a table's discriminator says: of which type a row is. */
struct kind {
    struct cell value;
    const struct table *table; /* the same table as that type sees it */
};

/* A type whose rows are held in memory, all of them. */
struct reference {
    uint32_t index; /* among all such types */
    const struct table *table;
    struct str *columns; /* all that fields of the type are bound to; [0] is the key */
    uint32_t column_count;
    struct str select; /* reads them, the key never twice; one parameter: how many rows at most */
};

/* A column that a version is compared by with the one before. */
struct version_column {
    struct str name;
    uint32_t bit; /* the field's place in versions->fields */
};

enum { VERSION_BEGAN_BIT = 63 }; /* there is no version before, or it had another owner */

/* Of a type whose objects are versions of the rows of another type. */
struct versions {
    const struct table *of;
    struct str owner; /* the column whose value every version of one history has; empty: the key */
    const struct field **fields; /* that may change */
    uint32_t field_count;
    struct version_column *columns;
    uint32_t column_count;
};

/* A type whose objects are rows of a table. */
struct table {
    struct str name;
    struct str database; /* another one of the same server; empty: Dossier's own */
    struct str quoted;   /* as statements name it: `care`.`customer`, or `customer` */
    const struct type *type;
    struct str primary_key;
    struct str scope_customer;       /* the column that names the owning customer; empty: none */
    struct str scope_partner;        /* the column that names the owning partner; empty: none */
    bool open;                       /* @public: rows that everybody may see */
    const struct versions *versions; /* its objects are versions of rows; NULL: rows */
    bool versioned;                  /* WITH SYSTEM VERSIONING: can be asked as of a moment */
    struct str row_start, row_end;   /* then: since when and until when a version was true */
    bool timeless;                   /* @table(timeless:): the same rows at all times */
    struct str recorded; /* @table(recorded:): the column that says since when a row is there */
    bool global_ids;     /* the type implements Node: its ids say which type they are of */
    struct half *halves; /* where else columns of an object are */
    uint32_t half_count;
    struct str kind_column; /* the discriminator; empty: all rows are of `type` */
    struct kind *kinds;     /* of an abstract type all there are, of a concrete one its own */
    uint32_t kind_count;
    const struct reference *reference; /* @reference; NULL: its rows are not held in memory */
};

/* The two tables that every row rule is made of. */
struct scope_tables {
    const struct table *customer; /* the table that is scoped by its own primary key as customer */
    const struct table *partner;  /* the table that is scoped by its own primary key as partner */
};

/* How a value of an argument is compared with a column. */
enum operand {
    OPERAND_INTEGER, /* Int, BigInt, Boolean */
    OPERAND_REAL,
    OPERAND_DECIMAL, /* exact: never by way of a double */
    OPERAND_TEXT,    /* String, enums; as the column's collation compares */
    OPERAND_DATE_TIME,
    OPERAND_ID, /* a global id when id_type is given, else the key as it is */
};

struct compared {
    struct str column;
    enum operand operand;
    struct str id_type;
};

struct order_term {
    struct str column;
    bool descending;
    enum operand operand; /* how a cursor's value is compared with it */
};

/* An argument that narrows a list: @match. */
struct match {
    const struct input_value *argument;
    struct compared compared;
    bool prefix; /* the beginning of the text instead of all of it */
};

/* What a condition of a resolver's own adds to a fetch: SQL over the alias t, constants only, one
 * parameter for each question mark. */
struct predicate {
    const struct viewer *viewer; /* who asks; for conditions of resolvers only */
    struct buf *sql;
    struct cell *parameters;
    uint32_t parameter_count;
    uint32_t parameter_limit;
};

/* STATUS_INVALID with words for the client in *problem when the arguments cannot be used. */
typedef enum status predicate_function(const struct field *field, const struct input *arguments,
                                       struct arena *arena, struct predicate *out,
                                       struct str *problem);

enum binding_kind {
    BIND_COLUMN,      /* a leaf from a column */
    BIND_EMBEDDED,    /* an object made of columns of the same row */
    BIND_ONE,         /* the row of another table that a column names */
    BIND_LIST,        /* rows of another table, a plain list bounded by `limit` */
    BIND_CONNECTION,  /* rows of another table, page by page */
    BIND_NODE,        /* the row of whatever type that a global id names, or a kind and a key */
    BIND_RESOLVER,    /* objects or leaves made by C code */
    BIND_VALID_UNTIL, /* of a version: when it ended */
    BIND_CHANGES,     /* of a version: the names of the fields that differ from the one before */
    BIND_COMPUTED,    /* a leaf that C code makes of columns of the row, for all rows at once */
    /* The fields of the generated connection types: */
    BIND_NODES,
    BIND_EDGES,
    BIND_EDGE_NODE,
    BIND_EDGE_CURSOR,
    BIND_PAGE_INFO,
    BIND_HAS_NEXT_PAGE,
    BIND_HAS_PREVIOUS_PAGE,
    BIND_START_CURSOR,
    BIND_END_CURSOR,
    BIND_TOTAL_COUNT,
};

/* A column that C code reads. */
struct needed {
    struct str column;
    const struct half *half; /* where it is; NULL: in the type's own table */
};

struct binding {
    enum binding_kind kind;
    struct str column;       /* BIND_COLUMN; BIND_ONE: the parent's column with the key */
    const struct half *half; /* BIND_COLUMN, BIND_EMBEDDED: where the columns are; NULL: in the
                                type's own table */
    struct str id_type;      /* BIND_COLUMN of an ID: the type its global id names; empty: plain */
    struct str *embedded;    /* BIND_EMBEDDED: a column for each field of the embedded type */
    const struct table *target; /* BIND_ONE, BIND_LIST, BIND_CONNECTION */
    struct str target_key; /* the target's column that is compared with the key; empty: no key */
    struct str parent_key; /* BIND_LIST, BIND_CONNECTION below a row: the parent's column */
    const struct input_value *key_argument; /* at the root: the argument that is the key */
    bool key_is_text;                       /* target_key holds text, not a number */
    struct order_term *order;
    uint32_t order_count;
    bool ends_in_key; /* the table's key tells apart the rows of one parent: it ends every order */
    uint32_t limit;   /* BIND_LIST: rows for each parent, at most */
    uint32_t average; /* rows for each parent, as a hint for the planner */
    const struct input_value *size_argument; /* BIND_LIST: how many rows the caller wants */
    struct match *matches;
    uint32_t match_count;
    const struct input_value *where_argument; /* a filter of the client's; NULL: none */
    const struct input_value *sort_argument;  /* an order of the client's; NULL: none */
    const struct sort *sort;
    predicate_function *predicate;             /* NULL: none */
    const struct input_value *moment_argument; /* @asOf: as of when; NULL: the field takes none */
    const struct binding *nodes; /* BIND_NODE, and rows of several tables: how to find each
                                    possible type */
    struct binding *branches;    /* BIND_CONNECTION of several tables: the list of each */
    uint32_t branch_count;
    bool is_node;           /* one of those: the key is in the global ids of key_argument */
    struct str kind_column; /* one of those, too: only parents where it holds kind_value */
    struct cell kind_value;
    const struct resolver *resolver; /* BIND_RESOLVER, BIND_COMPUTED */
    struct needed *needs;            /* the same, below a row: the columns the C code reads */
    uint32_t need_count;
};

enum { PAGE_DEFAULT = 25, PAGE_LIMIT = 200 };

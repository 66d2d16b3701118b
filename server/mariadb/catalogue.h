/* catalogue: what tables, columns and keys the database really has, read from information_schema.
 *
 * The schema loader compares @table, @column, @one and @many with it at start. Everything lives in
 * the arena it was read into and never changes afterwards.
 */
#pragma once

#include "base/map.h"
#include "base/status.h"

struct arena;
struct database;

enum catalogue_kind {
    CATALOGUE_INTEGER, /* TINYINT … BIGINT, YEAR, BOOLEAN */
    CATALOGUE_DECIMAL,
    CATALOGUE_DOUBLE, /* FLOAT, DOUBLE */
    CATALOGUE_TEXT,   /* CHAR, VARCHAR, TEXT, JSON, UUID, INET6 */
    CATALOGUE_ENUM,
    CATALOGUE_SET,
    CATALOGUE_BYTES, /* BINARY, VARBINARY, BLOB, BIT */
    CATALOGUE_DATE,
    CATALOGUE_DATETIME, /* DATETIME, TIMESTAMP */
    CATALOGUE_TIME,
    CATALOGUE_OTHER, /* geometry and what is not known: no cell is made of it */
};

struct catalogue_column {
    struct str name;
    struct str data_type;   /* varchar, as information_schema says: lower case */
    struct str column_type; /* varchar(80), bigint(20) unsigned */
    enum catalogue_kind kind;
    uint32_t position;  /* from 0, in the order of the table */
    uint64_t length;    /* characters of CHAR and VARCHAR; 0: does not apply */
    struct str *values; /* of ENUM and SET, as written */
    uint32_t value_count;
    bool nullable;
    bool is_unsigned;
    bool is_json;        /* JSON: a LONGTEXT with CHECK (json_valid(…)) */
    bool generated;      /* cannot be written: AS (…), ROW START, ROW END */
    bool has_default;    /* also AUTO_INCREMENT */
    bool begins_version; /* GENERATED ALWAYS AS ROW START */
    bool ends_version;   /* GENERATED ALWAYS AS ROW END */
};

/* A primary key, a unique key or an index; columns in the order of the key. */
struct catalogue_key {
    struct str name; /* PRIMARY for the primary key */
    bool unique;
    struct catalogue_column **columns;
    uint32_t column_count;
};

struct catalogue_reference {
    struct str name;
    struct catalogue_column **columns;
    struct str table; /* that is referred to */
    struct str *referred_columns;
    uint32_t column_count;
};

struct catalogue_table {
    struct str name;
    struct map columns;                  /* name → struct catalogue_column */
    struct map keys;                     /* name → struct catalogue_key, PRIMARY among them */
    const struct catalogue_key *primary; /* NULL: none */
    struct map references;               /* name → struct catalogue_reference: foreign keys */
    bool is_view;
    bool is_versioned; /* WITH SYSTEM VERSIONING */
};

struct catalogue {
    struct map tables; /* name → struct catalogue_table */
};

/* Of the database of that name, or of the connection's own when the name is empty; of one that the
 * connection's user may not see there are no tables. STATUS_UNAVAILABLE, STATUS_INTERNAL:
 * database_problem() has the text. */
enum status catalogue_read(struct catalogue *catalogue, struct arena *arena,
                           struct database *database, struct str name);

const struct catalogue_table *catalogue_table(const struct catalogue *catalogue, struct str name);
const struct catalogue_column *catalogue_column(const struct catalogue_table *table,
                                                struct str name);

/* True when the columns together can occur only once: a unique key of them or of some of them, all
 * of whose columns are NOT NULL. */
bool catalogue_is_unique(const struct catalogue_table *table, const struct str *columns,
                         uint32_t column_count);

/* True when an index begins with exactly these columns, in any order: for the warning about slow
 * fetches. */
bool catalogue_is_indexed(const struct catalogue_table *table, const struct str *columns,
                          uint32_t column_count);

/* cell: one value of one row, wherever the row comes from, and rows of them.
 *
 * Sources make cells, the answer writer and the key lists read them; text belongs to the arena of
 * the query that asked for it.
 */
#pragma once

#include "str.h"

enum cell_kind {
    CELL_NULL,
    CELL_INT,    /* integer: all integer columns that fit */
    CELL_UINT,   /* integer, as uint64_t: unsigned BIGINT */
    CELL_DOUBLE, /* real */
    CELL_TEXT,   /* text, len: strings, decimals, enums, JSON */
    CELL_DATE,   /* integer: days since 1970-01-01 */
    CELL_TIME,   /* integer: microseconds since 1970-01-01T00:00:00Z: DATETIME and TIMESTAMP, in UTC
                  */
    CELL_OBJECT, /* object: never from MariaDB; for sources in memory */
    CELL_LIST,   /* object: a struct cell_list; never from MariaDB */
};

struct cell {
    enum cell_kind kind;
    uint32_t len;
    union {
        int64_t integer;
        double real;
        const char *text;
        const void *object;
    };
};

struct cell_list {
    struct cell *items;
    uint32_t count;
};

struct rows {
    uint32_t width;
    uint32_t count;
    struct cell *cells; /* count × width */
};

static inline struct cell cell_int(int64_t value)
{
    return (struct cell){.kind = CELL_INT, .integer = value};
}

static inline struct cell cell_text(struct str text)
{
    return text.at == NULL
               ? (struct cell){.kind = CELL_NULL}
               : (struct cell){.kind = CELL_TEXT, .len = (uint32_t)text.len, .text = text.at};
}

static inline bool cell_equal(const struct cell *a, const struct cell *b)
{
    if (a->kind != b->kind || a->kind == CELL_NULL)
        return a->kind == b->kind;
    if (a->kind == CELL_TEXT)
        return a->len == b->len && memcmp(a->text, b->text, a->len) == 0;
    return a->kind == CELL_DOUBLE ? a->real == b->real : a->integer == b->integer;
}

static inline struct str cell_str(const struct cell *cell)
{
    return cell->kind == CELL_TEXT ? (struct str){.at = cell->text, .len = cell->len}
                                   : (struct str){0};
}

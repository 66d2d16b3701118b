/* filter: what clients may ask of the rows of a list, and how they may sort them.
 *
 * Compiled from @filter and @sort by the schema loader and hung on the input types that it makes of
 * them (struct type's binding); run/filter.c walks it side by side with what a request brings.
 * Names of columns are identifiers of the database, found in information_schema.
 */
#pragma once

#include "plan/binding.h"

/* What a value can be asked; the names are those of the schema. */
enum filter_operation {
    FILTER_EQUAL,
    FILTER_IN,
    FILTER_STARTS_WITH,
    FILTER_CONTAINS,
    FILTER_AT_LEAST,  /* also: from */
    FILTER_AT_MOST,   /* also: until */
    FILTER_MORE_THAN, /* also: after */
    FILTER_LESS_THAN, /* also: before */
    FILTER_IS_NULL,
    FILTER_VALUE_NOT,
};

enum filter_kind {
    FILTER_ALL, /* and: a list, all of which hold */
    FILTER_ANY, /* or: a list, at least one of which holds */
    FILTER_NOT,
    FILTER_VALUE,    /* what a column holds */
    FILTER_EMBEDDED, /* an object made of columns of the same row */
    FILTER_ONE,      /* the row that a column names */
    FILTER_MANY,     /* some or none of the rows that name this one */
};

struct filter_member {
    enum filter_kind kind;
    struct compared compared;                /* FILTER_VALUE */
    const enum filter_operation *operations; /* FILTER_VALUE: by member of its input type */
    const struct filter *inner;              /* FILTER_EMBEDDED, FILTER_ONE, FILTER_MANY */
    const struct binding *relation;          /* FILTER_ONE, FILTER_MANY */
};

/* Of an input type, or of one use of an embedded one. */
struct filter {
    const struct type *input;
    const struct table *table;     /* whose rows it is about */
    struct filter_member *members; /* by member of the input type */
};

/* Of an enum XSortField: a column for each value. */
struct sort {
    struct order_term *terms;
    bool *indexed; /* lists from the root must have an index for it */
    uint32_t count;
};

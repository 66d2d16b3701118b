/* customer_find: a condition for customers out of several things that are known of them.
 *
 *     struct customer_find find;
 *     customer_find_init(&find, arena, out->viewer);
 *     customer_find_text(&find, "NAME", pattern);
 *     customer_find_row(&find, "geographic_address", "customer_id");
    customer_find_value(&find, "city", "= ?", cell_text(city), true);
 *     customer_find_finish(&find, limit, out);
 *
 * All of them have to hold. Every text and table given here is a constant.
 */
#pragma once

#include "base/cell.h"
#include "resolvers/search_pattern.h"

struct arena;
struct predicate;
struct viewer;

enum { FIND_TEXTS_LIMIT = 24, FIND_ROWS_LIMIT = 8, FIND_VALUES_LIMIT = 16 };

struct find_text {
    const char *kind; /* of customer_search_term; NULL: any */
    struct search_pattern pattern;
};

struct find_row {
    const char *table;
    const char *owner; /* its column with the customer */
};

struct find_value {
    uint32_t row;
    const char *column;
    const char *condition;
    struct cell value;
};

struct customer_find {
    struct arena *arena;
    const struct viewer *viewer;
    struct find_text texts[FIND_TEXTS_LIMIT];
    struct find_row rows[FIND_ROWS_LIMIT];
    struct find_value values[FIND_VALUES_LIMIT];
    uint32_t text_count, row_count, value_count;
    bool narrow; /* a value is among them that few customers have, and an index over it */
};

void customer_find_init(struct customer_find *find, struct arena *arena,
                        const struct viewer *viewer);

/* A term of that kind is as the pattern says. False: there are too many already. */
bool customer_find_text(struct customer_find *find, const char *kind,
                        const struct search_pattern *pattern);

/* What follows is said of one row of that table; `owner` is its column with the customer. */
void customer_find_row(struct customer_find *find, const char *table, const char *owner);

/* Of that row: "city", "= ?". `narrow`: an index finds the few rows of which it is true. */
void customer_find_value(struct customer_find *find, const char *column, const char *condition,
                         struct cell value, bool narrow);

/* Customers over t; `limit` of them at most, 0: all. False: nothing was said. */
bool customer_find_finish(struct customer_find *find, uint32_t limit, struct predicate *out);

/* product_stand: how a product stands, and what keeps it from being changed by an order. */
#pragma once

#include "base/cell.h"
#include "order/state.h"

struct arena;
struct hindrances;

enum product_change {
    PRODUCT_CHANGES_PLAN,
    PRODUCT_IS_SUSPENDED,
    PRODUCT_IS_RESUMED,
    PRODUCT_IS_ENDED,
    PRODUCT_IS_KEPT,
};

struct product_stand {
    enum product_status status;
    struct cell ends;      /* its last day, where that is known */
    struct str order;      /* the number of one that is about it; empty: none is */
    struct str part_order; /* of one that is about a part of it */
    bool part_is_coming;   /* a part of it is still being set up */
    int64_t parts;         /* that it has, and those have, as far as they have not ended */
    struct str customer;   /* whether they are barred, or have left: customer.status */
    struct str category;   /* of what it is an offering */
    bool number_moves;     /* from another operator, or to one */
};

/* With its parts a product is one of at most so many things that an order ends. */
enum { PRODUCT_STAND_PARTS = 99 };

/* The statement that reads how so many products stand, by their keys: one row for each. */
struct str product_stand_sql(struct arena *arena, uint32_t count);

/* Likewise, and one cell more: whether that is not all there is to say. What it costs is a third.
 */
struct str product_stand_quick_sql(struct arena *arena, uint32_t count);

/* The key is the first cell. */
void product_stand_read(const struct cell *row, struct product_stand *out);

/* Whether it stands where it could be changed so. */
void product_stand_fits(const struct product_stand *stand, enum product_change change,
                        struct hindrances *out);

/* Whether something else goes on with it. */
void product_stand_idle(const struct product_stand *stand, enum product_change change,
                        struct hindrances *out);

/* cells: what generated customers are made of, as values of columns. */
#pragma once

#include "base/cell.h"
#include "model.h"
#include <assert.h>

static const struct cell null_cell = {.kind = CELL_NULL};

/* NULL gives null. */
static inline struct cell word(const char *text)
{
    return text == NULL ? null_cell : cell_text(str_of(text));
}

/* 0 gives null. */
static inline struct cell moment_or_null(int64_t moment)
{
    return moment == 0 ? null_cell : (struct cell){.kind = CELL_TIME, .integer = moment};
}

/* 0 and DEMO_NO_DATE give null. */
static inline struct cell date_or_null(int64_t day)
{
    return day == 0 || day == DEMO_NO_DATE ? null_cell
                                           : (struct cell){.kind = CELL_DATE, .integer = day};
}

/* Of what is at a position among the customer's own. */
static inline struct cell id_of(const struct demo_customer *customer, int position)
{
    if (position == DEMO_NONE)
        return null_cell;
    if (position < DEMO_IDS - 1)
        return cell_int(customer->ordinal * DEMO_IDS + position + 1);
    assert(customer->ordinal == DEMO_CORPORATION);
    return cell_int(DEMO_FURTHER_IDS + (int64_t)position);
}

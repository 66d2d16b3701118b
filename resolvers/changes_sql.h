/* changes_sql: one statement over the histories of whatever is a customer's. */
#pragma once

#include "base/buf.h"
#include "resolvers/changes_since.h"

enum { CHANGES_OTHER_PARAMETERS = 6, CHANGES_PARAMETERS = 3 * 40 + CHANGES_OTHER_PARAMETERS };

struct changes_question {
    const struct schema *schema;
    const struct viewer *viewer;
    const struct change_labels *labels;
    struct cell customer, since, until;
    struct str after_type; /* of those at `until` only what comes behind this; empty: all */
    int64_t after_id;
    uint32_t first;
    /* Filled: */
    struct cell parameters[CHANGES_PARAMETERS];
    uint32_t parameter_count;
};

/* The columns of its rows. */
enum changes_column {
    CHANGE_TYPE,
    CHANGE_ID,
    CHANGE_AT,
    CHANGE_BEGAN,
    CHANGE_SUBJECT,
    CHANGE_FIELDS,
    CHANGE_RECORD,
    CHANGE_USER,
    CHANGE_MUTATION,
    CHANGE_IN_TIME,
    CHANGE_BY,
    CHANGE_BY_KIND,
    CHANGE_UNDONE,
};

/* False: there is nothing that the viewer may see. One row more than `first` where there are more.
 */
bool changes_sql(struct changes_question *question, struct buf *sql);

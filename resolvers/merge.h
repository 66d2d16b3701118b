/* merge: what the files of merging customers share.
 *
 * The survivor is who stays; the duplicate is who is merged into them. In SQL they are s and d, and
 * parameters come in that order. All of it is in the one transaction of the mutation; a reference
 * from one moved row to another is not looked at while rows move, because all of them do.
 */
#pragma once

#include "act/act.h"

/* Fields of the header in which two customers can differ, of MergeField. */
enum merge_field {
    MERGE_NAME,
    MERGE_BIRTH_DATE,
    MERGE_LANGUAGE,
    MERGE_SEGMENT,
    MERGE_CUSTOMER_SINCE,
    MERGE_CREDIT_CLASS,
    MERGE_PREFERRED_CONTACT,
    MERGE_CONTACT_ADDRESS,
    MERGE_PARENT,
    MERGE_FIELDS,
};

/* What the payload says beside the customer. */
struct merge_moved {
    const char *kind;
    int64_t count;
    struct merge_moved *next;
};

struct merge_difference {
    const char *field;
    struct cell survivor, duplicate; /* as text, or null */
    bool taken;                      /* the duplicate's counts */
    struct merge_difference *next;
};

struct merge_settled {
    const char *rule;
    int64_t count;
    struct cell what; /* a few words for each, or null */
    struct merge_settled *next;
};

struct merge_result {
    struct cell versions[2]; /* of survivor and duplicate, as they were before */
    struct merge_moved *moved, **last_moved;
    struct merge_difference *differences, **last_difference;
    struct merge_settled *settled, **last_settled;
};

struct merge {
    struct act *act;
    struct cell pair[2]; /* the keys of survivor and duplicate: parameters of most statements */
    int64_t partner;     /* whose customers they both are; 0: the operator's own */
    struct cell values[MERGE_FIELDS][2];
    bool taken[MERGE_FIELDS];
    struct merge_result *result;
};

/* One statement of which the parameters are survivor and duplicate. */
enum status merge_run(struct merge *merge, const char *sql, struct rows *rows);

/* ---- merge_fields.c ---- */

/* What differs and whose value is to count. */
enum status merge_fields_compare(struct merge *merge);

/* Before rows move: of what there is once (the preferred contact, the contact address, the credit
 * class) only one is left. */
enum status merge_fields_choose(struct merge *merge);

/* The survivor's row with what is chosen and with both counters, and the duplicate's without. */
enum status merge_fields_write(struct merge *merge);

/* ---- merge_doubles.c ---- */

/* What both have and may be there once, by rules; before rows move. */
enum status merge_doubles_settle(struct merge *merge);

/* What can be too much for one customer; afterwards. */
enum status merge_doubles_limit(struct merge *merge);

/* ---- merge_usage.c ---- */

/* Usage of the same months is of one period afterwards, and all events are the survivor's. */
enum status merge_usage(struct merge *merge);

/* ---- merge_rows.c ---- */

/* How much there is of each kind; a user error when it is too much for one transaction. */
enum status merge_rows_count(struct merge *merge);

enum status merge_rows_move(struct merge *merge);

/* What the duplicate was found by finds the survivor. */
enum status merge_rows_terms(struct merge *merge);

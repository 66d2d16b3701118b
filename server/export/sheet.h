/* sheet: a list of the account as rows of CSV, page by page.
 *
 * Whoever knows the tabs says what is asked for and which columns there are; the engine answers one
 * page after the other, and each becomes text. Nothing of a page is kept but where the next begins.
 */
#pragma once

#include "base/status.h"
#include "base/str.h"
#include <jansson.h>

struct arena;
struct buf;

/* Variables of a sheet's document, besides those of the tab. */
#define SHEET_CUSTOMER "exportCustomer" /* ID!: whose list */
#define SHEET_AS_OF    "exportAsOf"    /* DateTime: the moment it is as of, null: now */
#define SHEET_AFTER    "exportAfter"    /* String: the cursor that the page comes after */
#define SHEET_FIRST    "exportFirst"    /* Boolean!: it is the first page, which has labels, too */
#define SHEET_LANGUAGE "exportLanguage" /* String!: of the labels */

/* What the document calls the customer's number and the labels of enums. */
#define SHEET_NUMBER "exportNumber"
#define SHEET_LABELS "exportLabels"

/* Texts are somebody else's, who outlives the sheet. */
struct sheet_column {
    struct str heading;
    struct str currency;      /* the heading of a column of its own; .at NULL: there is none */
    const char *type;         /* of the enum whose labels are shown; NULL: the value is */
    const char *const *paths; /* of which the first that leads to something counts; NULL-ended */
};

struct sheet {
    struct str document;
    struct str name;  /* of the file: usage-events */
    const char *path; /* from the customer to the list: period.events */
    struct sheet_column *columns;
    uint32_t column_count;
};

/* What a list's page was, beside its rows. */
struct sheet_page {
    struct str number; /* the customer's; in the arena */
    struct str after;  /* the cursor of the next page; .at NULL: there is none */
};

/* The first line, and the mark before it. */
void sheet_write_head(const struct sheet *sheet, struct buf *out);

/* Every label of an answer as Type.VALUE → words; a new reference. */
json_t *sheet_labels(const json_t *answer);

/* The rows of an answer. STATUS_NOT_FOUND: there is no such customer; STATUS_INTERNAL: it is no
 * answer to the sheet's document. */
enum status sheet_write_page(const struct sheet *sheet, struct sheet_page *page,
                             struct arena *arena, const json_t *answer, const json_t *labels,
                             struct buf *out);

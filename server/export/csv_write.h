/* csv_write: cells of comma-separated values that no spreadsheet takes for a formula (RFC 4180). */
#pragma once

#include "base/str.h"

struct buf;

/* What says to spreadsheets that the text is UTF-8. */
#define CSV_MARK "\xef\xbb\xbf"

/* One cell, in quotes where it needs them. What a spreadsheet would calculate begins with an
 * apostrophe; plain numbers stay as they are. */
void csv_write_cell(struct buf *out, struct str text);

/* Between two cells, and after the last one of a row. */
void csv_write_next(struct buf *out);
void csv_write_end(struct buf *out);

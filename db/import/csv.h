/* csv: records of a comma-separated file (RFC 4180), one at a time, whatever the file's size.
 *
 * Strict where leniency would lose data: a quote inside an unquoted field, a quote that never ends,
 * a NUL byte, text that is not UTF-8 and a record beyond the limit are problems, not guesses. LF
 * and CRLF both end a record, also in one file; a byte order mark at the very beginning is skipped;
 * an empty line is a record of one empty field.
 */
#pragma once

#include "base/str.h"
#include <stdio.h>

enum {
    CSV_RECORD_LIMIT = 65536, /* bytes of all fields of one record */
    CSV_FIELD_LIMIT = 256,    /* fields of one record */
};

enum csv_outcome { CSV_RECORD, CSV_END, CSV_PROBLEM };

struct csv {
    FILE *file; /* the caller's to close */
    uint64_t line;
    /* The record that was read, valid until the next call: */
    uint64_t record_line; /* the line it begins on, from 1 */
    uint32_t field_count;
    struct str fields[CSV_FIELD_LIMIT];
    /* CSV_PROBLEM: what is wrong, in words, on line record_line. */
    char problem[160];
    /* The parser's own: */
    size_t length;
    char text[CSV_RECORD_LIMIT];
};

void csv_init(struct csv *csv, FILE *file);
enum csv_outcome csv_next(struct csv *csv);

/* telco_row: one line of the telco file, checked and understood. */
#pragma once

#include "base/str.h"

struct csv;

enum { TELCO_COLUMNS = 21, TELCO_OPTIONS = 6 };

enum telco_internet { TELCO_NO_INTERNET, TELCO_DSL, TELCO_FIBRE };

struct telco_row {
    struct str customer_id;
    bool senior;
    int tenure_months;
    bool phone, multiple_lines;
    enum telco_internet internet;
    bool options[TELCO_OPTIONS]; /* in the order of the columns: OnlineSecurity … StreamingMovies */
    int term_months;             /* of the contract: 0, 12, 24 */
    int64_t monthly_minor;
    bool has_total; /* false for customers without a month of tenure */
    int64_t total_minor;
    bool churned;
};

/* Whether the record that was just read is the header the file must have. False: problem says what
 * is wrong, in at most `size` bytes. */
bool telco_row_check_header(const struct csv *csv, char *problem, size_t size);

/* The record that was just read; text stays the reader's. False: as above. */
bool telco_row_read(const struct csv *csv, struct telco_row *row, char *problem, size_t size);

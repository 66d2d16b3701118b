/* migration_file: one file of a migration, split into its statements. */
#pragma once

#include "base/str.h"

struct arena;

enum migration_statement_kind {
    MIGRATION_TABLES,  /* changes tables; MariaDB commits it by itself */
    MIGRATION_ROWS,    /* changes rows; can be taken back until committed */
    MIGRATION_SESSION, /* SET …: holds for this connection alone */
};

struct migration_statement {
    struct str text;
    unsigned line; /* of the file, from 1 */
    enum migration_statement_kind kind;
};

struct migration_file {
    unsigned number;
    struct str name; /* 0003_access */
    struct str text;
    struct str sha256;
    struct migration_statement *statements;
    uint32_t statement_count;
};

/* All files of a folder, from 1 without a gap. False: *problem says what is wrong. */
bool migration_files_read(struct migration_file **files, uint32_t *file_count, struct arena *arena,
                          const char *folder, struct str *problem);

/* SHA-256 of the first statements of a file, without the comments and blanks between them. */
struct str migration_file_prefix(const struct migration_file *file, uint32_t statement_count,
                                 struct arena *arena);

/* Fills statements of text; for itself in tests. A statement ends with a semicolon; quotes and
 * comments are respected; a trigger or routine with a body ends with a line that says END; alone.
 */
void migration_file_split(struct migration_file *file, struct arena *arena);

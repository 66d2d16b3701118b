/* migrations: brings the tables up to date from the files NNNN_word.sql of a folder, in order.
 *
 * What was applied is kept in the table `migration`. A change of tables commits itself, so a
 * migration is not one transaction; instead every statement is accounted for, and one that broke
 * off goes on where it was (see migrations.c). Files are never changed after they were applied; a
 * correction is a file of its own.
 */
#pragma once

#include "base/status.h"
#include "base/str.h"

struct arena;
struct database;

struct migrations {
    const char *folder;
    /* What was done, a line each, and of a statement that takes long how far it is, from a thread
     * of its own; may be NULL. */
    void (*tell)(void *context, struct str line);
    void *context;
    uint32_t patience_ms; /* how long a statement may take until something is said; 0: 5 seconds */
};

/* Applies what is missing. The connection is one with the rights for it (private_migration()), is
 * used for nothing else meanwhile, and has no time limit afterwards. Two at once: the second waits.
 * Not STATUS_OK: *problem says what is wrong and what to do. */
enum status migrations_apply(const struct migrations *migrations, struct database *database,
                             struct arena *arena, struct str *problem);

/* STATUS_OK when nothing is missing, STATUS_CONFLICT when something is; changes nothing. */
enum status migrations_check(const struct migrations *migrations, struct database *database,
                             struct arena *arena, struct str *problem);

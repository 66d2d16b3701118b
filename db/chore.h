/* chore: what the commands that fill a database have in common.
 *
 * The caller fills the first part, calls one of demo_load(), telco_import(), tabs_load(), and shows
 * the problem when the status is not STATUS_OK. Everything waits: not for event loops.
 */
#pragma once

#include "base/status.h"
#include "base/str.h"

struct arena;
struct database;

struct chore {
    struct database *database;
    struct arena *arena; /* the caller's; problem lives in it */
    void (*tell)(void *context,
                 struct str line); /* one line for whoever waits; NULL: nobody does */
    void *context;
    bool (*asked_to_end)(void); /* between steps that are safe to end after; NULL: never */
    struct str problem;         /* what is wrong and what to do about it */
};

void chore_tell(struct chore *chore, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* Remembers the problem and returns the status: return chore_fail(chore, STATUS_INVALID, "…"); */
enum status chore_fail(struct chore *chore, enum status status, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

/* The same with what the database says. */
enum status chore_database_failed(struct chore *chore, enum status status, const char *what);

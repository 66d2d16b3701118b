/* errors: what a client is told went wrong, in the order in which it was found (§7.1). */
#pragma once

#include "graphql/ast.h"

struct arena;
struct buf;

/* One step of the path to a field of the answer. */
struct path_step {
    const struct path_step *parent; /* NULL: the root */
    struct str key;                 /* .at NULL: an index of a list */
    uint32_t index;
};

enum { ERROR_LOCATION_LIMIT = 64 };

struct error {
    struct str message;
    struct location *locations;
    uint32_t location_count;
    const struct document *document; /* where the locations are; NULL: there are none */
    const struct path_step *path;    /* NULL: a request error */
    const char *code;                /* extensions.code; NULL: none */
    struct error *next;
};

struct errors {
    struct arena *arena;
    struct error *first;
    struct error *last;
    uint32_t count;
    uint32_t limit;      /* further errors are counted and not kept; 0: no limit */
    struct error unkept; /* what errors_add() returns once the limit is reached */
};

void errors_init(struct errors *errors, struct arena *arena, uint32_t limit);

/* The new error, for adding locations to; one that nobody sees when the limit is reached. */
struct error *errors_add(struct errors *errors, const char *code, const char *format, ...)
    __attribute__((format(printf, 3, 4)));
struct error *errors_add_text(struct errors *errors, const char *code, struct str message);

/* Adds a place in the source; an error keeps the first ERROR_LOCATION_LIMIT of them. */
void error_at(struct errors *errors, struct error *error, const struct document *document,
              uint32_t at);

/* The list as JSON: [{"message":…,"locations":[…],"path":[…],"extensions":{"code":…}}] */
void errors_write(const struct errors *errors, struct buf *buf);

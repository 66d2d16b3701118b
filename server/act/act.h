/* act: mutations, each performed by one runner.
 *
 * What all of them have in common is done here: the transaction, the key that makes a repetition
 * harmless, dry runs, the row rule before and after, the record of who did what, and doing it again
 * when somebody else was quicker. An action, in resolvers/, says its own rules and nothing else.
 * It runs on a worker and waits for its statements.
 *
 * The input of every mutation is one object, `input`, with `idempotencyKey: String!` and
 * `dryRun: Boolean!`; the payload has `userErrors`, and the object by the name the schema gives it.
 */
#pragma once

#include "base/cell.h"
#include "base/status.h"
#include "run/resolver.h"

struct arena;
struct database_address;
struct engine;
struct engine_loop;

/* ---- what an action is given ---- */

/* What forbids it: a rule of feasibility, or a customer who is there already. */
struct user_reason {
    const char *code; /* what the rule looks at, or what they have in common */
    struct str label;
    int64_t rule, version; /* 0: it is no rule that is a row */
    int64_t customer;      /* their key; 0: it is no customer */
    struct user_reason *next;
};

/* One reason why nothing was done. */
struct user_error {
    const char *code;  /* a value of the schema's UserErrorCode */
    const char *field; /* of the input, or below it: items.0.productId; NULL: none of them */
    struct str message;
    struct user_reason *reasons;
    struct user_error *next;
};

struct act {
    struct arena *arena; /* of the request */
    struct database *database;
    struct engine_loop *engine;
    const struct viewer *viewer;
    const struct action *action;
    const struct input *input; /* an object */
    bool dry_run;
    bool replayed;       /* it was done before, with the same key */
    int64_t object;      /* the key of the row it is about; 0: none that the viewer may know of */
    int64_t customer;    /* whose it is; 0: nobody's */
    int64_t record;      /* the key of what was written down about it; 0: nothing was */
    struct cell held_at; /* since when act_lock() holds the last row it locked */
    const void *result;  /* what else the payload says; NULL: nothing. Its own .leaf knows it. */
    struct user_error *errors, **last_error;
};

/* Rows that an action changes, of a table that keeps their history. */
struct undo_rows {
    const char *table;
    const char *owner;  /* the column with the customer's key */
    const char *object; /* the column with the key of act->object; NULL: all rows of the customer */
};

enum { UNDO_TABLES = 2 };

/* How an action is taken back: its rows become again what they were before. No row of these is
 * changed before the last act_lock(), and those who change them lock the same before. */
struct undo {
    struct undo_rows rows[UNDO_TABLES]; /* none: it cannot be */
    /* Puts right what follows from the rows, once they are as they were, or refuses what does not
     * go together any more; NULL: nothing does. */
    enum status (*after)(struct act *act);
    /* Whether this time it cannot be, by its input; NULL: it always can. */
    bool (*is_final)(const struct act *act);
    const char *why; /* it cannot be: a sentence for people */
};

struct action {
    const char *type; /* of the object, which has a table */
    /* Within a transaction. Sets act->object and act->customer. STATUS_OK, also with user errors;
     * every other status is that of a statement, and is handed on at once. */
    enum status (*perform)(struct act *act);
    const struct undo *undo; /* NULL: it cannot be taken back, and there is nothing to say why */
};

/* The member of the input; NULL: it was not given. */
const struct input *act_field(const struct act *act, const char *name);

/* Nothing will have been done. The message is for people and says what to do. */
struct user_error *act_error(struct act *act, const char *code, const char *field,
                             const char *format, ...) __attribute__((format(printf, 4, 5)));

/* One more reason that the error comes from, behind those before. */
void act_reason(struct act *act, struct user_error *error, struct user_reason reason);

/* rows may be NULL. */
enum status act_run(struct act *act, const char *sql, const struct cell *parameters, uint32_t count,
                    struct rows *rows);

/* Locks the row of a type that a member of the input names by its id, if the viewer may see it, and
 * reads these columns of it (SQL, of the alias t), its key first. Without such a row there is a
 * user error and rows->count is 0. */
enum status act_lock(struct act *act, const char *type, const char *member, const char *columns,
                     struct rows *rows);

/* Reads columns of the row of a type that a member of the input names by its id, its key first, if
 * the row is this customer's and the viewer has the rights that seeing the type takes: what is said
 * of it is not said to others. Else rows->count is 0, which is no user error: the member may name a
 * row of another type. Held: nobody else changes it before this is over. */
enum status act_find_own(struct act *act, const char *type, const char *member,
                         struct cell customer, const char *columns, bool held, struct rows *rows);

/* Holds the row of act->customer: of those who change what is told of all a customer's rows
 * together, one comes after the other. */
enum status act_hold_customer(struct act *act);

/* Whether the viewer may see the row of a type by its key. */
enum status act_may_see(struct act *act, const char *type, int64_t key, bool *visible);

/* ---- for the table of resolvers ---- */

/* .objects of every mutation; .action is what it does. */
enum status act_perform(struct resolve *resolve);

/* .leaf of every payload type, .objects of its userErrors, and what UserError is made of. */
void act_payload_leaf(const struct resolve *resolve, const void *object, const struct field *field,
                      struct cell *out);
enum status act_user_errors(struct resolve *resolve);
void act_user_error_leaf(const struct resolve *resolve, const void *object,
                         const struct field *field, struct cell *out);
enum status act_user_error_reasons(struct resolve *resolve);
void act_user_reason_leaf(const struct resolve *resolve, const void *object,
                          const struct field *field, struct cell *out);

/* ---- for the program ---- */

/* What performs mutations on one worker: a connection, and the engine on it. NULL with the reason
 * in *problem: there is no connection. */
struct actor;
struct actor *actor_open(struct engine *engine, const struct database_address *address,
                         struct arena *arena, struct str *problem);
struct engine_loop *actor_engine(struct actor *actor);
void actor_close(struct actor *actor);

/* run: a plan at work for one call; what the files of this folder share.
 *
 * A batch is a fetch at work: its rows for all parents at once. Rows are grouped by key; key_of
 * says for each row of the parent which group is its own.
 */
#pragma once

#include "graphql/errors.h"
#include "plan/plan.h"
#include "run/call.h"
#include "run/engine_internal.h"
#include "run/global_id.h"
#include "source/introspection.h"

enum { NO_KEY = UINT32_MAX };

/* Which rows of each parent a list or connection gives: first/last/after/before, or the argument
 * with @limit, checked. */
struct page {
    uint32_t limit;
    bool chosen; /* a plain list: the caller said how many */
    bool backward;
    const struct order_term *order; /* the list's own, or the client's; total */
    uint32_t order_count;
    const uint32_t *order_columns; /* where its columns are, for cursors; NULL: not needed */
    struct cell *cursor;           /* a value for each term of the order; NULL: from the start */
};

struct buf;

struct batch {
    struct run *run;
    const struct fetch *fetch;
    struct batch *parent;
    enum status status;
    struct str problem;
    struct rows rows;  /* grouped by key */
    struct cell *keys; /* ascending, each once; objects: unused */
    uint32_t key_count;
    uint32_t *key_of;          /* by row of the parent, once they are known; NO_KEY: has none */
    uint32_t *first;           /* by key: its first row; key_count + 1 of them */
    bool *more;                /* by key: there are further rows; NULL: nobody asked */
    const struct type **types; /* by row, of rows that have types; NULL: of none that is known */
    const struct type *wanted; /* NULL, or the only type that a global id at the root names */
    struct compute *computed;  /* by fetch->computed; NULL: there are no rows */
    bool deep; /* too many rows came for these keys: ask for each parent's page by itself */
    uint64_t begun, took; /* its statements, in nanoseconds */
    struct source_request *chunks;
    uint32_t chunk_count;
    uint32_t chunks_open;
    struct batch **children; /* by fetch->children; NULL: did not run */
};

struct run {
    struct call *call;
    struct arena *arena;
    const struct plan *plan;
    struct variables variables;
    bool *live;                   /* by condition */
    struct input **arguments;     /* by argument list */
    struct str *problems;         /* by argument list: why it cannot be used; empty: it can */
    uint32_t *problems_at;        /* by argument list: where the document is to blame */
    struct page *pages;           /* by fetch; of connections and lists */
    struct predicate *predicates; /* by fetch; sql NULL: none */
    struct cell *moments;         /* by fetch: as of when; CELL_NULL: now */
    bool cost_known;              /* all is bound */
    struct cost cost;
    struct cost_share *shares; /* of it, by fetch */
    uint32_t statements;       /* that the call took part in */
    uint64_t rows_read;
    uint32_t series;       /* as what it is counted */
    uint32_t fetches_open; /* whose statements are under way */
    uint64_t sql_since;
    uint32_t filter_conditions; /* of all filters, so far */
    struct errors errors;
    struct introspection_source introspection;
    const struct snapshot *snapshot;  /* of reference tables; NULL: not looked at yet */
    struct database_session *session; /* of a plan that is consistent; NULL: each statement sees
                                         what is newest */
    struct batch *root;
    uint32_t root_next;       /* mutations: the next root field, one after the other */
    struct batch **unsettled; /* mutations: what was done last and may not hold; NULL: nothing */
    bool handed_over;         /* to a worker, which nobody disturbs */
    uint32_t in_flight;
    bool started; /* call_start() has returned */
    bool call_abandoned;
    bool unavailable;
};

/* ---- arguments.c ---- */

/* Variables, conditions, arguments, pages and predicates of the whole plan; false with errors for
 * the client. The last thing before any SQL. */
bool run_bind(struct run *run);

/* ---- narrow.c ---- */

/* What arguments and resolvers add to a fetch's condition. False with words for the client. */
bool narrow_bind(struct run *run, const struct fetch *fetch, struct predicate *out,
                 struct str *problem);
bool narrow_equal(const struct predicate *a, const struct predicate *b);

/* Which kinds of a table's rows the viewer may see; ALL_KINDS: there is nothing to narrow. */
enum { ALL_KINDS = UINT32_MAX };
uint32_t narrow_kind_count(const struct run *run, const struct table *table);
void narrow_kinds(const struct run *run, const struct table *table, struct predicate *out);

/* The parameter of a row rule, when it has one. */
struct cell narrow_scope(const struct viewer *viewer);

/* ---- filter.c ---- */

/* Adds what the filter of a list says. False with words for the client. */
bool filter_bind(struct run *run, const struct fetch *fetch, const struct input *value,
                 struct predicate *out, struct str *problem);

/* ---- order.c ---- */

/* The order of a page or list. False with words for the client. */
bool order_bind(struct run *run, const struct fetch *fetch, struct page *page, struct str *problem);
bool order_equal(const struct page *a, const struct page *b);

/* ---- predicate.c: putting a condition together ---- */

void predicate_text(struct predicate *out, struct str text);
void predicate_column(struct predicate *out, struct str column); /* t.`column` */
void predicate_parameter(struct predicate *out, struct cell value);

/* column = ?, column IN (?,…) padded so that few texts come of it, column LIKE ?; FALSE when
 * nothing is equal to the value. */
void predicate_compare(struct predicate *out, const struct compared *compared, const char *how,
                       const struct input *value);
void predicate_in(struct predicate *out, const struct compared *compared, const struct input *list);
void predicate_like(struct predicate *out, const struct compared *compared, const char *before,
                    struct str text);

/* ---- operand.c ---- */

/* The value as a parameter that is compared with the column. False: nothing is equal to it. */
bool operand_cell(struct arena *arena, const struct compared *compared, const struct input *value,
                  struct cell *cell);

/* The parameter's place in the text. */
struct str operand_place(enum operand operand);

/* ---- budget.c ---- */

/* Whether what was bound costs no more than the viewer's kind may spend; false with the error. */
bool run_afford(struct run *run);

/* ,"extensions":{"cost":…} where the call wants it. */
void run_tell_cost(const struct run *run, struct buf *out);

/* ---- moment.c ---- */

/* Since 1970, of a DateTime as it was coerced: 2026-10-01T12:30:00.25Z */
int64_t moment_microseconds(struct str text);

/* As of when the fetch is answered; parents come before children. False with an error for the
 * client. */
bool moment_bind(struct run *run, const struct fetch *fetch);

/* NULL: now. */
const struct cell *moment_of(const struct batch *batch);
bool moment_equal(const struct batch *a, const struct batch *b);

/* ---- history.c ---- */

/* Of a fetch of versions: a bit for each field that the viewer sees. */
struct cell history_mask(const struct batch *batch);

/* Both viewers see the same fields of versions. */
bool history_equal(const struct batch *a, const struct batch *b);

/* ---- statement.c ---- */

/* The statement of a batch of rows for these keys, in the arena. STATUS_LIMIT comes back when the
 * rows of several keys are more than is worth cutting. */
void statement_make(struct batch *batch, const struct cell *keys, uint32_t count,
                    struct arena *arena, struct source_request *request);

/* How many keys go into one statement. */
uint32_t statement_chunk(const struct batch *batch);

/* ---- merge.c ---- */

/* Whether lists over several tables are read from the same tables, narrowed alike. */
bool merge_equal(const struct batch *a, const struct batch *b);

/* ---- schedule.c ---- */

/* Starts what can be started; when nothing is left in flight the call is answered. */
void run_start(struct run *run);
void run_abandon(struct run *run);

/* ---- write.c ---- */

/* {"data":…,"errors":…} */
void run_write(struct run *run);

/* ---- leaf.c ---- */

/* False: the cell is not a value of this form; *problem says why, in the arena. */
bool leaf_write(struct buf *out, enum form form, struct str constant, const struct cell *cell,
                struct str *problem);

/* ---- cursor.c ---- */

struct str cursor_encode(struct arena *arena, const struct fetch *fetch, const struct page *page,
                         const struct cell *row);
bool cursor_decode(struct arena *arena, const struct binding *binding, struct str text,
                   struct page *page);

/* planner: what the files of this folder share while one plan is being made. */
#pragma once

#include "plan/plan.h"

struct arena;
struct buf;
struct errors;

struct planner {
    struct arena *arena;
    const struct plan_options *options;
    struct plan *plan;
    struct errors *errors;
    bool failed;
    uint32_t condition_capacity;
    uint32_t fetch_capacity;
    uint32_t argument_list_capacity;
    uint32_t comparisons; /* of arguments that are left to be made */
};

/* ---- condition.c: terms are conjunctions; NULL is the one that always holds ---- */

/* The term with what the directives of a selection add. False: it can never hold. */
bool term_and_directives(struct planner *planner, const struct condition_term *term,
                         const struct ast_directives *directives,
                         const struct condition_term **out);
bool term_equal(const struct condition_term *a, const struct condition_term *b);

/* The number of the condition that holds when one of the terms does; 0 when one always does. */
uint32_t condition_any(struct planner *planner, const struct condition_term **terms,
                       uint32_t count);

/* ---- select.c ---- */

struct occurrence {
    const struct ast_selection *field;
    const struct condition_term *term;
    uint32_t position;
};

/* All fields of one response key. */
struct group {
    struct str key;
    struct occurrence *items;
    uint32_t count;
    uint32_t capacity;
};

struct selected {
    struct group *groups;
    uint32_t count;
    uint32_t capacity;
};

/* CollectFields (specification §6.3.2) for objects of one concrete type, with conditions kept. */
void select_fields(struct planner *planner, const struct type *type,
                   const struct occurrence *parents, uint32_t parent_count, struct selected *out);

/* The same for the operation's own selection set. */
void select_root(struct planner *planner, const struct type *type, struct selected *out);

/* The occurrences' terms as one condition. */
uint32_t group_condition(struct planner *planner, const struct group *group);

/* ---- sql.c ---- */

/* Writes the statement's parts for a fetch of rows, once all its columns are known. */
void sql_finish(struct planner *planner, struct fetch *fetch);

/* Writes the row rule of a table that filters may look into. */
void sql_filter_table(struct planner *planner, struct filter_table *table);

/* ---- filters.c ---- */

/* Prepares for what the fetch's filter may say, if it has one. */
void filter_build(struct planner *planner, const struct fetch *fetch);

/* ---- fetch.c ---- */

struct fetch *fetch_create(struct planner *planner, enum fetch_kind kind, struct fetch *parent,
                           const struct group *group);
uint32_t fetch_column(struct planner *planner, struct fetch *fetch, struct row_column column);
uint32_t fetch_object_column(struct planner *planner, struct fetch *fetch, const struct type *type,
                             const struct field *field, uint32_t arguments);
uint32_t fetch_add_child(struct planner *planner, struct fetch *parent, struct fetch *child);

/* The number of the field's argument list; UINT32_MAX when the field takes none. */
uint32_t fetch_arguments(struct planner *planner, const struct field *field,
                         const struct ast_selection *ast);

/* ---- build.c ---- */

/* Where the values of an object are: the columns of a fetch, perhaps under other names. */
struct site {
    struct fetch *fetch;
    uint32_t join;                  /* which of the fetch's tables, as in struct row_column */
    const struct type *row_type;    /* NULL: any of the fetch's rows, or only those of that type */
    const struct binding *embedded; /* NULL, or which columns make the embedded object */
};

/* One shape for each type the objects may be of. */
void shapes_build(struct planner *planner, struct site site, const struct type *named,
                  const struct group *group, struct shape ***shapes, const struct type ***types,
                  uint32_t *count);
struct shape *shape_build(struct planner *planner, struct site site, const struct type *type,
                          const struct group *group);
enum form shape_form(const struct type *type);

/* ---- joins.c ---- */

/* The number of a column of the object that the site is about, joined in from its other half
 * (`half` not NULL) if that is where it is. */
uint32_t site_column(struct planner *planner, struct site site, const struct half *half,
                     struct str column);

/* Whether the row that a column names is joined to the row that has the column; else it gets a
 * fetch of its own. */
bool one_is_joined(struct planner *planner, struct site site, const struct group *group,
                   const struct binding *binding);
void joined_build(struct planner *planner, struct site site, const struct group *group,
                  const struct binding *binding, struct shape_field *out);

/* ---- share.c ---- */

/* The child that was already made for the same field of another concrete type of the parent, so
 * that both types' objects fetch together: `out` becomes what it is. */
bool share_child(struct planner *planner, struct site site, const struct fetch *wanted,
                 const struct group *group, struct shape_field *out);

/* The child that brings the same rows already, under another name; what else is wanted of them is
 * added to it. NULL: none does. */
struct fetch *share_fetch(struct planner *planner, struct site site, const struct fetch *wanted,
                          uint32_t *index);

/* What share_child() gives to others: how the child's objects are written. */
void share_offer(struct fetch *child, const struct shape_field *field);

/* Only rows of the site's own type have the child. */
void share_limit(struct planner *planner, struct site site, struct fetch *child);

/* ---- history.c ---- */

/* Versions of rows and the versions before them: tables t and b. */
void history_add_from(struct buf *out, const struct table *table);

/* That something changed with the version which the viewer sees. One parameter: the mask of fields.
 */
struct str history_condition(struct planner *planner, const struct table *table);

/* That the version had begun. One parameter: the moment. */
struct str history_until(struct planner *planner, const struct table *table);

/* validUntil and changes of a version. */
void history_part_build(struct planner *planner, struct site site, const struct binding *binding,
                        struct shape_field *out);

/* ---- objects.c ---- */

void objects_build(struct planner *planner, struct site site, const struct group *group,
                   struct shape_field *out);
void object_leaf_build(struct planner *planner, struct site site, const struct type *type,
                       struct shape_field *out);

/* ---- computed.c ---- */

/* Where the columns that C code reads are among the fetch's. */
uint32_t *computed_columns(struct planner *planner, struct site site,
                           const struct binding *binding);
void computed_build(struct planner *planner, struct site site, const struct binding *binding,
                    struct shape_field *out);

/* ---- nodes.c ---- */

/* The row of whatever type that ids at the root name, or a kind and a key of the site's row. */
void node_build(struct planner *planner, struct site site, const struct group *group,
                const struct binding *binding, struct shape_field *out);

/* Fetches for the rows of each type, by kinds and keys of the site's rows, or by ids. */
void nodes_build_children(struct planner *planner, struct site site, const struct group *group,
                          const struct binding *nodes, struct shape_field *out);

/* ---- merge.c ---- */

/* What each table adds to a list over several tables, or to how many rows it has. */
void merge_build(struct planner *planner, struct fetch *fetch);

/* The rows of such a list: `nodes`, or `node` of an edge. */
void merge_rows_build(struct planner *planner, struct fetch *fetch, const struct group *group,
                      struct shape_field *out);

/* SELECT … FROM of a branch. */
void merge_add_select(const struct fetch *branch, struct buf *out);

/* ---- relations.c ---- */

/* Where a row of the site has the key; nowhere at the root. */
uint32_t row_parent_column(struct planner *planner, struct site site, const struct field *field,
                           const struct binding *binding);
struct fetch *row_fetch_create(struct planner *planner, struct site site, enum fetch_kind kind,
                               const struct group *group, const struct shape_field *field,
                               const struct binding *binding);

void rows_build(struct planner *planner, struct site site, const struct group *group,
                const struct binding *binding, struct shape_field *out);
void connection_build(struct planner *planner, struct site site, const struct group *group,
                      const struct binding *binding, struct shape_field *out);

/* The fields of the connection, edge and page info types: kinds of shape over the rows of `fetch`.
 */
void connection_field_build(struct planner *planner, struct fetch *fetch, enum binding_kind kind,
                            const struct group *group, struct shape_field *out);

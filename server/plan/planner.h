/* planner: what the files of this folder share while one plan is being made. */
#pragma once

#include "plan/plan.h"

struct arena;
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
};

/* ---- condition.c: terms are conjunctions; NULL is the one that always holds ---- */

/* The term with what the directives of a selection add. False: it can never hold. */
bool term_and_directives(struct planner *planner, const struct condition_term *term,
                         const struct ast_directives *directives, const struct condition_term **out);
bool term_equal(const struct condition_term *a, const struct condition_term *b);

/* The number of the condition that holds when one of the terms does; 0 when one always does. */
uint32_t condition_any(struct planner *planner, const struct condition_term **terms, uint32_t count);

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
void select_fields(struct planner *planner, const struct type *type, const struct occurrence *parents,
                   uint32_t parent_count, struct selected *out);

/* The same for the operation's own selection set. */
void select_root(struct planner *planner, const struct type *type, struct selected *out);

/* The occurrences' terms as one condition. */
uint32_t group_condition(struct planner *planner, const struct group *group);

/* ---- sql.c ---- */

/* Writes the statement's parts for a fetch of rows, once all its columns are known. */
void sql_finish(struct planner *planner, struct fetch *fetch);

/* ---- build.c ---- */

uint32_t fetch_column(struct planner *planner, struct fetch *fetch, struct str column);

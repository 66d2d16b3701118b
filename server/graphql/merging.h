/* merging: may the fields of a selection stand in one answer (specification §5.3.2)?
 *
 * Two ways of asking. merging_quick.c says whether a selection is fine, in about as many steps as
 * there are fields; merging_conflicts.c compares pairs of fields, as the specification puts it, to
 * find the words for what is not. The second runs only after the first said no.
 */
#pragma once

#include "graphql/pair_map.h"
#include "graphql/validation.h"

struct merging {
    struct validation *v;
    uint32_t quick_budget;    /* fields to look at, in the whole document */
    uint32_t conflict_budget; /* comparisons */
    struct map quick_known;   /* sets of selection sets that were looked at */
    struct pair_map field_sets;
    struct pair_map met_fragments;
    struct pair_map met_fields;
};

/* True: all its fields can be merged. False: not, or it could not be told. */
bool merging_quick(struct merging *merging, const struct type *parent,
                   const struct ast_selection_set *selections);

/* Reports every conflict within the selection. */
void merging_conflicts(struct merging *merging, const struct type *parent,
                       const struct ast_selection_set *selections);

/* The field of a selection, as far as it counts here; NULL: unknown, or one of introspection. */
const struct field *merging_definition(const struct validation *v, const struct type *parent,
                                       struct str name);

/* Whether values of the two types cannot stand in the same place of an answer. */
bool merging_types_conflict(const struct type_use *a, const struct type_use *b);

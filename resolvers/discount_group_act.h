/* discount_group_act: Mutation.joinDiscountGroup and .leaveDiscountGroup. */
#pragma once

#include "act/act.h"

struct hindrances;

extern const struct action discount_group_join, discount_group_leave;

/* .leaf of both payloads; .objects of monthlyBefore and monthlyAfter, and .leaf of what they are.
 */
void discount_group_leaf(const struct resolve *resolve, const void *object,
                         const struct field *field, struct cell *out);
enum status discount_group_before(struct resolve *resolve);
enum status discount_group_after(struct resolve *resolve);
void discount_group_sum_leaf(const struct resolve *resolve, const void *object,
                             const struct field *field, struct cell *out);

/* What keeps a membership from being ended that ends on that day, or is open. */
void discount_group_hinders(const struct cell *until, struct hindrances *out);

/* address_act: Mutation.addAddress, .updateAddress and .removeAddress. */
#pragma once

#include "act/act.h"

struct hindrances;

extern const struct action address_add, address_update, address_remove;

/* The statement that reads what so many addresses are used for, by their keys: one row for each,
 * whose cells address_act_hinders() knows. */
struct str address_act_sql(struct arena *arena, uint32_t count);

/* What keeps it from being removed. */
void address_act_hinders(const struct cell *row, struct hindrances *out);

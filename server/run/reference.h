/* reference: types whose rows are held in memory (@reference). */
#pragma once

#include "plan/binding.h"

struct arena;
struct database_address;
struct memory;

/* Reads the tables of the types for the first time; from then on they are kept fresh until
 * memory_close(). NULL: that failed, with the reason in *problem. */
struct memory *reference_open(const struct reference *const *references, uint32_t count,
                              const struct database_address *address, struct arena *arena,
                              struct str *problem);

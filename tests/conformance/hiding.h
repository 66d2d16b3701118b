/* hiding: a schema of which a viewer without rights sees a part, chosen by a number.
 *
 * Whatever is asked of it as that viewer has to be answered as if the rest had never been written.
 */
#pragma once

#include <stdint.h>

struct schema;

enum { HIDING_RIGHT = 1 };

/* Gives some types, fields, arguments, input fields and enum values the need of HIDING_RIGHT, and
 * whatever would make no sense without those. The same number hides the same coordinates. */
void hiding_apply(struct schema *schema, uint64_t number);

/* validate: is this document allowed against this schema, for this viewer (specification §5)? */
#pragma once

#include "graphql/schema.h"

struct errors;

struct validate_limits {
    uint32_t depth; /* of fields, through fragments; 0: no limit, for each of these */
    uint32_t aliases;
    uint32_t root_fields;
    uint32_t fields;      /* after fragment expansion, memoised per fragment */
    uint32_t comparisons; /* of the field merging rule */
};

/* Adds an error for each violation (code GRAPHQL_VALIDATION_FAILED, or LIMIT); true when there was
 * none. */
bool validate(const struct schema *schema, const struct document *document, uint64_t rights,
              const struct validate_limits *limits, struct errors *errors);

/* introspection: the schema itself as a source: introspection, as one viewer sees it. */
#pragma once

#include "source/source.h"

struct schema;

struct introspection_source {
    struct source super;
    const struct schema *schema;
    uint64_t rights;
};

void introspection_source_init(struct introspection_source *source, const struct schema *schema,
                               uint64_t rights);

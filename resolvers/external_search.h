/* external_search: another system of the operator is asked what agents look for. */
#pragma once

#include "run/resolver.h"

struct http_address;

struct search_provider {
    const struct http_address *address;
    struct str name;
    uint32_t timeout_ms;
};

/* From now on that system is asked; NULL: none is. Before the first call. */
void external_search_use(const struct search_provider *provider);

/* Query.externalCustomers */
void external_search(struct resolve *resolve);

/* ExternalSearch, its hits, and each of them. */
void external_search_leaf(const struct resolve *resolve, const void *object,
                          const struct field *field, struct cell *out);
enum status external_search_hits(struct resolve *resolve);
void external_hit_leaf(const struct resolve *resolve, const void *object, const struct field *field,
                       struct cell *out);

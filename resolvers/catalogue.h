/* catalogue: which kinds of product there are for an operator: those that are sold, and those that
 * customers still hold. What is about others is nobody's.
 */
#pragma once

/* A condition: one of the kinds is there, which are a JSON array. */
#define CATALOGUE_HAS(kinds)                                      \
    "EXISTS (SELECT 1 FROM product_offering AS o\n"               \
    "  WHERE JSON_CONTAINS(" kinds ", JSON_QUOTE(o.category))\n"  \
    "  AND (o.lifecycle_status = 'ACTIVE' OR EXISTS (\n"          \
    "    SELECT 1 FROM product AS p WHERE p.offering_id = o.id\n" \
    "    AND p.status NOT IN ('TERMINATED', 'CANCELLED', 'ABORTED'))))"

/* customer_merge: a customer who was there twice becomes one. */
#pragma once

#include "act/act.h"

extern const struct action customer_merge;

/* .objects and leaves of MergeCustomersPayload. */
void customer_merge_leaf(const struct resolve *resolve, const void *object,
                         const struct field *field, struct cell *out);
enum status customer_merge_moved(struct resolve *resolve);
enum status customer_merge_differences(struct resolve *resolve);
enum status customer_merge_settled(struct resolve *resolve);
void customer_merge_moved_leaf(const struct resolve *resolve, const void *object,
                               const struct field *field, struct cell *out);
void customer_merge_difference_leaf(const struct resolve *resolve, const void *object,
                                    const struct field *field, struct cell *out);
void customer_merge_settled_leaf(const struct resolve *resolve, const void *object,
                                 const struct field *field, struct cell *out);

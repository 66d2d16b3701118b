/* pair_map: from two pointers to a third; for what is found out once about two things together. */
#pragma once

#include <stdint.h>

struct arena;

struct pair {
    const void *first; /* NULL: a free slot */
    const void *second;
    void *value;
};

struct pair_map {
    struct arena *arena;
    struct pair *slots;
    uint32_t count;
    uint32_t slot_count;
};

/* NULL when the two have not been put together in this order. `first` is never NULL. */
void *pair_map_get(const struct pair_map *map, const void *first, const void *second);
void pair_map_put(struct pair_map *map, const void *first, const void *second, void *value);

/* map: text to pointer, in an arena; grows, keeps order of insertion, never forgets. */
#pragma once

#include "str.h"

struct arena;

struct map_entry {
    struct str key;
    uint64_t hash;
    void *value;
};

struct map {
    struct arena *arena;
    struct map_entry *entries; /* in order of insertion */
    uint32_t *slots;           /* entry index + 1, or 0 */
    size_t count;
    size_t slot_count;
};

void map_init(struct map *map, struct arena *arena, size_t expected);
void *map_get(const struct map *map, struct str key);

/* Sets the value; returns the value that was there before, or NULL. The key is not copied. */
void *map_put(struct map *map, struct str key, void *value);

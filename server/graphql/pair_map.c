/* pair_map: open addressing. */
#include "graphql/pair_map.h"

#include "base/arena.h"
#include <stddef.h>

static struct pair *find(const struct pair_map *map, const void *first, const void *second)
{
    uint64_t hash = (uintptr_t)first * 0x9e3779b97f4a7c15u ^
                    ((uintptr_t)second + 0x7f4a7c15u) * 0xc2b2ae3d27d4eb4fu;
    uint32_t slot = (uint32_t)(hash >> 32) & (map->slot_count - 1);
    while (map->slots[slot].first != NULL &&
           (map->slots[slot].first != first || map->slots[slot].second != second))
        slot = (slot + 1) & (map->slot_count - 1);
    return &map->slots[slot];
}

static void grow(struct pair_map *map)
{
    struct pair_map larger = {.arena = map->arena,
                              .slot_count = map->slot_count == 0 ? 16 : map->slot_count * 2};
    larger.slots = arena_array(map->arena, struct pair, larger.slot_count);
    larger.count = map->count;
    for (uint32_t i = 0; i < map->slot_count; i++) {
        if (map->slots[i].first != NULL)
            *find(&larger, map->slots[i].first, map->slots[i].second) = map->slots[i];
    }
    *map = larger;
}

void *pair_map_get(const struct pair_map *map, const void *first, const void *second)
{
    return map->count == 0 ? NULL : find(map, first, second)->value;
}

void pair_map_put(struct pair_map *map, const void *first, const void *second, void *value)
{
    if (map->count * 2 >= map->slot_count)
        grow(map);
    struct pair *pair = find(map, first, second);
    map->count += pair->first == NULL;
    *pair = (struct pair){.first = first, .second = second, .value = value};
}

/* map: text to pointer by open addressing, entries kept in order of insertion. */
#include "map.h"

#include "arena.h"

static void make_slots(struct map *map, size_t slot_count)
{
    map->slot_count = slot_count;
    map->slots = arena_array(map->arena, uint32_t, slot_count);
    struct map_entry *entries = arena_array(map->arena, struct map_entry, slot_count / 2);
    if (map->count > 0)
        memcpy(entries, map->entries, map->count * sizeof(*entries));
    map->entries = entries;
    for (size_t i = 0; i < map->count; i++) {
        size_t slot = entries[i].hash & (slot_count - 1);
        while (map->slots[slot] != 0)
            slot = (slot + 1) & (slot_count - 1);
        map->slots[slot] = (uint32_t)(i + 1);
    }
}

void map_init(struct map *map, struct arena *arena, size_t expected)
{
    *map = (struct map){.arena = arena};
    size_t slot_count = 8;
    while (slot_count < expected * 2)
        slot_count *= 2;
    make_slots(map, slot_count);
}

/* The slot of the key, or the free one where it belongs. */
static size_t find_slot(const struct map *map, struct str key, uint64_t hash)
{
    size_t slot = hash & (map->slot_count - 1);
    while (map->slots[slot] != 0) {
        const struct map_entry *entry = &map->entries[map->slots[slot] - 1];
        if (entry->hash == hash && str_equal(entry->key, key))
            break;
        slot = (slot + 1) & (map->slot_count - 1);
    }
    return slot;
}

void *map_get(const struct map *map, struct str key)
{
    if (map->count == 0)
        return NULL;
    size_t slot = find_slot(map, key, str_hash(key));
    return map->slots[slot] == 0 ? NULL : map->entries[map->slots[slot] - 1].value;
}

void *map_put(struct map *map, struct str key, void *value)
{
    uint64_t hash = str_hash(key);
    size_t slot = find_slot(map, key, hash);
    if (map->slots[slot] != 0) {
        struct map_entry *entry = &map->entries[map->slots[slot] - 1];
        void *before = entry->value;
        entry->value = value;
        return before;
    }
    if (map->count == map->slot_count / 2) {
        make_slots(map, map->slot_count * 2);
        slot = find_slot(map, key, hash);
    }
    map->entries[map->count++] = (struct map_entry){.key = key, .hash = hash, .value = value};
    map->slots[slot] = (uint32_t)map->count;
    return NULL;
}

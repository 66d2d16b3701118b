/* plan_cache: plans of ad-hoc documents, bounded by bytes, least recently used first to go.
 *
 * An entry that is at work stays until its last user is done, even when it was pushed out.
 */
#include "base/arena.h"
#include "run/engine_internal.h"

static uint64_t key_hash(struct str text, struct str operation_name)
{
    return str_hash(text) ^ (str_hash(operation_name) << 1);
}

static void unlink_use(struct plan_cache *cache, struct cached *cached)
{
    if (cached->newer != NULL)
        cached->newer->older = cached->older;
    else
        cache->newest = cached->older;
    if (cached->older != NULL)
        cached->older->newer = cached->newer;
    else
        cache->oldest = cached->newer;
}

static void link_newest(struct plan_cache *cache, struct cached *cached)
{
    cached->newer = NULL;
    cached->older = cache->newest;
    if (cache->newest != NULL)
        cache->newest->newer = cached;
    cache->newest = cached;
    if (cache->oldest == NULL)
        cache->oldest = cached;
}

static void remove_entry(struct plan_cache *cache, struct cached *cached)
{
    struct cached **link =
        &cache->slots[key_hash(cached->text, cached->operation_name) % CACHE_SLOTS];
    while (*link != cached)
        link = &(*link)->chain;
    *link = cached->chain;
    unlink_use(cache, cached);
    cache->bytes -= cached->bytes;
    cache->entries--;
    plan_cache_release(cached);
}

/* No name and an empty name are not the same: the latter names no operation there is. */
static bool is_entry(const struct cached *cached, struct str text, struct str operation_name)
{
    return str_equal(cached->text, text) && str_equal(cached->operation_name, operation_name) &&
           (cached->operation_name.at == NULL) == (operation_name.at == NULL);
}

struct cached *plan_cache_find(struct plan_cache *cache, struct str text, struct str operation_name)
{
    struct cached *cached = cache->slots[key_hash(text, operation_name) % CACHE_SLOTS];
    while (cached != NULL && !is_entry(cached, text, operation_name))
        cached = cached->chain;
    if (cached == NULL)
        return NULL;
    unlink_use(cache, cached);
    link_newest(cache, cached);
    cached->users++;
    return cached;
}

struct cached *plan_cache_add(struct plan_cache *cache, size_t byte_limit, struct arena *arena,
                              struct str text, struct str operation_name, const struct plan *plan)
{
    struct cached *cached = arena_new(arena, struct cached);
    *cached = (struct cached){
        .text = text,
        .operation_name = operation_name,
        .arena = arena,
        .plan = plan,
        .users = 2, /* the cache and the caller */
        .bytes = arena_bytes(arena),
    };
    struct cached **slot = &cache->slots[key_hash(text, operation_name) % CACHE_SLOTS];
    cached->chain = *slot;
    *slot = cached;
    link_newest(cache, cached);
    cache->bytes += cached->bytes;
    cache->entries++;
    while (cache->bytes > byte_limit && cache->oldest != cached)
        remove_entry(cache, cache->oldest);
    return cached;
}

void plan_cache_release(void *cached_entry)
{
    struct cached *cached = cached_entry;
    if (--cached->users == 0)
        arena_destroy(cached->arena);
}

void plan_cache_clear(struct plan_cache *cache)
{
    while (cache->oldest != NULL)
        remove_entry(cache, cache->oldest);
}

/* arena: memory that is given back as a whole, in chunks that grow. */
#include "arena.h"

#include "log.h"
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

enum { FIRST_CHUNK = 4096, LARGEST_CHUNK = 1 << 20, ALIGNMENT = 16 };

struct chunk {
    struct chunk *next;
    size_t size;
    size_t used;
    char bytes[] __attribute__((aligned(ALIGNMENT)));
};

struct deferred {
    struct deferred *next;
    void (*release)(void *);
    void *what;
};

struct arena {
    struct chunk *chunks; /* the current one first */
    struct deferred *deferred;
    size_t bytes;
};

static struct chunk *chunk_create(size_t size)
{
    struct chunk *chunk = malloc(sizeof(*chunk) + size);
    if (chunk == NULL) {
        log_event(LOG_ERROR, "out of memory", "bytes", log_format("%zu", size), NULL);
        abort();
    }
    chunk->next = NULL;
    chunk->size = size;
    chunk->used = 0;
    return chunk;
}

/* The arena itself lives in its first chunk, so that a small request costs one malloc. */
struct arena *arena_create(void)
{
    struct chunk *chunk = chunk_create(FIRST_CHUNK - sizeof(struct chunk));
    struct arena *arena = (struct arena *)chunk->bytes;
    *arena = (struct arena){.chunks = chunk, .bytes = FIRST_CHUNK};
    chunk->used = (sizeof(*arena) + ALIGNMENT - 1) & ~(size_t)(ALIGNMENT - 1);
    return arena;
}

void arena_destroy(struct arena *arena)
{
    if (arena == NULL)
        return;
    for (struct deferred *each = arena->deferred; each != NULL; each = each->next)
        each->release(each->what);
    struct chunk *chunk = arena->chunks;
    while (chunk != NULL) {
        struct chunk *next = chunk->next;
        free(chunk);
        chunk = next;
    }
}

/* Large pieces get a chunk of their own behind the current one, which stays in use. */
static char *take_large(struct arena *arena, size_t size)
{
    struct chunk *chunk = chunk_create(size);
    chunk->used = size;
    chunk->next = arena->chunks->next;
    arena->chunks->next = chunk;
    arena->bytes += sizeof(*chunk) + size;
    return chunk->bytes;
}

static char *take(struct arena *arena, size_t size, size_t alignment)
{
    struct chunk *chunk = arena->chunks;
    size_t start = (chunk->used + alignment - 1) & ~(alignment - 1);
    if (start <= chunk->size && size <= chunk->size - start) {
        chunk->used = start + size;
        return chunk->bytes + start;
    }
    if (size > LARGEST_CHUNK / 4)
        return take_large(arena, size);
    size_t next_size = chunk->size * 2 > LARGEST_CHUNK ? LARGEST_CHUNK : chunk->size * 2;
    while (next_size < size)
        next_size *= 2;
    struct chunk *fresh = chunk_create(next_size);
    fresh->next = chunk;
    arena->chunks = fresh;
    arena->bytes += sizeof(*fresh) + next_size;
    fresh->used = size;
    return fresh->bytes;
}

void *arena_alloc(struct arena *arena, size_t size)
{
    char *at = take(arena, size, ALIGNMENT);
    memset(at, 0, size);
    return at;
}

char *arena_text(struct arena *arena, size_t size)
{
    return take(arena, size, 1);
}

void arena_defer(struct arena *arena, void (*release)(void *), void *what)
{
    struct deferred *deferred = arena_new(arena, struct deferred);
    *deferred = (struct deferred){.next = arena->deferred, .release = release, .what = what};
    arena->deferred = deferred;
}

size_t arena_bytes(const struct arena *arena)
{
    return arena->bytes;
}

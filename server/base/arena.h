/* arena: memory that is given back as a whole.
 *
 * One request, one plan, one schema owns one arena; nothing taken from it is freed by hand and
 * nothing needs a NULL check: when the machine is out of memory the process ends with a message.
 * What is not memory is tied to the arena with arena_defer() on the line after it was opened.
 * An arena belongs to one thread at a time.
 */
#pragma once

#include <stddef.h>

struct arena;

struct arena *arena_create(void);

/* Runs the deferred functions, last one first, then gives all memory back. NULL is allowed. */
void arena_destroy(struct arena *arena);

/* Zeroed, aligned for any type. */
void *arena_alloc(struct arena *arena, size_t size);

/* Not zeroed, not aligned: for text. */
char *arena_text(struct arena *arena, size_t size);

#define arena_new(arena, type)          ((type *)arena_alloc((arena), sizeof(type)))
#define arena_array(arena, type, count) ((type *)arena_alloc((arena), sizeof(type) * (count)))

void arena_defer(struct arena *arena, void (*release)(void *), void *what);

/* Bytes taken from the system so far: for byte-bounded caches and for limits. */
size_t arena_bytes(const struct arena *arena);

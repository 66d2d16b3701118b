/* parse: whatever the bytes, a document or one error; and what is printed reads back as the same.
 */
#include "base/arena.h"
#include "base/buf.h"
#include "graphql/errors.h"
#include "graphql/parser.h"
#include "graphql/printer.h"
#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static struct str print(struct arena *arena, const struct document *document)
{
    struct buf buf;
    buf_init(&buf, arena, 256);
    print_document(&buf, document);
    return buf_str(&buf);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const struct parse_limits limits = {.tokens = 20000, .depth = 60, .directives = 1000};
    struct arena *arena = arena_create();
    struct errors errors;
    errors_init(&errors, arena, 0);
    /* A copy of its own, so that reading one byte too many is noticed. */
    char *text = malloc(size);
    if (size > 0)
        memcpy(text, data, size);
    struct document *document =
        parse(arena, (struct str){.at = text, .len = size}, &limits, &errors);
    if ((document == NULL) != (errors.count == 1))
        abort();
    if (document != NULL) {
        struct str once = print(arena, document);
        static const struct parse_limits unlimited;
        struct document *again = parse(arena, once, &unlimited, &errors);
        if (again == NULL || !str_equal(print(arena, again), once))
            abort();
    }
    arena_destroy(arena);
    free(text);
    return 0;
}

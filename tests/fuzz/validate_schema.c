/* validate_schema: no schema document makes building one stumble; and what is printed builds the
 * same again. */
#include "base/arena.h"
#include "base/buf.h"
#include "graphql/errors.h"
#include "graphql/parser.h"
#include "graphql/printer.h"
#include "graphql/schema.h"
#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static struct schema *build(struct arena *arena, struct str text,
                            const struct schema_options *options)
{
    static const struct parse_limits limits = {.tokens = 20000, .depth = 60};
    struct errors errors;
    errors_init(&errors, arena, 50);
    struct document *document = parse(arena, text, &limits, &errors);
    return document == NULL ? NULL : schema_build_with(arena, &document, 1, options, &errors);
}

static struct str print(struct arena *arena, const struct schema *schema)
{
    struct buf buf;
    buf_init(&buf, arena, 1024);
    print_schema(&buf, schema, ~(uint64_t)0);
    return buf_str(&buf);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct arena *arena = arena_create();
    struct str text = {.at = (const char *)data, .len = size};
    struct schema *schema = build(arena, text, &(struct schema_options){.standard_scalars = true});
    if (schema != NULL) {
        struct str once = print(arena, schema);
        struct schema *again =
            build(arena, once, &(struct schema_options){.standard_scalars = true});
        if (again == NULL || !str_equal(print(arena, again), once))
            abort();
    }
    build(arena, text, &(struct schema_options){.unchecked = true});
    arena_destroy(arena);
    return 0;
}

/* variables: no JSON makes the coercion of variables stumble, whatever types they have. */
#include "base/arena.h"
#include "graphql/coerce.h"
#include "graphql/errors.h"
#include "graphql/parser.h"
#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static const char schema_text[] =
    "type Query { f(i: Int): Int } enum E { A B } scalar Any scalar DateTime scalar Date scalar "
    "BigInt scalar Decimal scalar JSON scalar UUID scalar E164\n"
    "input In { i: Int = 1 s: String! b: Boolean e: E = A in: In l: [[Int!]] o: O f: Float id: ID "
    "}\n"
    "input O @oneOf { a: Int b: In c: [E!] }\n";

static const char query_text[] =
    "query ($i: Int, $j: Int! = 3, $f: Float, $s: String, $b: Boolean, $id: ID, $e: E, $l: [Int!], "
    "$m: [[E]!], $in: In, $o: O, $any: Any, $dt: DateTime, $d: Date, $big: BigInt, $dec: Decimal, "
    "$json: JSON, $uuid: UUID, $tel: E164, $ins: [In!] = [{s: \"x\"}]) { f(i: $i) }";

struct subject {
    const struct schema *schema;
    const struct document *document;
};

static struct document *parse_text(struct arena *arena, const char *text)
{
    static const struct parse_limits unlimited;
    struct errors errors;
    errors_init(&errors, arena, 0);
    struct document *document = parse(arena, str_of(text), &unlimited, &errors);
    if (document == NULL)
        abort();
    return document;
}

static const struct subject *subject(void)
{
    static struct subject made;
    if (made.schema == NULL) {
        struct arena *arena = arena_create();
        struct errors errors;
        errors_init(&errors, arena, 0);
        struct document *document = parse_text(arena, schema_text);
        made.schema = schema_build(arena, &document, 1, &errors);
        made.document = parse_text(arena, query_text);
        if (made.schema == NULL)
            abort();
    }
    return &made;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const struct subject *on = subject();
    json_t *json = json_loadb((const char *)data, size, JSON_REJECT_DUPLICATES, NULL);
    struct arena *arena = arena_create();
    struct errors errors;
    struct variables variables;
    errors_init(&errors, arena, 20);
    bool usable = coerce_variables(
        on->schema, on->document, &on->document->definitions[0].operation,
        json_is_object(json) ? json : NULL, ~(uint64_t)0, arena, &errors, &variables);
    if (usable != (errors.count == 0))
        abort(); /* refused without a word, or accepted with one */
    arena_destroy(arena);
    json_decref(json);
    return 0;
}

/* validate: no document makes validation or the coercion of its variables stumble or take long. */
#include "graphql/validate.h"
#include "base/arena.h"
#include "graphql/coerce.h"
#include "graphql/errors.h"
#include "graphql/parser.h"
#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static const char schema_text[] =
    "type Query { a: Query b(x: Int y: [In!] z: E = A): Query s(x: Int! = 1 j: J o: O!): String n: "
    "N u: U l: [[N!]!]! }\n"
    "interface N { id: ID! n: N } type T implements N { id: ID! n: T s: Int } type S implements N "
    "{ id: ID! n: S s: String }\n"
    "union U = T | S enum E { A B } input In { i: Int = 1 in: In o: O l: [Int!] r: Float! } input "
    "O @oneOf { a: Int b: In }\n"
    "scalar J type Mutation { a: Int } type Subscription { a: Int b: T }\n"
    "directive @d(x: In) repeatable on FIELD | QUERY | FRAGMENT_DEFINITION directive @defer(if: "
    "Boolean, label: String) on\n"
    "FRAGMENT_SPREAD | INLINE_FRAGMENT directive @stream(if: Boolean, label: String, initialCount: "
    "Int) on FIELD";

static const struct schema *schema(void)
{
    static struct schema *built;
    static struct arena *arena;
    if (built != NULL)
        return built;
    arena = arena_create();
    struct errors errors;
    errors_init(&errors, arena, 0);
    static const struct parse_limits unlimited;
    struct document *document = parse(arena, str_of(schema_text), &unlimited, &errors);
    built = schema_build(arena, &document, 1, &errors);
    if (built == NULL)
        abort();
    built->types[1]->needs = 1; /* so that something is hidden */
    return built;
}

static void use(struct arena *arena, const struct document *document, uint64_t rights)
{
    static const struct validate_limits limits = {
        .depth = 40, .aliases = 500, .root_fields = 500, .fields = 5000, .comparisons = 20000};
    struct errors errors;
    errors_init(&errors, arena, 20);
    if (!validate(schema(), document, rights, &limits, &errors))
        return;
    const char *problem;
    const struct ast_operation *operation = document_operation(document, (struct str){0}, &problem);
    struct variables variables;
    json_t *json = json_pack("{s:i,s:s,s:n,s:{s:i}}", "a", 1, "b", "x", "c", "d", "a", 2);
    if (operation != NULL)
        coerce_variables(schema(), document, operation, json, rights, arena, &errors, &variables);
    json_decref(json);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const struct parse_limits limits = {.tokens = 5000, .depth = 40, .directives = 500};
    struct arena *arena = arena_create();
    struct errors errors;
    errors_init(&errors, arena, 0);
    struct document *document =
        parse(arena, (struct str){.at = (const char *)data, .len = size}, &limits, &errors);
    if (document != NULL) {
        use(arena, document, ~(uint64_t)0);
        use(arena, document, 0);
    }
    arena_destroy(arena);
    return 0;
}

/* plan: whatever validation accepts can be planned, run and written as JSON. */
#include "base/arena.h"
#include "conformance/wired.h"
#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static const char schema_text[] =
    "type Query implements N { a: Int! q: Query b(x: Int, y: [Int!] = [1], o: O): String n: N u: U "
    "l: [[N!]!]! us: [U] id: ID }\n"
    "interface N { id: ID n: N } type T implements N { id: ID n: T s(x: Int! = 2): Int } type S "
    "implements N { id: ID n: S s(x: Int! = 2): Int u: U }\n"
    "union U = T | S enum E { A B } input O @oneOf { a: Int b: E }\n"
    "type Mutation { a: Int q: Query u: U } scalar J\n";

static struct wired *subject(void)
{
    static struct wired wired;
    if (wired.engine == NULL) {
        struct arena *arena = arena_create();
        struct errors errors;
        errors_init(&errors, arena, 0);
        if (!wired_open(&wired, str_of(schema_text), &errors))
            abort();
        arena_destroy(arena);
    }
    return &wired;
}

/* Every list has two elements: deeper documents are right to take long. */
static bool is_deep(const uint8_t *data, size_t size)
{
    int depth = 0;
    for (size_t i = 0; i < size && depth <= 6; i++)
        depth += data[i] == '{' ? 1 : data[i] == '}' ? -1 : 0;
    return depth > 6;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (is_deep(data, size))
        return 0;
    struct arena *arena = arena_create();
    json_t *variables = json_pack("{s:i,s:b,s:b,s:n}", "i", 1, "t", 1, "f", 0, "z");
    struct str query = {.at = (const char *)data, .len = size};
    struct str answer = wired_execute(subject(), arena, query, (struct str){0}, variables);
    json_t *read = json_loadb(answer.at, answer.len, JSON_REJECT_DUPLICATES, NULL);
    if (!json_is_object(read))
        abort(); /* no answer, no JSON, or a key twice */
    json_decref(read);
    json_decref(variables);
    arena_destroy(arena);
    return 0;
}

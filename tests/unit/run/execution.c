/* execution: order, conditions and merging of fields, on a schema whose values are invented. */
#include "base/arena.h"
#include "conformance/wired.h"
#include "unit/test.h"

static const char schema_source[] =
    "type Query { a: Int b: String c(x: Int! = 1): Int pet: Pet pets: [[Pet!]!] both: Both }\n"
    "interface Pet { name: String friend: Pet }\n"
    "type Cat implements Pet { name: String friend: Pet lives: Int }\n"
    "type Dog implements Pet { name: String friend: Pet barks: Boolean }\n"
    "union Both = Dog | Cat\n"
    "type Mutation { one: Int two: Pet }\n";

static struct wired wired;
static struct arena *arena;

static struct str answer(const char *query, const char *variables)
{
    json_t *json = variables == NULL ? NULL : json_loads(variables, 0, NULL);
    struct str text = wired_execute(&wired, arena, str_of(query), (struct str){0}, json);
    json_decref(json);
    return text;
}

static void test_order(void)
{
    const char *query = "query ($x: Boolean!) { a @include(if: $x) b a }";
    TEST_TEXT("the first live duplicate decides the order", answer(query, "{\"x\":true}"),
              STR("{\"data\":{\"a\":2,\"b\":\"str\"}}"));
    TEST_TEXT("a duplicate that is not live does not", answer(query, "{\"x\":false}"),
              STR("{\"data\":{\"b\":\"str\",\"a\":2}}"));
    TEST_TEXT("a fragment met twice counts where it is live first",
              answer("query ($x: Boolean!) { ...F @skip(if: $x) b ...F } fragment F on Query { a }",
                     "{\"x\":true}"),
              STR("{\"data\":{\"b\":\"str\",\"a\":2}}"));
}

static void test_conditions(void)
{
    TEST_TEXT(
        "both sides of a condition merge",
        answer("query ($x: Boolean!) { pet { name } pet @include(if: $x) { friend { name } } }",
               "{\"x\":false}"),
        STR("{\"data\":{\"pet\":{\"name\":\"str\"}}}"));
    TEST_TEXT("skip wins over include", answer("{ a @skip(if: true) @include(if: true) b }", NULL),
              STR("{\"data\":{\"b\":\"str\"}}"));
    TEST_TEXT("nothing left is an empty object", answer("{ a @skip(if: true) }", NULL),
              STR("{\"data\":{}}"));
    TEST_TEXT("nothing left of an object is an empty object",
              answer("{ pet { name @include(if: false) } }", NULL), STR("{\"data\":{\"pet\":{}}}"));
}

static void test_types(void)
{
    TEST_TEXT("lists of lists are lists of lists", answer("{ pets { name } }", NULL),
              STR("{\"data\":{\"pets\":[[{\"name\":\"str\"},{\"name\":\"str\"}],[{\"name\":\"str\"}"
                  ",{\"name\":\"str\"}]]}}"));
    TEST_TEXT("only the fields of the object's own type are there",
              answer("{ both { __typename ... on Dog { barks } ... on Cat { lives } } }", NULL),
              STR("{\"data\":{\"both\":{\"__typename\":\"Cat\",\"lives\":2}}}"));
    TEST_TEXT("a mutation answers its fields in order",
              answer("mutation { two { name } one }", NULL),
              STR("{\"data\":{\"two\":{\"name\":\"str\"},\"one\":2}}"));
}

static void test_refusals(void)
{
    struct str text = answer("query ($x: Int = 3) { c(x: $x) a }", "{\"x\":null}");
    TEST("null for an argument that takes none is an error of that field alone",
         str_starts(text, STR("{\"data\":{\"c\":null,\"a\":2},\"errors\":[")));
    TEST("two operations and no name are refused",
         str_starts(answer("query A { a } query B { b }", NULL), STR("{\"errors\":[")));
    TEST("a subscription is refused in words",
         str_starts(answer("subscription { a }", NULL), STR("{\"errors\":[")));
}

int main(void)
{
    arena = arena_create();
    struct errors errors;
    errors_init(&errors, arena, 5);
    TEST("the schema is valid", wired_open(&wired, str_of(schema_source), &errors));
    test_order();
    test_conditions();
    test_types();
    test_refusals();
    wired_close(&wired);
    arena_destroy(arena);
    return test_end();
}

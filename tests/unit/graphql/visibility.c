/* visibility: what a viewer has no right to is told of in the same words as what does not exist. */
#include "language.h"

enum { ORDERS = 1, SECRET = 2 };

static const char *const schema_text =
    "type Query { me: Me order(id: ID! mode: Mode filter: Filter): Order node: Node either: Either "
    "}\n"
    "type Me { name: String pin: Int secret: Secret orders: [Order!]! } type Secret implements "
    "Node { id: "
    "ID! }\n"
    "type Order implements Node { id: ID! total: Int } interface Node { id: ID! } union Either = "
    "Me | Order\n"
    "enum Mode { FULL BRIEF } input Filter { total: Int open: Boolean } input Hidden { a: Int }\n"
    "type Mutation { pay: Int } directive @bind(to: String) on OBJECT | FIELD";

static void set_needs(struct schema *schema)
{
    schema_type(schema, STR("Order"), 0)->needs = ORDERS;
    schema_type(schema, STR("Secret"), 0)->needs = SECRET;
    schema_type(schema, STR("Hidden"), 0)->needs = SECRET;
    schema_type(schema, STR("Mutation"), 0)->needs = ORDERS;
    schema_type(schema, STR("Mode"), 0)->values[0].needs = SECRET;
    schema_type(schema, STR("Filter"), 0)->inputs[0].needs = SECRET;
    struct type *query = schema_type(schema, STR("Query"), 0);
    query->fields[1].arguments[2].needs = SECRET;
    schema_type(schema, STR("Me"), 0)->fields[1].needs = SECRET;
    ((struct directive *)schema_directive(schema, STR("bind")))->hidden = true;
}

/* The two documents differ only in a name: one that is not the viewer's to see, and one that is
 * none. */
static void test_same(struct arena *arena, const struct schema *schema, const char *sentence,
                      const char *text, const char *hidden, const char *absent)
{
    struct str seen = verdict_for(arena, schema, str_printf(arena, text, hidden), 0, NULL);
    struct str want = verdict_for(arena, schema, str_printf(arena, text, absent), 0, NULL);
    struct buf renamed;
    buf_init(&renamed, arena, 256);
    for (size_t i = 0; i < seen.len; i++) {
        if (seen.len - i >= strlen(hidden) && memcmp(seen.at + i, hidden, strlen(hidden)) == 0) {
            buf_add(&renamed, str_of(absent));
            i += strlen(hidden) - 1;
        } else {
            buf_add_char(&renamed, seen.at[i]);
        }
    }
    TEST(sentence, want.len > 0);
    TEST_TEXT(sentence, buf_str(&renamed), want);
}

static void test_hidden(struct arena *arena, struct schema *schema)
{
    test_same(arena, schema, "G38: a field of a type that is not seen", "{me{name %s{id}}}",
              "secret", "sacred");
    test_same(arena, schema, "G38: a field that is not seen, of a type that is", "{me{name %s}}",
              "pin", "pan");
    test_same(arena, schema, "G38: a field of a list of it", "{me{%s{total}}}", "orders", "olders");
    test_same(arena, schema, "G38: a field at the root", "{%s(id: 1){total}}", "order", "older");
    test_same(arena, schema, "G38: a type to condition on", "{node{...on %s{id}}}", "Order",
              "Older");
    test_same(arena, schema, "G38: a type of a fragment", "{node{...F}} fragment F on %s {id}",
              "Secret", "Sacred");
    test_same(arena, schema, "G38: a type of a variable", "query($v: %s){me{name}}", "Hidden",
              "Hiding");
    test_same(arena, schema, "G38: a directive that binds the schema", "{me{name @%s(to: 5)}}",
              "bind", "bond");
    schema->schema_field->needs = SECRET;
    TEST_TEXT("G37: who may not introspect is told that there is nothing to ask",
              verdict_for(arena, schema, STR("{__schema{types{name}} me{__typename}}"), 0, NULL),
              STR("Cannot query field \"__schema\" on type \"Query\".\n"));
    TEST_TEXT("an operation whose type is not seen is not supported",
              verdict_for(arena, schema, STR("mutation{pay}"), 0, NULL),
              STR("The mutation operation is not supported by the schema.\n"));
}

static struct str with_orders(struct arena *arena, const struct schema *schema, const char *text)
{
    return verdict_for(arena, schema, str_of(text), ORDERS, NULL);
}

static void test_partly(struct arena *arena, const struct schema *schema)
{
    TEST_TEXT(
        "who has the right sees it",
        with_orders(arena, schema, "{order(id: 1, mode: BRIEF){total} node{...on Order{id}}}"),
        STR(""));
    TEST_TEXT("a value that is not seen is none",
              with_orders(arena, schema, "{order(id: 1, mode: FULL){total}}"),
              STR("Value \"FULL\" does not exist in \"Mode\" enum.\n"));
    TEST_TEXT("an argument that is not seen is none",
              with_orders(arena, schema, "{order(id: 1, filter: {open: true}){total}}"),
              STR("Unknown argument \"filter\" on field \"Query.order\".\n"));
    TEST_TEXT("who sees everything sees its types",
              verdict_for(arena, schema, STR("{order(id: 1, filter: {total: \"x\"}){total}}"),
                          ~(uint64_t)0, NULL),
              STR("Int cannot represent non-integer value: \"x\"\n"));
    TEST_TEXT("a member of an input that is not seen is none",
              verdict_for(
                  arena, schema,
                  STR("query($f: Filter = {total: 1}){me{name @skip(if: true)} order(id: 1){id}}"),
                  ORDERS, NULL),
              STR("Variable \"$f\" is never used.\nExpected value of type \"Filter\" not to "
                  "include unknown field \"total\", "
                  "found: { total: 1 }.\n"));
}

int main(void)
{
    struct arena *arena = arena_create();
    struct errors errors;
    struct schema *schema = build(arena, schema_text, &errors);
    TEST_TEXT("the schema is fine", messages(arena, &errors), STR(""));
    set_needs(schema);
    test_hidden(arena, schema);
    test_partly(arena, schema);
    arena_destroy(arena);
    return test_end();
}

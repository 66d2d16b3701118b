/* validate: what the limits and the worst documents come to; the rules themselves are under
 * conformance/. */
#define _GNU_SOURCE
#include "language.h"

static const char *const schema_text =
    "type Query { a: Query b: Query s(x: Int y: String): String pet: Pet pets: [Pet!]! u: CatOrDog "
    "}\n"
    "interface Pet { name: String } type Dog implements Pet { name: String barks: Boolean owner: "
    "Query }\n"
    "type Cat implements Pet { name: String meows: String owner: Query } union CatOrDog = Cat | "
    "Dog\n"
    "type Mutation { a: Int } type Subscription { a: Int b: Int }\n"
    "input In @oneOf { a: Int b: String }";

static struct str limited(struct arena *arena, const struct schema *schema, struct str text,
                          struct validate_limits limits)
{
    return verdict_for(arena, schema, text, ~(uint64_t)0, &limits);
}

/* f1 spreads f2 twice, f2 spreads f3 twice, and so on. */
static struct str laughs(struct arena *arena, int levels, const char *spread)
{
    struct buf buf;
    buf_init(&buf, arena, 4096);
    buf_add(&buf, STR("{...f1}"));
    for (int i = 1; i < levels; i++) {
        buf_printf(&buf, "fragment f%d on Query {", i);
        buf_printf(&buf, spread, i + 1, i + 1);
        buf_add_char(&buf, '}');
    }
    buf_printf(&buf, "fragment f%d on Query {s}", levels);
    return buf_str(&buf);
}

static void test_limits(struct arena *arena, const struct schema *schema)
{
    const struct validate_limits limits = {
        .depth = 5, .aliases = 3, .root_fields = 4, .fields = 20, .comparisons = 20000};
    TEST_TEXT("five levels are fine", limited(arena, schema, STR("{a{a{a{a{s}}}}}"), limits),
              STR(""));
    TEST_TEXT("six are not", limited(arena, schema, STR("{a{a{a{a{a{s}}}}}}"), limits),
              STR("The document asks for more than 5 levels of fields. [LIMIT]\n"));
    TEST_TEXT("fragments count as what is in them",
              limited(arena, schema, STR("{a{a{a{...F}}}} fragment F on Query {a{a{s}}}"), limits),
              STR("The document asks for more than 5 levels of fields. [LIMIT]\n"));
    TEST_TEXT("G09: aliases are counted", limited(arena, schema, STR("{a:s b:s c:s d:s}"), limits),
              STR("The document asks for more than 3 aliases. [LIMIT]\n"));
    TEST_TEXT("root fields are counted",
              limited(arena, schema, STR("{s s s ...F} fragment F on Query {s s}"), limits),
              STR("The document asks for more than 4 root fields. [LIMIT]\n"));
    TEST_TEXT("G10: fields are counted",
              limited(arena, schema, repeated(arena, "{a{", "s ", 20, "}}"), limits),
              STR("The document asks for more than 20 fields. [LIMIT]\n"));
    double start = seconds();
    TEST_TEXT("G06: a billion laughs are counted without laughing",
              limited(arena, schema, laughs(arena, 30, "x:a{...f%d} y:a{...f%d}"),
                      (struct validate_limits){.fields = 1000}),
              STR("The document asks for more than 1000 fields. [LIMIT]\n"));
    TEST("G06: in no time", seconds() - start < 0.05);
}

static void test_cycles(struct arena *arena, const struct schema *schema)
{
    TEST_TEXT("G04: a fragment within itself",
              verdict(arena, schema, "{...a} fragment a on Query {s ...a}"),
              STR("Cannot spread fragment \"a\" within itself.\n"));
    TEST_TEXT(
        "G05: by way of another, and of an inline fragment",
        verdict(arena, schema,
                "{...a} fragment a on Query {...b} fragment b on Query {...on Query{a{...a}}}"),
        STR("Cannot spread fragment \"a\" within itself via \"b\".\n"));
    TEST_TEXT(
        "G07: a cycle that nobody uses is found too",
        verdict(arena, schema, "{s} fragment a on Query {...b} fragment b on Query {...a}"),
        STR("Cannot spread fragment \"a\" within itself via \"b\".\nFragment \"a\" is never used.\n"
            "Fragment \"b\" is never used.\n"));
    double start = seconds();
    struct str many =
        verdict_for(arena, schema, laughs(arena, 200, "...f%d ...f%d"), ~(uint64_t)0, NULL);
    TEST_TEXT("two hundred fragments in a row are fine", many, STR(""));
    TEST_TEXT("thousands are more than is looked at",
              verdict_for(arena, schema, laughs(arena, 3000, "...f%d ...f%d"), ~(uint64_t)0, NULL),
              STR("Validation aborted: too many fragments spread within one another. [LIMIT]\n"));
    TEST("chains of fragments take no time", seconds() - start < 0.5);
}

static struct str conflicting(struct arena *arena, int count)
{
    struct buf buf;
    buf_init(&buf, arena, 65536);
    buf_add_char(&buf, '{');
    for (int i = 0; i < count; i++)
        buf_printf(&buf, "a{x:s(x:%d) a{x:s(x:%d)}}", i, -i);
    buf_add_char(&buf, '}');
    return buf_str(&buf);
}

/* Every fragment spreads all later ones, so that pairs of them are met again and again. */
static struct str entangled(struct arena *arena, int count)
{
    struct buf buf;
    buf_init(&buf, arena, 65536);
    buf_add(&buf, STR("{...f0}"));
    for (int i = 0; i < count; i++) {
        buf_printf(&buf, "fragment f%d on Query{a{s", i);
        for (int k = i + 1; k < count && k < i + 12; k++)
            buf_printf(&buf, " ...f%d", k);
        buf_printf(&buf, "} x%d:s}", i);
    }
    return buf_str(&buf);
}

static void test_merging(struct arena *arena, const struct schema *schema)
{
    double start = seconds();
    struct str many = limited(arena, schema, conflicting(arena, 1000),
                              (struct validate_limits){.comparisons = 20000});
    TEST("G08: a thousand conflicting fields are refused", many.len > 0);
    TEST("G08: in a few milliseconds", seconds() - start < 0.1);
    start = seconds();
    TEST_TEXT(
        "the same field a hundred thousand times is one field",
        verdict_for(arena, schema, repeated(arena, "{", "s ", 100000, "}"), ~(uint64_t)0, NULL),
        STR(""));
    TEST("and is compared with itself once each time", seconds() - start < 1.0);
    start = seconds();
    TEST_TEXT("entangled fragments that agree are fine",
              verdict_for(arena, schema, entangled(arena, 200), ~(uint64_t)0, NULL), STR(""));
    TEST("and each combination is looked at once", seconds() - start < 1.0);
    TEST_TEXT("comparing has an end",
              limited(arena, schema,
                      STR("{a{x:s(x:1)}a{x:s(x:1)}a{x:s(x:1)}a{x:s(x:1)}a{x:s(x:1)}a{x:s(x:2)}}"),
                      (struct validate_limits){.comparisons = 12}),
              STR("Validation aborted: the fields of this document can be merged in too many ways. "
                  "[LIMIT]\n"));
    TEST_TEXT("different types may differ in what they give",
              verdict(arena, schema, "{pet{...on Dog{x:name} ...on Cat{x:meows}}}"), STR(""));
    TEST_TEXT("but not in its shape",
              verdict(arena, schema, "{pet{...on Dog{x:barks} ...on Cat{x:meows}}}"),
              STR("Fields \"x\" conflict because they return conflicting types \"Boolean\" and "
                  "\"String\". Use different "
                  "aliases on the fields to fetch both if this was intentional.\n"));
    TEST_TEXT("below a conflict that was found, another one is found too",
              verdict(arena, schema, "{a{b{x:a{s}} b{x:b{s}}} a{s}}"),
              STR("Fields \"b\" conflict because subfields \"x\" conflict because \"a\" and \"b\" "
                  "are different fields. Use "
                  "different aliases on the fields to fetch both if this was intentional.\n"));
}

static void test_floods(struct arena *arena, const struct schema *schema)
{
    struct str text =
        verdict_for(arena, schema, repeated(arena, "{s", " @aa", 10000, "}"), ~(uint64_t)0, NULL);
    TEST_TEXT(
        "G11: of very many errors a few are told", text,
        STR("Unknown directive \"@aa\".\nUnknown directive \"@aa\".\nUnknown directive \"@aa\".\n"
            "Unknown directive \"@aa\".\nUnknown directive \"@aa\".\n"
            "Too many validation errors, error limit reached. Validation aborted.\n"));
    double start = seconds();
    struct buf buf;
    buf_init(&buf, arena, 1 << 20);
    buf_add(&buf, STR("query("));
    for (int i = 0; i < 5000; i++)
        buf_printf(&buf, "$v%d:Int ", i);
    buf_add(&buf, STR("){"));
    for (int i = 0; i < 5000; i++)
        buf_printf(&buf, "x%d:s(x:$v%d)", i, i);
    buf_add_char(&buf, '}');
    struct str many = verdict_for(arena, schema, buf_str(&buf), ~(uint64_t)0, NULL);
    TEST("thousands of variables end well or with a limit",
         many.len == 0 || memmem(many.at, many.len, "[LIMIT]", 7) != NULL);
    TEST("and soon", seconds() - start < 1.0);
}

static void test_rules(struct arena *arena, const struct schema *schema)
{
    TEST_TEXT("G12: conditions are never null", verdict(arena, schema, "{s @skip(if: null)}"),
              STR("Expected value of non-null type \"Boolean!\" not to be null.\n"));
    TEST_TEXT("G13: @skip stands once",
              verdict(arena, schema, "{s @skip(if: true) @skip(if: false)}"),
              STR("The directive \"@skip\" can only be used once at this location.\n"));
    TEST_TEXT("G18: a subscription has one root field",
              verdict(arena, schema, "subscription {a b}"),
              STR("Anonymous Subscription must select only one top level field.\n"));
    TEST_TEXT("a subscription's root field is not conditional",
              verdict(arena, schema, "subscription S {a @skip(if: true)}"),
              STR("Subscription \"S\" must not use `@skip` or `@include` directives in the top "
                  "level selection.\n"));
    TEST_TEXT("G36: nothing similar is suggested", verdict(arena, schema, "{pet{nam}}"),
              STR("Cannot query field \"nam\" on type \"Pet\".\n"));
}

int main(void)
{
    struct arena *arena = arena_create();
    struct errors errors;
    const struct schema *schema = build(arena, schema_text, &errors);
    TEST_TEXT("the schema is fine", messages(arena, &errors), STR(""));
    test_limits(arena, schema);
    test_cycles(arena, schema);
    test_merging(arena, schema);
    test_floods(arena, schema);
    test_rules(arena, schema);
    arena_destroy(arena);
    return test_end();
}

/* printer: what is printed reads back as the same. */
#define _GNU_SOURCE
#include "language.h"

#include "graphql/printer.h"

static struct str printed(struct arena *arena, struct str text)
{
    struct errors errors;
    struct document *document = parse_text(arena, text, NULL, &errors);
    if (document == NULL)
        return messages(arena, &errors);
    struct buf buf;
    buf_init(&buf, arena, 256);
    print_document(&buf, document);
    return buf_str(&buf);
}

static void test_document(struct arena *arena, const char *sentence, const char *text,
                          const char *want)
{
    struct str once = printed(arena, str_of(text));
    TEST_TEXT(sentence, once, str_of(want));
    TEST_TEXT("and again the same", printed(arena, once), once);
}

static void test_schema(struct arena *arena)
{
    const char *text =
        "\"\"\"What there is.\"\"\"\n"
        "schema {\n  query: Root\n}\n\n"
        "directive @mark(\n  \"\"\"How.\"\"\"\n  how: Int = 1\n) repeatable on FIELD | QUERY\n\n"
        "type Root implements Named {\n  name: String!\n\n"
        "  \"\"\"Older.\"\"\"\n  old(a: [Int!] = [1, 2]): Kind @deprecated(reason: \"Use "
        "name.\")\n}\n\n"
        "interface Named {\n  name: String!\n}\n\n"
        "enum Kind {\n  A\n  B @deprecated\n}\n\n"
        "union Any = Root\n\n"
        "input Choice @oneOf {\n  a: Int\n  b: String\n}\n\n"
        "scalar Moment @specifiedBy(url: \"https://example.org/moment\")";
    struct errors errors;
    struct schema *schema = build(arena, text, &errors);
    TEST_TEXT("the schema is fine", messages(arena, &errors), STR(""));
    struct buf buf;
    buf_init(&buf, arena, 1024);
    print_schema(&buf, schema, ~(uint64_t)0);
    TEST_TEXT("a schema is printed as it was written", buf_str(&buf), str_of(text));
    schema->types[0]->fields[1].needs = 4;
    map_get(&schema->type_map, STR("Choice"));
    ((struct type *)map_get(&schema->type_map, STR("Kind")))->needs = 8;
    ((struct directive *)schema_directive(schema, STR("mark")))->hidden = true;
    buf.len = 0;
    print_schema(&buf, schema, 0);
    TEST("what the viewer does not see is not printed",
         memmem(buf.at, buf.len, "old", 3) == NULL && memmem(buf.at, buf.len, "Kind", 4) == NULL &&
             memmem(buf.at, buf.len, "@mark", 5) == NULL);
}

int main(void)
{
    struct arena *arena = arena_create();
    test_document(arena, "a query behind a type without fields does not become its fields",
                  "type Foo query { a }", "type Foo\n\nquery {\n  a\n}");
    test_document(arena, "a shorthand query stays one", "{a,b c:d(e:1)@f{g}}",
                  "{\n  a\n  b\n  c: d(e: 1) @f {\n    g\n  }\n}");
    test_document(
        arena, "operations have their parts",
        "query Q($a:[Int!]!=[1]@x,$b:S){...F@include(if:$a)...on T{a}...{b}}fragment F on T@y{c}",
        "query Q($a: [Int!]! = [1] @x, $b: S) {\n  ...F @include(if: $a)\n  ... on T {\n    a\n  "
        "}\n  ... {\n    b\n"
        "  }\n}\n\nfragment F on T @y {\n  c\n}");
    test_document(arena, "wide arguments are broken",
                  "{field(first:\"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\",second:"
                  "\"bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb\")}",
                  "{\n  field(\n    first: \"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\"\n"
                  "    second: \"bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb\"\n  )\n}");
    test_document(arena, "strings keep their escapes", "{a(b:\"\\u0001\\n\\\"\\u007f\xc3\xa9\")}",
                  "{\n  a(b: \"\\u0001\\n\\\"\\u007F\xc3\xa9\")\n}");
    test_document(arena, "block strings stay blocks", "{a(b:\"\"\"x\n  y\"\"\")}",
                  "{\n  a(b: \"\"\"\n  x\n  y\n  \"\"\")\n}");
    test_document(arena, "extensions are printed too", "extend type A implements B&C@d{e(f:G=H):I}",
                  "extend type A implements B & C @d {\n  e(f: G = H): I\n}");
    test_schema(arena);
    arena_destroy(arena);
    return test_end();
}

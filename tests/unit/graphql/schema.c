/* schema: types are made of definitions wherever they stand, and refused together with all their
 * mistakes. */
#include "language.h"

static struct str problems(struct arena *arena, const char *text)
{
    struct errors errors;
    build(arena, text, &errors);
    return messages(arena, &errors);
}

static void test_documents_together(struct arena *arena)
{
    struct errors errors;
    struct document *documents[] = {
        parse_text(arena, STR("extend type Query @tag(name: \"more\") { b: B } union U = B"), NULL,
                   &errors),
        parse_text(arena,
                   STR("\"Root.\" type Query @tag(name: \"root\") { a(x: Int = 5): String! }\n"
                       "directive @tag(name: String!) repeatable on OBJECT"),
                   NULL, &errors),
        parse_text(
            arena,
            STR("type B implements I { id: ID! } interface I { id: ID! } extend union U = Query"),
            NULL, &errors),
    };
    struct schema *schema = schema_build(arena, documents, 3, &errors);
    TEST_TEXT("definitions may be spread over documents", messages(arena, &errors), STR(""));
    if (schema == NULL)
        return;
    const struct type *query = schema_type(schema, STR("Query"), 0);
    TEST("an extension adds fields", query->field_count == 2);
    TEST("applied directives of all parts are kept",
         query->applied_count == 2 &&
             str_is(query->applied[1]->items[0].arguments.items[0].value.text, "more"));
    const struct field *field = schema_field(schema, query, STR("a"), 0);
    TEST("a field knows its type",
         field->type->kind == USE_NON_NULL && str_is(field->type->named->name, "String"));
    TEST_TEXT("an argument knows its coordinate", field->arguments[0].coordinate,
              STR("Query.a(x:)"));
    const struct type *interface = schema_type(schema, STR("I"), 0);
    const struct type *object = schema_type(schema, STR("B"), 0);
    TEST("an interface knows who implements it",
         interface->possible_count == 1 && interface->possible[0] == object);
    TEST("so does its bit set",
         type_is_possible(interface, object) && !type_is_possible(interface, query));
    const struct type *either = schema_type(schema, STR("U"), 0);
    TEST("a union has all its members",
         either->possible_count == 2 && type_is_possible(either, query));
    TEST("__typename is everywhere",
         schema_field(schema, either, STR("__typename"), 0) == schema->typename_field);
    TEST("__schema is only at the root",
         schema_field(schema, query, STR("__schema"), 0) == schema->schema_field &&
             schema_field(schema, object, STR("__schema"), 0) == NULL);
}

static void test_built_in(struct arena *arena)
{
    struct errors errors;
    struct schema *schema = build(arena, "type Query { a: Int } scalar String", &errors);
    TEST("scalars that nothing uses are not there", schema_type(schema, STR("Float"), 0) == NULL);
    TEST("scalars that are used are", schema_type(schema, STR("Int"), 0) != NULL);
    TEST("a built-in scalar that is defined again is itself",
         schema_type(schema, STR("String"), 0)->built_in);
    const struct type *type = schema_type(schema, STR("__Type"), 0);
    TEST("introspection types are built in", type != NULL && type->built_in && type->ast == NULL);
    TEST("the type of the meta fields is none", schema_type(schema, STR("__Meta"), 0) == NULL);
    TEST("directives are there", schema_directive(schema, STR("oneOf")) != NULL &&
                                     schema_directive(schema, STR("skip"))->built_in);
}

static void test_problems(struct arena *arena)
{
    TEST_TEXT(
        "every mistake is told at once",
        problems(arena,
                 "type Query { a: Foo @bar a: Int } enum E { A A } extend input None { x: Int }"),
        STR("Field \"Query.a\" can only be defined once.\nUnknown type \"Foo\".\nUnknown directive "
            "\"@bar\".\n"
            "Enum value \"E.A\" can only be defined once.\n"
            "Cannot extend type \"None\" because it is not defined.\n"));
    TEST_TEXT("types must fit together",
              problems(arena, "type Query implements I { a(x: Int!): Int b: In } interface I { a: "
                              "String } input In { q: Query! }"),
              STR("The type of Query.b must be Output Type but got: In.\n"
                  "Interface field I.a expects type String but Query.a is type Int.\n"
                  "Argument \"Query.a(x:)\" must not be required type \"Int!\" if not provided by "
                  "the Interface field \"I.a\".\n"
                  "The type of In.q must be Input Type but got: Query!.\n"));
    TEST_TEXT(
        "defaults must be values of their types, and end",
        problems(
            arena,
            "type Query { a(x: Int = \"1\"): Int } input A { b: B = {} } input B { a: A = {} }"),
        STR("Query.a(x:) has invalid default value: Int cannot represent non-integer value: \"1\"\n"
            "Invalid circular reference. The default value of Input Object field A.b references "
            "itself via the default "
            "values of: B.a.\n"));
    TEST_TEXT("an input object must be possible to write",
              problems(arena, "type Query { a(x: A): Int } input A { b: B! } input B { a: A! } "
                              "input O @oneOf { o: O }"),
              STR("Input Object A cannot be provided a finite value because it references itself "
                  "through fields: A.b, B.a.\n"
                  "Input Object O cannot be provided a finite value because it references itself "
                  "through fields: O.o.\n"));
    TEST_TEXT(
        "what an interface still offers is not deprecated below it",
        problems(arena, "type Query implements I { a: Int @deprecated } interface I { a: Int }"),
        STR("Interface field I.a is not deprecated, so implementation field Query.a must not be "
            "deprecated.\n"));
    TEST_TEXT("a reason is text", problems(arena, "type Query { a: Int @deprecated(reason: 5) }"),
              STR("Argument \"@deprecated(reason:)\" has invalid value: String cannot represent a "
                  "non string value: 5\n"));
    struct errors errors;
    build(arena, "type Query {\n  a: Foo }", &errors);
    TEST("a mistake has its place",
         errors.first->locations[0].line == 2 && errors.first->document != NULL);
}

int main(void)
{
    struct arena *arena = arena_create();
    test_documents_together(arena);
    test_built_in(arena);
    test_problems(arena);
    arena_destroy(arena);
    return test_end();
}

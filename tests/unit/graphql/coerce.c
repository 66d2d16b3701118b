/* coerce: variables and arguments become values, or say what is wrong with them. */
#include "language.h"

#include "graphql/coerce.h"
#include "graphql/json_literal.h"

static const char *const schema_text =
    "type Query { f(i: Int, r: Int!, d: Int = 7, n: Int! = 8, l: [Int!], o: Options, j: JSON, k: "
    "Kind): Int }\n"
    "input Options { first: Int! = 10 after: String order: [Order!] }\n"
    "input Order { by: String! ascending: Boolean = true }\n"
    "scalar JSON\n"
    "enum Kind { A B }";

struct request {
    struct arena *arena;
    struct schema *schema;
    struct document *document;
    const struct ast_operation *operation;
    struct variables variables;
    struct str problems;
};

static struct request request_of(struct arena *arena, struct schema *schema, const char *text,
                                 const char *variables)
{
    struct request request = {.arena = arena, .schema = schema};
    struct errors errors;
    const char *reason;
    request.document = parse_text(arena, str_of(text), NULL, &errors);
    request.operation = document_operation(request.document, (struct str){0}, &reason);
    json_t *json = json_loads(variables, 0, NULL);
    errors_init(&errors, arena, 0);
    coerce_variables(schema, request.document, request.operation, json, ~(uint64_t)0, arena,
                     &errors, &request.variables);
    request.problems = str_copy(arena, messages(arena, &errors));
    json_decref(json);
    return request;
}

/* The arguments of the first field as JSON, absent ones left out. */
static struct str arguments_of(const struct request *request)
{
    const struct ast_selection *selection = &request->operation->selections.items[0];
    const struct field *field =
        schema_field(request->schema, request->schema->query, selection->name.text, ~(uint64_t)0);
    struct input *values = arena_array(request->arena, struct input, field->argument_count);
    struct str problem;
    if (!coerce_arguments(field->arguments, field->argument_count, &selection->arguments,
                          &request->variables, request->arena, values, &problem))
        return problem;
    struct buf buf;
    buf_init(&buf, request->arena, 128);
    for (uint32_t i = 0; i < field->argument_count; i++) {
        if (values[i].kind == INPUT_ABSENT)
            continue;
        buf_add(&buf, field->arguments[i].name);
        buf_add_char(&buf, '=');
        json_literal_write_input(&buf, &values[i]);
        buf_add_char(&buf, ' ');
    }
    return buf_str(&buf);
}

static struct str arguments(struct arena *arena, struct schema *schema, const char *text,
                            const char *variables)
{
    struct request request = request_of(arena, schema, text, variables);
    return request.problems.len > 0 ? request.problems : arguments_of(&request);
}

static void test_arguments(struct arena *arena, struct schema *schema)
{
    TEST_TEXT("defaults stand in for what is not given",
              arguments(arena, schema, "{f(r: 1)}", "{}"), STR("r=1 d=7 n=8 "));
    TEST_TEXT("null is not a default", arguments(arena, schema, "{f(r: 1, d: null)}", "{}"),
              STR("r=1 d=null n=8 "));
    TEST_TEXT("a variable that is not given leaves the default",
              arguments(arena, schema, "query($v: Int) {f(r: 1, d: $v, n: $v)}", "{}"),
              STR("r=1 d=7 n=8 "));
    TEST_TEXT("a variable that is null does not",
              arguments(arena, schema, "query($v: Int) {f(r: 1, d: $v)}", "{\"v\": null}"),
              STR("r=1 d=null n=8 "));
    TEST_TEXT("a variable's null cannot be where none is allowed",
              arguments(arena, schema, "query($v: Int) {f(r: 1, n: $v)}", "{\"v\": null}"),
              STR("Argument \"Query.f(n:)\" has invalid value: Expected variable \"$v\" provided "
                  "to non-null type "
                  "\"Int!\" not to be null."));
    TEST_TEXT("one value is a list of one", arguments(arena, schema, "{f(r: 1, l: 5)}", "{}"),
              STR("r=1 d=7 n=8 l=[5] "));
    TEST_TEXT("a variable may be an item",
              arguments(arena, schema, "query($v: Int!) {f(r: 1, l: [1, $v])}", "{\"v\": 2}"),
              STR("r=1 d=7 n=8 l=[1,2] "));
    TEST_TEXT(
        "input objects have their defaults, all the way down",
        arguments(arena, schema, "{f(r: 1, o: {order: {by: \"name\"}})}", "{}"),
        STR("r=1 d=7 n=8 o={\"first\":10,\"order\":[{\"by\":\"name\",\"ascending\":true}]} "));
    TEST_TEXT("a variable that is absent leaves a field's default",
              arguments(arena, schema,
                        "query($v: Int, $w: String) {f(r: 1, o: {first: $v, after: $w})}", "{}"),
              STR("r=1 d=7 n=8 o={\"first\":10} "));
    TEST_TEXT("variables stand inside of any JSON",
              arguments(arena, schema, "query($v: Int, $w: Kind) {f(r: 1, j: {a: [$v, $w, X]})}",
                        "{\"v\": 3, \"w\": \"B\"}"),
              STR("r=1 d=7 n=8 j={\"a\":[3,\"B\",\"X\"]} "));
    TEST_TEXT("enum values are their names", arguments(arena, schema, "{f(r: 1, k: B)}", "{}"),
              STR("r=1 d=7 n=8 k=\"B\" "));
    TEST_TEXT("a variable has its default",
              arguments(arena, schema, "query($v: Int = 4) {f(r: $v)}", "{}"), STR("r=4 d=7 n=8 "));
}

static void test_variables(struct arena *arena, struct schema *schema)
{
    TEST_TEXT("what is required must be given",
              arguments(arena, schema, "query($v: Int!) {f(r: $v)}", "{}"),
              STR("Variable \"$v\" has invalid value: Expected a value of non-null type \"Int!\" "
                  "to be provided.\n"));
    TEST_TEXT("and not as null",
              arguments(arena, schema, "query($v: Int!) {f(r: $v)}", "{\"v\": null}"),
              STR("Variable \"$v\" has invalid value: Expected value of non-null type \"Int!\" not "
                  "to be null.\n"));
    TEST_TEXT(
        "every problem is told, with its place",
        arguments(arena, schema, "query($o: Options) {f(r: 1, o: $o)}",
                  "{\"o\": {\"first\": \"x\", \"order\": [{\"by\": 1}, {}], \"more\": true}}"),
        STR("Variable \"$o\" has invalid value at .first: Int cannot represent non-integer value: "
            "\"x\"\n"
            "Variable \"$o\" has invalid value at .order[0].by: String cannot represent a non "
            "string value: 1\n"
            "Variable \"$o\" has invalid value at .order[1]: Expected value of type \"Order\" to "
            "include required field "
            "\"by\", found: {}.\n"
            "Variable \"$o\" has invalid value: Expected value of type \"Options\" not to include "
            "unknown field "
            "\"more\", found: { first: \"x\", order: [[Object], {}], more: true }.\n"));
    TEST_TEXT("what nobody asked for is ignored",
              arguments(arena, schema, "{f(r: 1)}", "{\"x\": 1, \"__proto__\": {}}"),
              STR("r=1 d=7 n=8 "));
    TEST_TEXT(
        "values of an enum are strings in JSON",
        arguments(arena, schema, "query($k: Kind) {f(r: 1, k: $k)}", "{\"k\": \"C\"}"),
        STR("Variable \"$k\" has invalid value: Value \"C\" does not exist in \"Kind\" enum.\n"));
    struct request request =
        request_of(arena, schema, "query($o: Options) {f(r: 1, o: $o)}", "{\"o\": {\"first\": 5}}");
    const struct input *options = variable_value(&request.variables, STR("o"));
    TEST("members of an object are found by name",
         options != NULL && input_member(options, "first")->integer == 5);
    TEST("members that are not given are absent",
         input_member(options, "after")->kind == INPUT_ABSENT);
    TEST("members that do not exist are nothing", input_member(options, "before") == NULL);
}

int main(void)
{
    struct arena *arena = arena_create();
    struct errors errors;
    struct schema *schema = build(arena, schema_text, &errors);
    TEST_TEXT("the schema is fine", messages(arena, &errors), STR(""));
    test_arguments(arena, schema);
    test_variables(arena, schema);
    arena_destroy(arena);
    return test_end();
}

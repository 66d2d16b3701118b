/* parameters: bodies and query strings that are requests, and those that are not. */
#include "http/parameters.h"

#include "base/arena.h"
#include "unit/test.h"

static const struct parameter_limits limits = {.json_depth = 32, .variables = 1000};
static struct arena *arena;
static const char *problem;

static enum status json(struct parameters *parameters, struct str text)
{
    problem = NULL;
    return parameters_from_json(parameters, arena, &limits, text, &problem);
}

static bool is_refused(struct str text)
{
    struct parameters parameters;
    return json(&parameters, text) != STATUS_OK && problem != NULL;
}

static void test_json(void)
{
    struct parameters parameters;
    TEST("a full body is read",
         json(&parameters,
              STR("{\"query\":\"{ a }\",\"operationName\":\"A\",\"variables\":{\"x\":1},"
                  "\"extensions\":{},\"more\":1}")) == STATUS_OK);
    TEST_TEXT("with its query", parameters.query, STR("{ a }"));
    TEST_TEXT("with its operation", parameters.operation_name, STR("A"));
    TEST("with its variables", json_integer_value(json_object_get(parameters.variables, "x")) == 1);
    TEST("nulls count as absent",
         json(&parameters, STR("{\"query\":\"a\",\"operationName\":null,\"variables\":null,"
                               "\"extensions\":null}")) == STATUS_OK &&
             parameters.operation_name.at == NULL && parameters.variables == NULL);
    TEST("a document can be asked for by id",
         json(&parameters, STR("{\"documentId\":\"sha256:ab\"}")) == STATUS_OK &&
             parameters.query.at == NULL);
    TEST_TEXT("which is kept", parameters.document_id, STR("sha256:ab"));
    TEST("what it costs is told to who asks",
         json(&parameters, STR("{\"query\":\"a\",\"extensions\":{\"cost\":true}}")) == STATUS_OK &&
             parameters.tells_cost);
    TEST("and to nobody else",
         json(&parameters, STR("{\"query\":\"a\",\"extensions\":{\"other\":1}}")) == STATUS_OK &&
             !parameters.tells_cost);
}

static void test_json_refused(void)
{
    static char deep[200];
    TEST("an empty body is refused", is_refused(STR("")));
    TEST("garbage is refused", is_refused(STR("\x7f\x45\x4c\x46\0\0")));
    TEST("a cut body is refused", is_refused(STR("{\"query\":\"{ a }\"")));
    TEST("trailing garbage is refused", is_refused(STR("{\"query\":\"a\"} x")));
    TEST("two objects are refused", is_refused(STR("{\"query\":\"a\"}{\"query\":\"b\"}")));
    TEST("an array is refused", is_refused(STR("[{\"query\":\"a\"}]")));
    TEST("a string is refused", is_refused(STR("\"query\"")));
    TEST("a doubled key is refused", is_refused(STR("{\"query\":\"a\",\"query\":\"b\"}")));
    TEST("a doubled key in variables is refused",
         is_refused(STR("{\"query\":\"a\",\"variables\":{\"x\":1,\"x\":2}}")));
    TEST("neither query nor id is refused", is_refused(STR("{}")));
    TEST("both query and id are refused",
         is_refused(STR("{\"query\":\"a\",\"documentId\":\"b\"}")));
    TEST("a query that is a number is refused", is_refused(STR("{\"query\":1}")));
    TEST("an operation name that is an object is refused",
         is_refused(STR("{\"query\":\"a\",\"operationName\":{}}")));
    TEST("variables in a string are refused",
         is_refused(STR("{\"query\":\"a\",\"variables\":\"{}\"}")));
    TEST("variables in an array are refused",
         is_refused(STR("{\"query\":\"a\",\"variables\":[]}")));
    TEST("extensions in an array are refused",
         is_refused(STR("{\"query\":\"a\",\"extensions\":[]}")));
    TEST("a cost that is no yes or no is refused",
         is_refused(STR("{\"query\":\"a\",\"extensions\":{\"cost\":\"yes\"}}")));
    TEST("bytes that are not UTF-8 are refused", is_refused(STR("{\"query\":\"\xc0\xaf\"}")));
    TEST("a lone surrogate is refused", is_refused(STR("{\"query\":\"\\ud800\"}")));
    TEST("a NUL is refused", is_refused(STR("{\"query\":\"a\\u0000b\"}")));
    memset(deep, '[', 100);
    TEST("deep nesting is refused before it is read", is_refused((struct str){deep, 100}));
    TEST("brackets in a string are not nesting",
         !is_refused(STR("{\"query\":\"[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[\"}")));
}

static void test_kinds_of_refusal(void)
{
    struct parameters parameters;
    TEST("what is no JSON is invalid", json(&parameters, STR("{")) == STATUS_INVALID);
    TEST("JSON that is no request is refused", json(&parameters, STR("{}")) == STATUS_REFUSED);
    struct str large = str_printf(arena, "{\"query\":\"a\",\"variables\":{\"x\":\"%01000d\"}}", 0);
    TEST("variables that are too large are a limit", json(&parameters, large) == STATUS_LIMIT);
}

/* What is read without a tree, and what is left to jansson because it is unusual. */
static void test_plain(void)
{
    struct parameters parameters;
    TEST("short escapes are read",
         json(&parameters, STR("{\"query\":\"a\\n\\t\\\"\\\\\\/\\b\\f\\r b\"}")) == STATUS_OK);
    TEST_TEXT("as what they stand for", parameters.query, STR("a\n\t\"\\/\b\f\r b"));
    TEST("long escapes are read, too",
         json(&parameters, STR("{\"query\":\"\\u0061\\u00e4\"}")) == STATUS_OK);
    TEST_TEXT("as the characters they name", parameters.query, STR("a\u00e4"));
    TEST("space may be anywhere between",
         json(&parameters,
              STR("\n{ \"variables\" :\t{ \"x\" : [ {} ] } , \"query\" : \"\" }\r\n")) ==
                 STATUS_OK &&
             parameters.query.len == 0 && parameters.query.at != NULL &&
             json_array_size(json_object_get(parameters.variables, "x")) == 1);
    TEST("brackets and quotes in texts of variables do not end them",
         json(&parameters,
              STR("{\"variables\":{\"x\":\"}\\\"}\"},\"operationName\":\"A\",\"query\":\"a\"}")) ==
                 STATUS_OK &&
             strcmp(json_string_value(json_object_get(parameters.variables, "x")), "}\"}") == 0);
    static const char *const wrong[] = {
        "{\"query\":\"a\n\"}",
        "{\"query\":\"a\t\"}",
        "{\"query\":\"\\x\"}",
        "{\"query\":\"a\",}",
        "{,\"query\":\"a\"}",
        "{\"query\" \"a\"}",
        "{\"query\":\"a\" \"operationName\":\"A\"}",
        "{\"query\":\"a\\",
        "{\"query\":\"a\",\"variables\":{]}}",
        "{\"query\":\"a\",\"variables\":{\"x\"}}",
        "{\"query\":\"a\",\"variables\":{\"x\":1}",
        "{\"query\":\"a\",\"variables\":{}}}",
        "{\"query\":\"a\",\"variables\":{},\"variables\":{}}",
        "{\"query\":\"a\\u0000\"}",
        "{\"query\":\"a\"}\\",
    };
    bool all = true;
    for (size_t i = 0; i < sizeof(wrong) / sizeof(*wrong); i++) {
        all &= is_refused(str_of(wrong[i]));
        if (!is_refused(str_of(wrong[i])))
            printf("# taken: %s\n", wrong[i]);
    }
    TEST("what is nearly usual is refused", all);
}

static enum status url(struct parameters *parameters, const char *text)
{
    return parameters_from_url(parameters, arena, &limits, str_of(text), &problem);
}

static void test_url(void)
{
    struct parameters parameters;
    TEST(
        "a query string is read",
        url(&parameters,
            "query=%7B+a(x:%20%22%C3%A4%22)+%7D&variables=%7B%22x%22%3A1%7D&operationName=A&z=1") ==
            STATUS_OK);
    TEST_TEXT("with its query decoded", parameters.query, STR("{ a(x: \"ä\") }"));
    TEST("with its variables", json_integer_value(json_object_get(parameters.variables, "x")) == 1);
    TEST("a doubled parameter is refused", url(&parameters, "query=a&query=b") != STATUS_OK);
    TEST("variables that are no object are refused",
         url(&parameters, "query=a&variables=1") != STATUS_OK);
    TEST("a cut percent sign is refused", url(&parameters, "query=a%2") != STATUS_OK);
    TEST("a wrong percent sign is refused", url(&parameters, "query=a%zz") != STATUS_OK);
    TEST("an encoded NUL is refused", url(&parameters, "query=a%00") != STATUS_OK);
    TEST("bytes that are not UTF-8 are refused in it", url(&parameters, "query=%ff") != STATUS_OK);
    TEST("extensions are read from it",
         url(&parameters, "query=a&extensions=%7B%22cost%22:true%7D") == STATUS_OK &&
             parameters.tells_cost);
    TEST("nothing is refused in it", url(&parameters, "") != STATUS_OK);
}

int main(void)
{
    arena = arena_create();
    test_json();
    test_json_refused();
    test_kinds_of_refusal();
    test_plain();
    test_url();
    arena_destroy(arena);
    return test_end();
}

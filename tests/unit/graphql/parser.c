/* parser: what is not a document is refused with one error, and nothing makes it recurse without
 * end. */
#include "language.h"
#include <pthread.h>

static struct str problem(struct arena *arena, struct str text, const struct parse_limits *limits)
{
    struct errors errors;
    struct document *document = parse_text(arena, text, limits, &errors);
    return document != NULL ? STR("fine") : messages(arena, &errors);
}

static struct str problem_of(struct arena *arena, const char *text)
{
    return problem(arena, str_of(text), NULL);
}

/* The value of the first argument of the first field. */
static const struct ast_value *first_value(struct arena *arena, const char *text)
{
    struct errors errors;
    struct document *document = parse_text(arena, str_of(text), NULL, &errors);
    if (document == NULL)
        return NULL;
    return &document->definitions[0].operation.selections.items[0].arguments.items[0].value;
}

static struct str first_string(struct arena *arena, const char *text)
{
    const struct ast_value *value = first_value(arena, text);
    return value == NULL ? STR("refused") : value->text;
}

static void test_strings(struct arena *arena)
{
    TEST_TEXT("escapes stand for their characters",
              first_string(arena, "{a(b:\"\\\"\\\\\\/\\b\\f\\n\\r\\t\")}"), STR("\"\\/\b\f\n\r\t"));
    TEST_TEXT("a fixed escape is a code point", first_string(arena, "{a(b:\"\\u00E9\")}"),
              STR("\xc3\xa9"));
    TEST_TEXT("a braced escape may lie beyond the first plane",
              first_string(arena, "{a(b:\"\\u{1F600}\")}"), STR("\xf0\x9f\x98\x80"));
    TEST_TEXT("a surrogate pair is one character", first_string(arena, "{a(b:\"\\uD83D\\uDE00\")}"),
              STR("\xf0\x9f\x98\x80"));
    TEST_TEXT("a lone surrogate is refused", problem_of(arena, "{a(b:\"\\uD83D\")}"),
              STR("Syntax Error: Invalid Unicode escape sequence: \"\\uD83D\".\n"));
    TEST_TEXT("code points end at 10FFFF", problem_of(arena, "{a(b:\"\\u{110000}\")}"),
              STR("Syntax Error: Invalid Unicode escape sequence: \"\\u{110000}\".\n"));
    TEST_TEXT("three digits are not enough", problem_of(arena, "{a(b:\"\\u123\")}"),
              STR("Syntax Error: Invalid Unicode escape sequence: \"\\u123\"\".\n"));
    const struct ast_value *zero = first_value(arena, "{a(b:\"x\\u0000y\")}");
    TEST("an escaped zero is a character like others",
         zero != NULL && zero->text.len == 3 && zero->text.at[1] == 0);
    TEST_TEXT("a block string loses its common indentation",
              first_string(arena, "{a(b:\"\"\"\n    one\n      two\r\n    three\n  \n\"\"\")}"),
              STR("one\n  two\nthree"));
    TEST_TEXT("three quotes may be escaped in a block string",
              first_string(arena, "{a(b:\"\"\"x \\\"\"\" y\"\"\")}"), STR("x \"\"\" y"));
    TEST_TEXT("an empty block string is empty", first_string(arena, "{a(b:\"\"\"\"\"\")}"),
              STR(""));
    TEST_TEXT("a line end ends a string", problem_of(arena, "{a(b:\"x\ny\")}"),
              STR("Syntax Error: Unterminated string.\n"));
}

static void test_characters(struct arena *arena)
{
    static const char *const not_utf8[] = {
        "{a(b:\"\xc0\xaf\")}",
        "{a(b:\"\xff\")}",
        "{a(b:\"\xe2\x82\")}",
        "{a(b:\"\xed\xa0\x80\")}",
        "{a} # \xc3",
        "{\xe9}",
        "{a(b:\"\"\"\xf5\x80\x80\x80\"\"\")}",
    };
    for (size_t i = 0; i < sizeof(not_utf8) / sizeof(not_utf8[0]); i++)
        TEST("bytes that are not UTF-8 are refused",
             str_starts(problem_of(arena, not_utf8[i]), STR("Syntax Error: Invalid character")));
    TEST_TEXT("a byte order mark is ignored", problem_of(arena, "\xef\xbb\xbf{a}"), STR("fine"));
    TEST_TEXT("letters of other scripts are no names", problem_of(arena, "{\xd0\xb0}"),
              STR("Syntax Error: Unexpected character: U+0430.\n"));
    struct errors errors;
    parse_text(arena, STR("{\r\n  a(b: \"\xf0\x9f\x98\x80\" ?)\r}"), NULL, &errors);
    TEST("columns are counted in UTF-16 code units",
         errors.first->locations[0].line == 2 && errors.first->locations[0].column == 13);
    TEST_TEXT("nothing is no document", problem_of(arena, " ,\n# nothing\n"),
              STR("Syntax Error: Unexpected <EOF>.\n"));
    TEST_TEXT("a selection is not empty", problem_of(arena, "{a {}}"),
              STR("Syntax Error: Expected Name, found \"}\".\n"));
}

static void test_numbers(struct arena *arena)
{
    TEST("numbers", first_value(arena, "{a(b:-0)}")->kind == AST_VALUE_INT);
    TEST("numbers with a fraction or exponent",
         first_value(arena, "{a(b:1.5E+3)}")->kind == AST_VALUE_FLOAT);
    TEST_TEXT("no leading zero", problem_of(arena, "{a(b:01)}"),
              STR("Syntax Error: Invalid number, unexpected digit after 0: \"1\".\n"));
    TEST_TEXT("no leading plus", problem_of(arena, "{a(b:+1)}"),
              STR("Syntax Error: Unexpected character: \"+\".\n"));
    TEST_TEXT("a number ends where a name begins", problem_of(arena, "{a(b:1a)}"),
              STR("Syntax Error: Invalid number, expected digit but got: \"a\".\n"));
}

static void test_limits(struct arena *arena)
{
    const struct parse_limits limits = {.tokens = 1000, .depth = 12, .directives = 10};
    TEST_TEXT("twelve levels are fine",
              problem(arena, repeated(arena, "", "{a", 12, "}}}}}}}}}}}}"), &limits), STR("fine"));
    TEST_TEXT("G01: nesting is limited", problem(arena, repeated(arena, "", "{a", 13, ""), &limits),
              STR("Syntax Error: Document contains more than 12 levels of nesting. Parsing "
                  "aborted. [LIMIT]\n"));
    TEST_TEXT("G02: so are lists",
              problem(arena, repeated(arena, "{a(b:", "[", 100000, ""), &limits),
              STR("Syntax Error: Document contains more than 12 levels of nesting. Parsing "
                  "aborted. [LIMIT]\n"));
    TEST_TEXT("G02: and objects",
              problem(arena, repeated(arena, "{a(b:", "{c:", 100000, ""), &limits),
              STR("Syntax Error: Document contains more than 12 levels of nesting. Parsing "
                  "aborted. [LIMIT]\n"));
    TEST_TEXT("G03: and types",
              problem(arena, repeated(arena, "query($v:", "[", 10000, ""), &limits),
              STR("Syntax Error: Document contains more than 12 levels of nesting. Parsing "
                  "aborted. [LIMIT]\n"));
    TEST_TEXT(
        "tokens are limited", problem(arena, repeated(arena, "{", "a ", 999, "}"), &limits),
        STR("Syntax Error: Document contains more than 1000 tokens. Parsing aborted. [LIMIT]\n"));
    TEST_TEXT(
        "G11: so are directives", problem(arena, repeated(arena, "{a", " @aa", 11, "}"), &limits),
        STR("Syntax Error: Document contains more than 10 directives. Parsing aborted. [LIMIT]\n"));
    TEST_TEXT("without a limit nesting still has one",
              problem(arena, repeated(arena, "", "{a", 100000, ""), NULL),
              STR("Syntax Error: Document contains more than 500 levels of nesting. Parsing "
                  "aborted. [LIMIT]\n"));
}

static void test_time(struct arena *arena)
{
    double start = seconds();
    problem(arena, repeated(arena, "{a(b:\"\"\"", " \n", 500000, "x\"\"\")}"), NULL);
    problem(arena, repeated(arena, "{a} #", "x", 200000, ""), NULL);
    problem(arena, repeated(arena, "", "!", 100000, ""), NULL);
    problem(arena, repeated(arena, "{", "x", 1000000, "}"), NULL);
    TEST("G32 to G35: a megabyte of anything takes no time to speak of", seconds() - start < 1.0);
}

static void *parse_on_small_stack(void *context)
{
    struct arena *arena = context;
    const struct parse_limits limits = {.depth = 12};
    struct str verdict = problem(arena, repeated(arena, "", "{a", 100000, ""), &limits);
    return verdict.len > 4 ? arena : NULL;
}

/* Sanitizers need more stack for themselves than the whole of it. */
static void test_small_stack(struct arena *arena)
{
#ifdef __SANITIZE_ADDRESS__
    size_t stack_bytes = 256 * 1024;
#else
    size_t stack_bytes = 64 * 1024;
#endif
    pthread_attr_t attributes;
    pthread_t thread;
    void *result = NULL;
    pthread_attr_init(&attributes);
    pthread_attr_setstacksize(&attributes, stack_bytes);
    if (pthread_create(&thread, &attributes, parse_on_small_stack, arena) == 0)
        pthread_join(thread, &result);
    pthread_attr_destroy(&attributes);
    TEST("G01: a small stack is enough to refuse a deep document", result != NULL);
}

static void test_documents(struct arena *arena)
{
    struct errors errors;
    struct document *document = parse_text(
        arena,
        STR("\"what\" query Q(\"why\" $v: Int = 1) {a(b: $v)} \"of\" fragment F on T {x: y ...G}"),
        NULL, &errors);
    TEST("definitions may be described", document != NULL && document->definition_count == 2);
    TEST_TEXT("an operation has its description", document->definitions[0].operation.description,
              STR("what"));
    TEST_TEXT("a variable has its description",
              document->definitions[0].operation.variables[0].description, STR("why"));
    TEST_TEXT("a fragment has its description", document->definitions[1].fragment.description,
              STR("of"));
    TEST("what is counted is right", document->variable_uses == 1 && document->alias_count == 1 &&
                                         document->operation_count == 1 &&
                                         document->fragment_count == 1);
    const char *reason = NULL;
    TEST("the only operation need not be named",
         document_operation(document, (struct str){0}, &reason) != NULL);
    TEST("an operation is found by name", document_operation(document, STR("Q"), &reason) != NULL);
    TEST("another is not",
         document_operation(document, STR("R"), &reason) == NULL && reason != NULL);
    document = parse_text(arena, STR("query A {a} query B {b}"), NULL, &errors);
    TEST("one of several must be named",
         document_operation(document, (struct str){0}, &reason) == NULL);
}

int main(void)
{
    struct arena *arena = arena_create();
    test_strings(arena);
    test_characters(arena);
    test_numbers(arena);
    test_limits(arena);
    test_time(arena);
    test_small_stack(arena);
    test_documents(arena);
    arena_destroy(arena);
    return test_end();
}

/* scalars: exactly what each of them accepts, and the form the server gets it in. */
#include "language.h"

#include "graphql/coerce.h"
#include "graphql/json_literal.h"

/* The canonical form as JSON, or why it was refused. */
static struct str from_json(struct arena *arena, const char *scalar_name, const char *text)
{
    const struct scalar *scalar = scalar_find(str_of(scalar_name));
    json_t *json = json_loads(text, JSON_DECODE_ANY | JSON_ALLOW_NUL, NULL);
    struct input out;
    struct str problem;
    struct buf buf;
    buf_init(&buf, arena, 64);
    if (scalar->from_json(scalar, arena, json, &out, &problem))
        json_literal_write_input(&buf, &out);
    else
        buf_add(&buf, problem);
    struct str copy = str_copy(arena, buf_str(&buf));
    json_decref(json);
    return copy;
}

static struct str from_literal(struct arena *arena, const char *scalar_name, const char *text)
{
    const struct scalar *scalar = scalar_find(str_of(scalar_name));
    struct errors errors;
    struct document *document =
        parse_text(arena, str_printf(arena, "{a(b:%s)}", text), NULL, &errors);
    if (document == NULL)
        return messages(arena, &errors);
    struct input out;
    struct str problem;
    struct buf buf;
    buf_init(&buf, arena, 64);
    if (scalar->from_literal(
            scalar, arena,
            &document->definitions[0].operation.selections.items[0].arguments.items[0].value, &out,
            &problem))
        json_literal_write_input(&buf, &out);
    else
        buf_add(&buf, problem);
    return buf_str(&buf);
}

struct row {
    const char *scalar;
    const char *value;
    const char *want; /* NULL: refused, in whatever words */
};

static const struct row json_rows[] = {
    {"Int", "2147483647", "2147483647"},
    {"Int", "2147483648", "Int cannot represent non 32-bit signed integer value: 2147483648"},
    {"Int", "-2147483649", "Int cannot represent non 32-bit signed integer value: -2147483649"},
    {"Int", "1.0", "1"},
    {"Int", "1.5", "Int cannot represent non-integer value: 1.5"},
    {"Int", "1e300", "Int cannot represent non 32-bit signed integer value: 1e+300"},
    {"Int", "\"1\"", "Int cannot represent non-integer value: \"1\""},
    {"Float", "1e-400", "0"},
    {"Float", "\"NaN\"", "Float cannot represent non numeric value: \"NaN\""},
    {"ID", "9007199254740993", "\"9007199254740993\""},
    {"ID", "1.5", "ID cannot represent value: 1.5"},
    {"ID", "1e19", "ID cannot represent value: 10000000000000000000"},
    {"ID", "true", "ID cannot represent value: true"},
    {"Boolean", "0", "Boolean cannot represent a non boolean value: 0"},
    {"String", "[\"a\"]", "String cannot represent a non string value: [\"a\"]"},
    {"DateTime", "\"2026-10-01T12:30:00Z\"", "\"2026-10-01T12:30:00Z\""},
    {"DateTime", "\"2026-10-01T12:30:00.123456Z\"", "\"2026-10-01T12:30:00.123456Z\""},
    {"DateTime", "\"2026-03-01T00:30:00+01:00\"", "\"2026-02-28T23:30:00Z\""},
    {"DateTime", "\"2024-02-29T23:30:00.5-00:45\"", "\"2024-03-01T00:15:00.5Z\""},
    {"DateTime", "\"2025-12-31T23:00:00-01:00\"", "\"2026-01-01T00:00:00Z\""},
    {"DateTime", "\"9999-12-31T23:00:00-01:00\"", NULL},
    {"DateTime", "\"2026-10-01T12:30:00\"", NULL},
    {"DateTime", "\"2026-10-01 12:30:00Z\"", NULL},
    {"DateTime", "\"2026-10-01T24:00:00Z\"", NULL},
    {"DateTime", "\"2026-10-01T12:30:60Z\"", NULL},
    {"DateTime", "\"2026-10-01T12:30:00.1234567Z\"", NULL},
    {"DateTime", "\"2026-10-01T12:30:00.Z\"", NULL},
    {"DateTime", "1759321800", NULL},
    {"Date", "\"2024-02-29\"", "\"2024-02-29\""},
    {"Date", "\"2023-02-29\"", NULL},
    {"Date", "\"1900-02-29\"", NULL},
    {"Date", "\"2026-13-01\"", NULL},
    {"Date", "\"2026-1-1\"", NULL},
    {"Date", "\"0000-01-01\"", NULL},
    {"Date", "\"2026-01-01\\u0000\"", NULL},
    {"BigInt", "\"9223372036854775807\"", "\"9223372036854775807\""},
    {"BigInt", "\"9223372036854775808\"", NULL},
    {"BigInt", "\"-9223372036854775808\"", "\"-9223372036854775808\""},
    {"BigInt", "\"-9223372036854775809\"", NULL},
    {"BigInt", "9007199254740993", "\"9007199254740993\""},
    {"BigInt", "1.0", NULL},
    {"BigInt", "\"007\"", NULL},
    {"BigInt", "\"-0\"", NULL},
    {"BigInt", "\"\"", NULL},
    {"MinorUnits", "\"1250\"", "\"1250\""},
    {"MinorUnits", "-1250", "\"-1250\""},
    {"MinorUnits", "12.5",
     "MinorUnits cannot represent value: 12.5. Write it like \"1250\" for 12.50 EUR."},
    {"MinorUnits", "\"9223372036854775808\"", NULL},
    {"Decimal", "\"12.50\"", "\"12.50\""},
    {"Decimal", "\"-0.001\"", "\"-0.001\""},
    {"Decimal", "12", "\"12\""},
    {"Decimal", "12.5", "Decimal cannot represent value: 12.5. Write it like \"12.50\"."},
    {"Decimal", "\"1e3\"", NULL},
    {"Decimal", "\"12,50\"", NULL},
    {"Decimal", "\" 12.50\"", NULL},
    {"Decimal", "\"0x10\"", NULL},
    {"Decimal", "\"\xd9\xa1\xd9\xa2\"", NULL},
    {"Decimal", "\"12.\"", NULL},
    {"Decimal", "\".5\"", NULL},
    {"Decimal", "\"123456789012345678901234567890123456\"", NULL},
    {"UUID", "\"0F8FAD5B-d9cb-469f-a165-70867728950e\"",
     "\"0f8fad5b-d9cb-469f-a165-70867728950e\""},
    {"UUID", "\"0f8fad5bd9cb469fa16570867728950e\"", NULL},
    {"UUID", "\"0g8fad5b-d9cb-469f-a165-70867728950e\"", NULL},
    {"E164", "\"+4930123456\"", "\"+4930123456\""},
    {"E164", "\"+0301234\"", NULL},
    {"E164", "\"004930123456\"", NULL},
    {"E164", "\"+1234567890123456\"", NULL},
    {"E164", "\"+49 30\"", NULL},
    {"JSON", "{\"a\":[1,null,\"x\\u0001\"],\"b\":{}}", "{\"a\":[1,null,\"x\\u0001\"],\"b\":{}}"},
    {"Anything", "[true]", "[true]"},
};

static void test_json(struct arena *arena)
{
    for (size_t i = 0; i < sizeof(json_rows) / sizeof(json_rows[0]); i++) {
        struct str got = from_json(arena, json_rows[i].scalar, json_rows[i].value);
        struct str sentence =
            str_printf(arena, "%s from JSON %s", json_rows[i].scalar, json_rows[i].value);
        struct str refusal = str_printf(arena, "%s cannot represent value: ", json_rows[i].scalar);
        if (json_rows[i].want == NULL)
            TEST(sentence.at, str_starts(got, refusal));
        else
            TEST_TEXT(sentence.at, got, str_of(json_rows[i].want));
    }
}

static void test_literals(struct arena *arena)
{
    static const struct row rows[] = {
        {"Int", "-5", "-5"},
        {"Int", "2147483648", "Int cannot represent non 32-bit signed integer value: 2147483648"},
        {"Int", "99999999999999999999999999",
         "Int cannot represent non 32-bit signed integer value: 99999999999999999999999999"},
        {"Int", "1.0", "Int cannot represent non-integer value: 1.0"},
        {"Float", "1e400", "Float cannot represent non numeric value: 1e400"},
        {"Float", "7", "7"},
        {"Float", "-0.0", "0"},
        {"ID", "007x", "Syntax Error: Invalid number, unexpected digit after 0: \"0\".\n"},
        {"ID", "9007199254740993", "\"9007199254740993\""},
        {"String", "RED", "String cannot represent a non string value: RED"},
        {"Boolean", "1", "Boolean cannot represent a non boolean value: 1"},
        {"BigInt", "9223372036854775807", "\"9223372036854775807\""},
        {"BigInt", "9223372036854775808", NULL},
        {"Decimal", "12.50", "\"12.50\""},
        {"Decimal", "1e3", NULL},
        {"DateTime", "{a: 1}", NULL},
        {"JSON", "{a: [1.5, X, null, true, \"s\"]}", "{\"a\":[1.5,\"X\",null,true,\"s\"]}"},
    };
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        struct str got = from_literal(arena, rows[i].scalar, rows[i].value);
        struct str sentence =
            str_printf(arena, "%s from the literal %s", rows[i].scalar, rows[i].value);
        struct str refusal = str_printf(arena, "%s cannot represent value: ", rows[i].scalar);
        if (rows[i].want == NULL)
            TEST(sentence.at, str_starts(got, refusal));
        else
            TEST_TEXT(sentence.at, got, str_of(rows[i].want));
    }
}

int main(void)
{
    struct arena *arena = arena_create();
    test_json(arena);
    test_literals(arena);
    arena_destroy(arena);
    return test_end();
}

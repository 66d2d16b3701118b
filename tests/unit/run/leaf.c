/* leaf: every kind of cell as every form of JSON it may become. */
#include "base/arena.h"
#include "base/buf.h"
#include "run/run.h"
#include "unit/test.h"

static struct str written(struct arena *arena, enum form form, struct cell cell)
{
    struct buf out;
    struct str problem;
    buf_init(&out, arena, 16);
    return leaf_write(&out, form, STR("Customer"), &cell, &problem) ? buf_str(&out)
                                                                    : STR("refused");
}

static struct cell of_kind(enum cell_kind kind, int64_t integer)
{
    return (struct cell){.kind = kind, .integer = integer};
}

int main(void)
{
    struct arena *arena = arena_create();
    const int64_t second = 1000000;
    TEST_TEXT("a whole number is a number", written(arena, FORM_INT, cell_int(-5)), STR("-5"));
    TEST_TEXT("an Int beyond 32 bits is refused", written(arena, FORM_INT, cell_int(2147483648)),
              STR("refused"));
    TEST_TEXT("a BigInt is a string", written(arena, FORM_BIG_INT, cell_int(INT64_MIN)),
              STR("\"-9223372036854775808\""));
    TEST_TEXT("an unsigned BigInt keeps its value",
              written(arena, FORM_BIG_INT, of_kind(CELL_UINT, -1)),
              STR("\"18446744073709551615\""));
    TEST_TEXT("one is true", written(arena, FORM_BOOLEAN, cell_int(1)), STR("true"));
    TEST_TEXT("text is no Boolean", written(arena, FORM_BOOLEAN, cell_text(STR("1"))),
              STR("refused"));
    TEST_TEXT("text is escaped", written(arena, FORM_STRING, cell_text(STR("a\"b\\\n\x01ü"))),
              STR("\"a\\\"b\\\\\\n\\u0001ü\""));
    TEST_TEXT("a byte that is no UTF-8 is replaced",
              written(arena, FORM_STRING, cell_text(STR("a\xFFz"))), STR("\"a\xEF\xBF\xBDz\""));
    TEST_TEXT("the first day is a date", written(arena, FORM_DATE, of_kind(CELL_DATE, 0)),
              STR("\"1970-01-01\""));
    TEST_TEXT("a leap day is a date", written(arena, FORM_DATE, of_kind(CELL_DATE, 19782)),
              STR("\"2024-02-29\""));
    TEST_TEXT("a day before 1970 is a date", written(arena, FORM_DATE, of_kind(CELL_DATE, -25567)),
              STR("\"1900-01-01\""));
    TEST_TEXT("a moment is RFC 3339",
              written(arena, FORM_DATE_TIME, of_kind(CELL_TIME, 1790857800 * second)),
              STR("\"2026-10-01T12:30:00Z\""));
    TEST_TEXT("a moment keeps its microseconds",
              written(arena, FORM_DATE_TIME, of_kind(CELL_TIME, 1790857800 * second + 42)),
              STR("\"2026-10-01T12:30:00.000042Z\""));
    TEST_TEXT("a moment before 1970 keeps its fraction",
              written(arena, FORM_DATE_TIME, of_kind(CELL_TIME, -1)),
              STR("\"1969-12-31T23:59:59.999999Z\""));
    TEST_TEXT("a moment as String is what MariaDB prints",
              written(arena, FORM_STRING, of_kind(CELL_TIME, 1790857800 * second)),
              STR("\"2026-10-01 12:30:00\""));
    TEST_TEXT("a double is as short as it can be",
              written(arena, FORM_FLOAT, (struct cell){.kind = CELL_DOUBLE, .real = 0.1}),
              STR("0.1"));
    TEST_TEXT("a large double has an exponent",
              written(arena, FORM_FLOAT, (struct cell){.kind = CELL_DOUBLE, .real = 1e300}),
              STR("1e+300"));
    TEST_TEXT("JSON is written as it is", written(arena, FORM_JSON, cell_text(STR("{\"a\":[1]}"))),
              STR("{\"a\":[1]}"));
    arena_destroy(arena);
    return test_end();
}

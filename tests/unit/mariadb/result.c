/* result: rows that are not as the protocol says never lead out of their bytes. */
#include "mariadb/result.h"

#include "base/arena.h"
#include "unit/test.h"
#include <stdlib.h>

enum { COLUMNS = 9, RANDOM_ROWS = 200000 };

static MYSQL_FIELD fields[COLUMNS] = {
    {.type = MYSQL_TYPE_LONGLONG},   {.type = MYSQL_TYPE_VAR_STRING}, {.type = MYSQL_TYPE_DATE},
    {.type = MYSQL_TYPE_DATETIME},   {.type = MYSQL_TYPE_TIME},       {.type = MYSQL_TYPE_FLOAT},
    {.type = MYSQL_TYPE_NEWDECIMAL}, {.type = MYSQL_TYPE_BIT},        {.type = MYSQL_TYPE_TINY},
};

/* A zero, two bytes of NULLs, and a value per column; the last column is NULL. */
static const unsigned char good_row[] = {
    0,  0,    0x04,                                       /* bit 2 + 8 */
    1,  0,    0,    0,    0,   0, 0, 0x80,                /* BIGINT */
    3,  'a',  'b',  'c',                                  /* VARCHAR */
    4,  0xb2, 0x07, 1,    1,                              /* DATE 1970-01-01 */
    7,  0xb2, 0x07, 1,    2,   0, 0, 1,                   /* DATETIME 1970-01-02 00:00:01 */
    12, 1,    0,    0,    0,   0, 1, 2,    3, 4, 0, 0, 0, /* TIME -01:02:03.000004 */
    0,  0,    0xc0, 0x3f,                                 /* FLOAT 1.5 */
    4,  '1',  '.',  '5',  '0',                            /* DECIMAL */
    2,  1,    2,                                          /* BIT */
};

/* The row lies at the very end of an allocation, so that a sanitizer sees a byte too many. */
static enum status read(struct arena *arena, const unsigned char *bytes, size_t len,
                        struct rows *rows)
{
    unsigned char *copy = malloc(len == 0 ? 1 : len);
    memcpy(copy, bytes, len);
    MYSQL_ROWS row = {.data = (MYSQL_ROW)copy, .length = len};
    MYSQL_STMT stmt = {
        .fields = fields, .field_count = COLUMNS, .result = {.data = &row, .rows = 1}};
    enum status status = result_read(&stmt, arena, rows);
    free(copy);
    return status;
}

static void test_good(struct arena *arena)
{
    struct rows rows;
    TEST("a row is read",
         read(arena, good_row, sizeof(good_row), &rows) == STATUS_OK && rows.count == 1);
    const struct cell *cells = rows.cells;
    TEST("integers", cells[0].kind == CELL_INT && cells[0].integer == INT64_MIN + 1);
    TEST_TEXT("text", cell_str(&cells[1]), STR("abc"));
    TEST("dates", cells[2].kind == CELL_DATE && cells[2].integer == 0);
    TEST("moments", cells[3].kind == CELL_TIME && cells[3].integer == 86401000000);
    TEST_TEXT("durations", cell_str(&cells[4]), STR("-01:02:03.000004"));
    TEST("floats", cells[5].kind == CELL_DOUBLE && cells[5].real == 1.5);
    TEST_TEXT("decimals", cell_str(&cells[6]), STR("1.50"));
    TEST("bits", cells[7].kind == CELL_INT && cells[7].integer == 258);
    TEST("NULL", cells[8].kind == CELL_NULL);
}

static void test_cut(struct arena *arena)
{
    bool all = true;
    struct rows rows;
    for (size_t len = 0; len < sizeof(good_row); len++)
        all &= read(arena, good_row, len, &rows) == STATUS_INTERNAL && rows.count == 0;
    TEST("a row cut off anywhere is refused", all);
    unsigned char longer[sizeof(good_row) + 1] = {0};
    memcpy(longer, good_row, sizeof(good_row));
    TEST("so is one with more than belongs to it",
         read(arena, longer, sizeof(longer), &rows) == STATUS_INTERNAL);
}

static void test_lengths(struct arena *arena)
{
    static const unsigned char first[] = {251, 252, 253, 254, 255, 250};
    struct rows rows;
    bool all = true;
    for (size_t i = 0; i < sizeof(first); i++) {
        unsigned char row[sizeof(good_row)];
        memcpy(row, good_row, sizeof(row));
        row[11] = first[i]; /* the length of the VARCHAR */
        all &= read(arena, row, sizeof(row), &rows) == STATUS_INTERNAL;
    }
    TEST("a text longer than its row is refused", all);
}

static void test_random(void)
{
    srandom(1);
    unsigned refused = 0, read_well = 0;
    for (int i = 0; i < RANDOM_ROWS; i++) {
        struct arena *arena = arena_create();
        unsigned char row[sizeof(good_row)];
        memcpy(row, good_row, sizeof(row));
        for (long changes = 1 + random() % 4; changes > 0; changes--)
            row[random() % sizeof(row)] = (unsigned char)random();
        struct rows rows;
        if (read(arena, row, sizeof(row), &rows) == STATUS_OK)
            read_well++;
        else
            refused++;
        arena_destroy(arena);
    }
    TEST("of rows with bytes changed at random some are refused", refused > RANDOM_ROWS / 10);
    TEST("and some are rows all the same", read_well > RANDOM_ROWS / 10);
}

int main(void)
{
    struct arena *arena = arena_create();
    test_good(arena);
    test_cut(arena);
    test_lengths(arena);
    test_random();
    arena_destroy(arena);
    return test_end();
}

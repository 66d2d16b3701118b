/* number: check digits, and which numbers are given out. */
#include "number.h"

#include "base/arena.h"
#include "mariadb/database.h"
#include <assert.h>

enum { BILLS_OF_ACCOUNT = 1000 };

/* clang-format off */
/* A totally anti-symmetric quasigroup of order 10 (H. M. Damm, 2004). */
static const uint8_t quasigroup[10][10] = {
    {0, 3, 1, 7, 5, 9, 8, 6, 4, 2}, {7, 0, 9, 2, 1, 5, 4, 8, 6, 3}, {4, 2, 0, 6, 8, 7, 1, 3, 5, 9},
    {1, 7, 5, 0, 9, 8, 3, 4, 2, 6}, {6, 1, 2, 3, 0, 4, 5, 9, 7, 8}, {3, 6, 7, 4, 2, 0, 9, 5, 8, 1},
    {5, 8, 6, 9, 7, 2, 0, 1, 3, 4}, {8, 9, 4, 5, 3, 6, 2, 0, 1, 7}, {9, 4, 3, 8, 6, 1, 7, 2, 0, 5},
    {2, 5, 8, 1, 4, 3, 6, 7, 9, 0},
};

static const struct {
    const char *sequence;
    int64_t generated_from;
} number_kinds[] = {
    [NUMBER_CUSTOMER] = {"customer", 100000000},
    [NUMBER_ACCOUNT]  = {"account",  500000000},
    [NUMBER_ORDER]    = {"order",    700000000},
    [NUMBER_TICKET]   = {"ticket",   800000000},
};
/* clang-format on */

/* 0 after a number that carries its check digit. */
static unsigned interim_digit(struct str digits)
{
    unsigned interim = 0;
    for (size_t i = 0; i < digits.len; i++)
        interim = quasigroup[interim][digits.at[i] - '0'];
    return interim;
}

static struct str with_check_digit(struct arena *arena, int64_t body)
{
    struct str digits = str_printf(arena, "%lld", (long long)body);
    return str_printf(arena, STR_FMT "%u", STR_ARG(digits), interim_digit(digits));
}

struct str number_text(struct arena *arena, int64_t body)
{
    assert(body >= 100000000 && body <= 999999999);
    return with_check_digit(arena, body);
}

struct str number_of_bill(struct arena *arena, int64_t account_body, int place)
{
    assert(place >= 1 && place < BILLS_OF_ACCOUNT);
    return with_check_digit(arena, account_body * BILLS_OF_ACCOUNT + place);
}

bool number_valid(struct str text)
{
    if (text.len < 2)
        return false;
    for (size_t i = 0; i < text.len; i++) {
        if (text.at[i] < '0' || text.at[i] > '9')
            return false;
    }
    return interim_digit(text) == 0;
}

int64_t number_generated(enum number_kind kind, int64_t ordinal)
{
    assert(ordinal >= 0 && ordinal < NUMBER_GENERATED_LIMIT);
    /* The limit is a prime, so multiplying by any number below it permutes what is below it. */
    const int64_t step = 30901699;
    return number_kinds[kind].generated_from + ordinal * step % NUMBER_GENERATED_LIMIT;
}

enum status number_take(struct database *database, struct arena *arena, enum number_kind kind,
                        int64_t count, int64_t *first)
{
    struct cell name = cell_text(str_of(number_kinds[kind].sequence));
    struct cell parameters[] = {cell_int(count), name};
    struct rows rows;
    TRY(database_run(database, arena,
                     STR("SELECT next FROM number_sequence WHERE name = ? FOR UPDATE"), &name, 1,
                     &rows));
    if (rows.count != 1)
        return STATUS_INTERNAL;
    *first = rows.cells[0].integer;
    return database_run(database, arena,
                        STR("UPDATE number_sequence SET next = next + ? WHERE name = ?"),
                        parameters, 2, NULL);
}

/* Numbers that are read aloud: a slip of the tongue is noticed. */
#include "unit/test.h"

#include "base/arena.h"
#include "db/number.h"
#include <stdlib.h>

static struct arena *arena;

static bool every_single_wrong_digit_is_noticed(int64_t body)
{
    struct str number = number_text(arena, body);
    char changed[16];
    for (size_t i = 0; i < number.len; i++) {
        for (char digit = '0'; digit <= '9'; digit++) {
            memcpy(changed, number.at, number.len);
            changed[i] = digit;
            bool same = digit == number.at[i];
            if (number_valid((struct str){changed, number.len}) != same)
                return false;
        }
    }
    return true;
}

static bool every_swap_of_neighbours_is_noticed(int64_t body)
{
    struct str number = number_text(arena, body);
    char changed[16];
    for (size_t i = 0; i + 1 < number.len; i++) {
        memcpy(changed, number.at, number.len);
        changed[i] = number.at[i + 1];
        changed[i + 1] = number.at[i];
        bool same = changed[i] == changed[i + 1];
        if (number_valid((struct str){changed, number.len}) != same)
            return false;
    }
    return true;
}

static int compare(const void *a, const void *b)
{
    int64_t left = *(const int64_t *)a, right = *(const int64_t *)b;
    return left < right ? -1 : left > right;
}

static bool never_the_same(void)
{
    enum { COUNT = 200000 };
    int64_t *bodies = malloc(sizeof(*bodies) * COUNT);
    for (int i = 0; i < COUNT; i++)
        bodies[i] = number_generated(
            NUMBER_ORDER, i < COUNT / 2 ? i : NUMBER_GENERATED_LIMIT - 1 - (i - COUNT / 2));
    qsort(bodies, COUNT, sizeof(*bodies), compare);
    bool same = false;
    for (int i = 1; i < COUNT; i++)
        same = same || bodies[i] == bodies[i - 1];
    bool within = bodies[0] >= 700000000 && bodies[COUNT - 1] < 750000000;
    free(bodies);
    return within && !same;
}

static void test_bills(void)
{
    struct str first = number_of_bill(arena, 544427265, 1),
               last = number_of_bill(arena, 544427265, 999);
    TEST("a bill's number is its account's, its place and a check digit",
         str_starts(first, STR("544427265001")) && first.len == 13 && number_valid(first));
    TEST("and fits for 83 years", str_starts(last, STR("544427265999")) && number_valid(last));
}

int main(void)
{
    arena = arena_create();
    TEST_TEXT("a number is nine digits and one more", number_text(arena, 150000000),
              STR("1500000001"));
    TEST("it is valid", number_valid(STR("1500000001")));
    TEST("the published example is valid", number_valid(STR("5724")) && !number_valid(STR("5725")));
    bool digits = true, swaps = true;
    for (int64_t i = 0; i < 500; i++) {
        digits = digits && every_single_wrong_digit_is_noticed(100000000 + i * 1789573);
        swaps = swaps && every_swap_of_neighbours_is_noticed(100000000 + i * 1789573);
    }
    TEST("every single wrong digit is noticed", digits);
    TEST("every swap of neighbours is noticed", swaps);
    TEST("letters, blanks and too few digits are no numbers",
         !number_valid(STR("15000000O1")) && !number_valid(STR("150000000 1")) &&
             !number_valid(STR("1")) && !number_valid(STR("")));
    TEST("generated numbers stay below those given out, and never meet", never_the_same());
    test_bills();
    arena_destroy(arena);
    return test_end();
}

/* test: what a unit test program needs. Each test is a sentence that holds or does not.
 *
 *     int main(void)
 *     {
 *         TEST("an empty arena holds no bytes", arena_bytes(arena) == 0);
 *         return test_end();
 *     }
 */
#pragma once

#include "base/str.h"
#include <stdio.h>

static unsigned test_count, test_failures;

static inline bool test_report(bool holds, const char *sentence, const char *file, int line)
{
    test_count++;
    printf("%sok %u - %s\n", holds ? "" : "not ", test_count, sentence);
    if (!holds) {
        test_failures++;
        printf("# at %s:%d\n", file, line);
    }
    return holds;
}

static inline bool test_report_text(struct str got, struct str want, const char *sentence,
                                    const char *file, int line)
{
    bool same = test_report(str_equal(got, want), sentence, file, line);
    if (!same)
        printf("# got:  " STR_FMT "\n# want: " STR_FMT "\n", STR_ARG(got), STR_ARG(want));
    return same;
}

#define TEST(sentence, condition) test_report((condition), (sentence), __FILE__, __LINE__)
#define TEST_TEXT(sentence, got, want) \
    test_report_text((got), (want), (sentence), __FILE__, __LINE__)

static inline int test_end(void)
{
    printf("1..%u\n", test_count);
    return test_failures == 0 && test_count > 0 ? 0 : 1;
}

/* Pauses between attempts grow, have an end, and are not all alike. */
#include "outbox/internal.h"

#include "unit/test.h"
#include <sodium.h>

static const int64_t SECOND = 1000000;

static bool lies_around(uint32_t pause_s, uint32_t attempts, int64_t seconds)
{
    bool around = true;
    for (int i = 0; i < 1000; i++) {
        int64_t pause = settle_pause(pause_s, attempts);
        around &= pause >= seconds * SECOND * 3 / 4 && pause <= seconds * SECOND * 5 / 4;
    }
    return around;
}

static bool differs(void)
{
    int64_t first = settle_pause(60, 1);
    for (int i = 0; i < 100; i++) {
        if (settle_pause(60, 1) != first)
            return true;
    }
    return false;
}

int main(void)
{
    if (sodium_init() < 0)
        return 1;
    TEST("the first pause is what was asked for, a quarter more or less", lies_around(60, 1, 60));
    TEST("each is twice as long as the one before",
         lies_around(60, 2, 120) && lies_around(60, 5, 960));
    TEST("none is longer than six hours",
         lies_around(60, 100, 6 * 3600) && lies_around(86400, 1, 6 * 3600));
    TEST("two that failed together do not come back together", differs());
    return test_end();
}

/* Every pair of states of a number that moves: what may follow on what, spelled out a second time.
 */
#include "unit/test.h"

#include "order/port_state.h"

static const char *const arrows[] = {
    "REQUESTED CONFIRMED",
    "REQUESTED REFUSED",
    "REQUESTED CANCELLED",
    "REQUESTED HELD",
    "CONFIRMED DONE",
    "CONFIRMED REFUSED",
    "CONFIRMED CANCELLED",
    "CONFIRMED HELD",
    "HELD REQUESTED",
    "HELD CONFIRMED",
    "HELD REFUSED",
    "HELD CANCELLED",
    NULL,
};

static bool is_allowed(const char *from, const char *to)
{
    char arrow[64];
    const char *const *at = arrows;
    snprintf(arrow, sizeof(arrow), "%s %s", from, to);
    while (*at != NULL && strcmp(*at, arrow) != 0)
        at++;
    return *at != NULL;
}

static void test_pairs(void)
{
    for (enum port_status from = 0; from < PORT_STATUSES; from++) {
        for (enum port_status to = 0; to < PORT_STATUSES; to++) {
            const char *before = port_status_name(from), *after = port_status_name(to);
            bool wanted = is_allowed(before, after);
            char sentence[128];
            snprintf(sentence, sizeof(sentence), "S1-23 a number that is %s %s %s", before,
                     wanted ? "may become" : "never becomes", after);
            TEST(sentence, port_may_become(from, to) == wanted);
        }
    }
}

int main(void)
{
    test_pairs();
    TEST("a status is found by its name", port_status_named(STR("HELD")) == PORT_HELD);
    TEST("what is no status is none", port_status_named(STR("held")) == PORT_STATUSES);
    TEST("nothing follows on what is not there",
         !port_may_become(PORT_STATUSES, PORT_DONE) && !port_may_become(PORT_HELD, PORT_STATUSES));
    TEST("what is done, refused or called off has ended", port_status_is_end(PORT_DONE) &&
                                                              port_status_is_end(PORT_REFUSED) &&
                                                              port_status_is_end(PORT_CANCELLED));
    TEST("what waits for somebody has not", !port_status_is_end(PORT_HELD));
    return test_end();
}

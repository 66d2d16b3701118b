/* Every pair of states: what may follow on what, spelled out a second time as TM Forum draws it. */
#include "unit/test.h"

#include "order/state.h"

/* "FROM TO", for orders. */
static const char *const order_arrows[] = {
    "ACKNOWLEDGED REJECTED",
    "ACKNOWLEDGED IN_PROGRESS",
    "ACKNOWLEDGED PENDING",
    "IN_PROGRESS PENDING",
    "IN_PROGRESS HELD",
    "IN_PROGRESS ASSESSING_CANCELLATION",
    "IN_PROGRESS COMPLETED",
    "IN_PROGRESS FAILED",
    "IN_PROGRESS PARTIAL",
    "PENDING IN_PROGRESS",
    "PENDING CANCELLED",
    "PENDING ASSESSING_CANCELLATION",
    "HELD IN_PROGRESS",
    "HELD CANCELLED",
    "HELD ASSESSING_CANCELLATION",
    "ASSESSING_CANCELLATION IN_PROGRESS",
    "ASSESSING_CANCELLATION PENDING",
    "ASSESSING_CANCELLATION HELD",
    "ASSESSING_CANCELLATION PENDING_CANCELLATION",
    "PENDING_CANCELLATION CANCELLED",
    NULL,
};

static const char *const product_arrows[] = {
    "CREATED PENDING_ACTIVE",
    "CREATED ACTIVE",
    "CREATED CANCELLED", /* given up before anybody looked at it */
    "CREATED ABORTED",
    "PENDING_ACTIVE ACTIVE",
    "PENDING_ACTIVE ABORTED",
    "PENDING_ACTIVE CANCELLED",
    "ACTIVE SUSPENDED",
    "ACTIVE PENDING_TERMINATE",
    "ACTIVE TERMINATED",
    "SUSPENDED ACTIVE",
    "SUSPENDED PENDING_TERMINATE",
    "PENDING_TERMINATE TERMINATED",
    "PENDING_TERMINATE ACTIVE", /* the order to end it was cancelled */
    "PENDING_TERMINATE SUSPENDED",
    NULL,
};

static bool has(const char *const *arrows, const char *from, const char *to)
{
    char arrow[64];
    snprintf(arrow, sizeof(arrow), "%s %s", from, to);
    while (*arrows != NULL && strcmp(*arrows, arrow) != 0)
        arrows++;
    return *arrows != NULL;
}

static void test_orders(void)
{
    for (enum order_state from = 0; from < ORDER_STATES; from++) {
        for (enum order_state to = 0; to < ORDER_STATES; to++) {
            const char *before = order_state_name(from), *after = order_state_name(to);
            bool wanted = has(order_arrows, before, after);
            char sentence[128];
            snprintf(sentence, sizeof(sentence), "S1-33 an order that is %s %s %s", before,
                     wanted ? "may become" : "never becomes", after);
            TEST(sentence, order_may_become(from, to) == wanted);
            TEST("so does an item, but for PARTIAL",
                 order_item_may_become(from, to) == (wanted && to != ORDER_PARTIAL));
        }
    }
}

static void test_products(void)
{
    for (enum product_status from = 0; from < PRODUCT_STATUSES; from++) {
        for (enum product_status to = 0; to < PRODUCT_STATUSES; to++) {
            const char *before = product_status_name(from), *after = product_status_name(to);
            bool wanted = has(product_arrows, before, after);
            char sentence[128];
            snprintf(sentence, sizeof(sentence), "S1-34 a product that is %s %s %s", before,
                     wanted ? "may become" : "never becomes", after);
            TEST(sentence, product_may_become(from, to) == wanted);
        }
    }
}

static void test_names(void)
{
    TEST("a state is found by its name", order_state_named(STR("HELD")) == ORDER_HELD);
    TEST("what is no state is none", order_state_named(STR("held")) == ORDER_STATES);
    TEST("nor is nothing", order_state_named((struct str){0}) == ORDER_STATES);
    TEST("a status is found by its name", product_status_named(STR("ABORTED")) == PRODUCT_ABORTED);
    TEST("what is no status is none", product_status_named(STR("GONE")) == PRODUCT_STATUSES);
    TEST("nothing follows on what is not there",
         !order_may_become(ORDER_STATES, ORDER_HELD) &&
             !order_may_become(ORDER_HELD, ORDER_STATES) &&
             !product_may_become(PRODUCT_STATUSES, PRODUCT_ACTIVE) &&
             !product_may_become(PRODUCT_ACTIVE, PRODUCT_STATUSES));
}

static void test_ends(void)
{
    TEST("an order that is done has ended", order_state_is_end(ORDER_COMPLETED));
    TEST("and so has one done in part", order_state_is_end(ORDER_PARTIAL));
    TEST("one that is held has not", !order_state_is_end(ORDER_HELD));
    TEST("a suspended product is the customer's", product_status_is_held(PRODUCT_SUSPENDED));
    TEST("one that is still to come is not", !product_status_is_held(PRODUCT_PENDING_ACTIVE));
}

int main(void)
{
    test_orders();
    test_products();
    test_names();
    test_ends();
    return test_end();
}

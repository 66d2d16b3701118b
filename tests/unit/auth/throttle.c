/* throttle: guessing gets slow, and nobody is locked out by strangers. */
#include "auth/throttle.h"

#include "unit/test.h"
#include <sodium.h>
#include <stdio.h>

#define ANNA      STR("anna")
#define HOME      STR("\x0a\x00\x00\x01")
#define ELSEWHERE STR("\xc0\xa8\x00\x02")

static void test_accounts(void)
{
    struct throttle *throttle = throttle_create();
    uint64_t now = 1000000;
    unsigned waits = 0;
    for (int i = 0; i < 5; i++)
        waits += throttle_attempt(throttle, ANNA, HOME, now);
    TEST("five attempts are free", waits == 0);
    TEST("the sixth goes on", throttle_attempt(throttle, ANNA, HOME, now) == 0);
    TEST("the seventh waits a second", throttle_attempt(throttle, ANNA, HOME, now) == 1);
    TEST("from anywhere", throttle_attempt(throttle, ANNA, ELSEWHERE, now) == 1);
    TEST("others do not wait", throttle_attempt(throttle, STR("berta"), HOME, now) == 0);
    now += 1000;
    TEST("after the second it goes on", throttle_attempt(throttle, ANNA, HOME, now) == 0);
    TEST("then it is two seconds", throttle_attempt(throttle, ANNA, HOME, now) == 2);
    for (int i = 0; i < 20; i++) {
        now += 60000;
        waits = throttle_attempt(throttle, ANNA, HOME, now);
    }
    TEST("a minute is the longest wait",
         waits == 0 && throttle_attempt(throttle, ANNA, HOME, now) == 60);
    now += 60000;
    throttle_attempt(throttle, ANNA, HOME, now);
    throttle_success(throttle, ANNA, HOME, now);
    TEST("a success ends the waiting", throttle_attempt(throttle, ANNA, HOME, now) == 0);
    throttle_destroy(throttle);
}

static void test_strangers(void)
{
    struct throttle *throttle = throttle_create();
    uint64_t now = 1000000;
    throttle_attempt(throttle, ANNA, HOME, now);
    throttle_success(throttle, ANNA, HOME, now);
    for (int i = 0; i < 50; i++)
        throttle_attempt(throttle, ANNA, ELSEWHERE, now += 10);
    TEST("a stranger who guesses waits", throttle_attempt(throttle, ANNA, ELSEWHERE, now) > 0);
    TEST("the owner, where she signed in before, does not",
         throttle_attempt(throttle, ANNA, HOME, now) == 0);
    for (int i = 0; i < 6; i++)
        throttle_attempt(throttle, ANNA, HOME, now);
    TEST("though there, too, guessing gets slow", throttle_attempt(throttle, ANNA, HOME, now) > 0);
    throttle_destroy(throttle);
}

static void test_addresses(void)
{
    struct throttle *throttle = throttle_create();
    uint64_t now = 1000000;
    char name[16];
    unsigned let_through = 0;
    for (int i = 0; i < 1000; i++) {
        snprintf(name, sizeof(name), "user%d", i);
        let_through += throttle_attempt(throttle, str_of(name), HOME, now) == 0;
    }
    TEST("one address tries a hundred accounts at once and no more", let_through == 100);
    TEST("another address is not concerned", throttle_attempt(throttle, ANNA, ELSEWHERE, now) == 0);
    now += 5000;
    let_through = 0;
    for (int i = 0; i < 100; i++) {
        snprintf(name, sizeof(name), "more%d", i);
        let_through += throttle_attempt(throttle, str_of(name), HOME, now) == 0;
    }
    TEST("five seconds give ten more", let_through == 10);
    throttle_destroy(throttle);
}

static void test_memory(void)
{
    struct throttle *throttle = throttle_create();
    char name[16], address[8];
    for (int i = 0; i < 200000; i++) {
        int len = snprintf(name, sizeof(name), "u%d", i);
        snprintf(address, sizeof(address), "%d", i % 5000);
        throttle_attempt(throttle, (struct str){name, (size_t)len}, str_of(address),
                         1000000 + (uint64_t)i);
    }
    TEST("two hundred thousand names fit", throttle_attempt(throttle, ANNA, HOME, 3000000) == 0);
    throttle_destroy(throttle);
}

int main(void)
{
    if (sodium_init() < 0)
        return 1;
    test_accounts();
    test_strangers();
    test_addresses();
    test_memory();
    return test_end();
}

/* password: what is hashed can be checked, and a name that nobody has takes as long as one that
 * exists. */
#include "auth/password.h"

#include "base/arena.h"
#include "unit/test.h"
#include <sodium.h>
#include <time.h>

static struct arena *arena;

/* Of the processor, so that other programs do not count; the shortest of a few. */
static double seconds_of_check(struct str hash)
{
    double shortest = 1e9;
    for (int i = 0; i < 5; i++) {
        clock_t begin = clock();
        password_check(arena, hash, STR("wrong"));
        double seconds = (double)(clock() - begin) / CLOCKS_PER_SEC;
        shortest = seconds < shortest ? seconds : shortest;
    }
    return shortest;
}

int main(void)
{
    if (sodium_init() < 0)
        return 1;
    arena = arena_create();
    struct str hash = password_hash(arena, STR("correct horse"));
    TEST("a password can be hashed", str_starts(hash, STR("$argon2id$v=19$m=19456,t=2,p=1$")));
    TEST("the password is right", password_check(arena, hash, STR("correct horse")));
    TEST("another one is not", !password_check(arena, hash, STR("correct house")));
    TEST("its beginning is not", !password_check(arena, hash, STR("correct")));
    TEST("nothing is not", !password_check(arena, hash, STR("")));
    TEST("no hash fits nothing", !password_check(arena, STR(""), STR("")));
    TEST("a broken hash fits nothing",
         !password_check(arena, STR("$argon2id$v=19$m=19456"), STR("x")));
    TEST("two hashes of one password differ",
         !str_equal(hash, password_hash(arena, STR("correct horse"))));
    double known = seconds_of_check(hash), unknown = seconds_of_check(STR(""));
    TEST("an unknown name takes as long as a known one",
         known < unknown * 1.5 && unknown < known * 1.5);
    arena_destroy(arena);
    return test_end();
}

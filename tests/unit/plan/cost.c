/* cost: the formula against values computed by hand. */
#include "plan/cost.h"
#include "base/arena.h"
#include "plan/plan.h"
#include "unit/test.h"

enum { ROOT, CUSTOMERS, PRODUCTS, OFFERING, PRICES, COUNT, TABS, NODES, FETCHES };

static struct arena *arena;
static struct fetch fetches[FETCHES];
static struct fetch *pointers[FETCHES];
static bool live[2];
static uint32_t sizes[FETCHES];
static struct cost_share shares[FETCHES];

static const struct type_use named = {.kind = USE_NAMED};
static const struct type_use list = {.kind = USE_LIST, .of = &named};
static const struct field one_object = {.type = &named}, objects = {.type = &list};

static const struct binding page = {.kind = BIND_CONNECTION, .average = 5};
static const struct binding search = {.kind = BIND_CONNECTION, .average = 10};
static const struct binding row = {.kind = BIND_ONE};
static const struct binding rows = {.kind = BIND_LIST, .limit = 50, .average = 2};
static const struct binding by_id = {.kind = BIND_ONE, .is_node = true};

/* customers { nodes { products { nodes { offering prices } totalCount } } } tabs nodes(ids:) */
static void make(struct plan *plan)
{
    const struct fetch made[FETCHES] = {
        [ROOT] = {.kind = FETCH_ROOT},
        [CUSTOMERS] = {.kind = FETCH_ROWS, .binding = &search, .parent = &fetches[ROOT]},
        [PRODUCTS] = {.kind = FETCH_ROWS, .binding = &page, .parent = &fetches[CUSTOMERS]},
        [OFFERING] = {.kind = FETCH_ROWS,
                      .binding = &row,
                      .parent = &fetches[PRODUCTS],
                      .condition = 1},
        [PRICES] = {.kind = FETCH_ROWS, .binding = &rows, .parent = &fetches[OFFERING]},
        [COUNT] = {.kind = FETCH_COUNT, .binding = &page, .parent = &fetches[CUSTOMERS]},
        [TABS] = {.kind = FETCH_OBJECTS, .field = &objects, .parent = &fetches[ROOT]},
        [NODES] = {.kind = FETCH_ROWS, .binding = &by_id, .parent = &fetches[ROOT]},
    };
    for (uint32_t i = 0; i < FETCHES; i++) {
        fetches[i] = made[i];
        fetches[i].index = i;
        pointers[i] = &fetches[i];
    }
    *plan = (struct plan){.arena = arena, .fetches = pointers, .fetch_count = FETCHES};
    cost_compile(plan);
    live[0] = live[1] = true;
    sizes[CUSTOMERS] = 100;
    sizes[PRODUCTS] = 20;
    sizes[PRICES] = 50;
}

static void test_shares(const struct plan *plan)
{
    struct cost cost = cost_evaluate(plan, live, sizes, shares);
    TEST("at the root as many rows as are asked for, in one statement",
         shares[CUSTOMERS].rows == 100 && shares[CUSTOMERS].points == 10 + 100);
    TEST("below, as many as there usually are; when those are few, all parents in one statement",
         shares[PRODUCTS].rows == 500 && shares[PRODUCTS].points == 10 + 500);
    TEST("one row for each parent, 512 of them to a statement",
         shares[OFFERING].rows == 500 && shares[OFFERING].points == 10 + 500);
    TEST("a list as long as it usually is; what it may hold bounds the parents of a statement",
         shares[PRICES].rows == 1000 && shares[PRICES].points == 10 * 2 + 1000);
    TEST("a count reads what it counts and gives one row",
         shares[COUNT].rows == 100 && shares[COUNT].points == 10 + 100 * 5);
    TEST("ten objects in memory weigh as much as a row", shares[TABS].points == 1);
    TEST("an id that names no such row costs nothing", !shares[NODES].live);
    TEST("the whole is the sum of its parts", cost.points == 110 + 510 + 510 + 1020 + 510 + 1);
    TEST("the dearest part is known", cost.dearest == PRICES);
    TEST("rows at most: full pages, full lists, and what is read before a list is cut",
         cost.rows_at_most ==
             101 + (100 * 21 * 5 + 1024) + 2000 + (2000 * 51 * 5 + 1024 * 8) + 100);
}

static void test_requests(const struct plan *plan)
{
    sizes[PRODUCTS] = 2;
    sizes[NODES] = 3;
    cost_evaluate(plan, live, sizes, shares);
    TEST("a page smaller than usual counts as it is", shares[PRODUCTS].rows == 200);
    TEST("ids count one by one", shares[NODES].points == 10 + 3);
    sizes[PRODUCTS] = 1;
    cost_evaluate(plan, live, sizes, shares);
    TEST("the beginnings of longer lists are fetched parent by parent, 64 to a statement",
         shares[PRODUCTS].points == 10 * 2 + 100);
    live[1] = false;
    struct cost cost = cost_evaluate(plan, live, sizes, shares);
    TEST("what is left out costs nothing, and nothing below it",
         !shares[OFFERING].live && !shares[PRICES].live && cost.points == 110 + 120 + 510 + 1 + 13);
}

static void test_objects(void)
{
    struct fetch inner = {.kind = FETCH_OBJECTS, .field = &one_object, .parent = &fetches[TABS]};
    fetches[TABS].index = 1;
    inner.index = 2;
    struct fetch *few[] = {&fetches[ROOT], &fetches[TABS], &inner};
    struct plan plan = {.arena = arena, .fetches = few, .fetch_count = 3};
    cost_compile(&plan);
    const uint32_t none[3] = {0};
    struct cost cost = cost_evaluate(&plan, live, none, shares);
    TEST("objects read no rows", cost.points == 2 && cost.rows_at_most == 0);
}

int main(void)
{
    struct plan plan;
    arena = arena_create();
    make(&plan);
    test_shares(&plan);
    test_requests(&plan);
    test_objects();
    arena_destroy(arena);
    return test_end();
}

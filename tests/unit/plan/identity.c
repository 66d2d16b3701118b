/* identity: what a document asks twice is fetched once. */
#include "base/buf.h"
#include "unit/plan/planned.h"

static struct planned planned;

static const char schema[] =
    "type Query { shop(id: ID!): Shop @one(key: \"id\") shops: ShopConnection! @many(order: "
    "\"id\") }\n"
    "type Mutation { shop(id: ID!): Shop @one(key: \"id\") }\n"
    "type Shop @table(name: \"shop\") @public { id: ID! name: String! owner: Person @one\n"
    "  things: ThingConnection! @many(key: \"shop_id\", order: \"id\") people: [Person!]! "
    "@many(key: "
    "\"shop_id\", order: \"id\") }\n"
    "type Thing @table(name: \"thing\") @public { id: ID! name: String! price: Int! }\n"
    "type Person @table(name: \"person\") @public { id: ID! name: String! shops: [Shop!]! "
    "@many(key: "
    "\"owner_id\", order: \"id\") }\n";

/* Whether the document has that many fetches, the root left aside. */
static bool fetches(const char *query, uint32_t wanted)
{
    const struct plan *plan = planned_plan(&planned, query);
    if (plan == NULL)
        printf("# " STR_FMT "\n", STR_ARG(planned.problem));
    else if (plan->fetch_count != wanted + 1)
        printf("# " STR_FMT "\n", STR_ARG(planned_text(&planned, query)));
    return plan != NULL && plan->fetch_count == wanted + 1;
}

static void test_same(void)
{
    TEST("two names for one row", fetches("{ a: shop(id: 1) { name } b: shop(id: 1) { id } }", 1));
    TEST("two variables of one name",
         fetches("query ($x: ID!) { a: shop(id: $x) { name } b: shop(id: $x) { id } }", 1));
    TEST("two pages of one size",
         fetches(
             "{ shop(id: 1) { a: things(first: 3) { nodes { name } } b: things(first: 3) { nodes { "
             "price } pageInfo { hasNextPage } } } }",
             2));
    TEST("what is below them, too",
         fetches("{ a: shop(id: 1) { people { name } } b: shop(id: 1) { people { id } } }", 2));
    TEST("two counts of one list",
         fetches(
             "{ shop(id: 1) { a: things { totalCount } b: things { totalCount nodes { id } } } }",
             3));
    TEST(
        "rows that a column names",
        fetches("{ shop(id: 1) { a: owner { name shops { id } } b: owner { id shops { name } } } }",
                3));
    TEST("arguments in another order", fetches("{ a: shops(first: 2, after: \"x\") { nodes { id } "
                                               "} b: shops(after: \"x\", first: 2) { "
                                               "nodes { name } } }",
                                               1));
    struct str both = planned_text(&planned, "{ a: shop(id: 1) { name } b: shop(id: 1) { id } }");
    TEST("the columns of both are read",
         strstr(str_copy(planned.arena, both).at, "SELECT t.`id`, t.`name`\n") != NULL);
}

static void test_different(void)
{
    TEST("two rows", fetches("{ a: shop(id: 1) { name } b: shop(id: 2) { name } }", 2));
    TEST("two variables",
         fetches("query ($x: ID!, $y: ID!) { a: shop(id: $x) { name } b: shop(id: $y) "
                 "{ name } }",
                 2));
    TEST("two sizes of a page",
         fetches(
             "{ shop(id: 1) { a: things(first: 3) { nodes { id } } b: things { nodes { id } } } }",
             3));
    TEST("the same list of two parents",
         fetches("{ a: shop(id: 1) { people { id } } b: shop(id: 2) { people { id } } }", 4));
    TEST("the same row before and after a change",
         fetches("mutation { a: shop(id: 1) { name } b: shop(id: 1) { name } }", 2));
}

static void test_conditions(void)
{
    const struct plan *plan = planned_plan(
        &planned, "query ($x: Boolean!, $y: Boolean!) { a: shop(id: 1) @include(if: $x) { "
                  "name } b: shop(id: 1) @skip(if: $y) { id } }");
    TEST("under two conditions it is one fetch", plan != NULL && plan->fetch_count == 2);
    TEST("that is made when one of them holds",
         plan != NULL && plan->conditions[plan->fetches[1]->condition].count == 2);
    plan =
        planned_plan(&planned, "query ($x: Boolean!) { a: shop(id: 1) @include(if: $x) { name } b: "
                               "shop(id: 1) { id } }");
    TEST("with and without a condition it is always made",
         plan != NULL && plan->fetch_count == 2 && plan->fetches[1]->condition == 0);
}

int main(void)
{
    planned_open(&planned);
    planned_table(&planned, "shop", "id! name:text! owner_id");
    planned_table(&planned, "thing", "id! shop_id! name:text! price!");
    planned_table(&planned, "person", "id! shop_id! name:text!");
    TEST_TEXT("the schema loads", planned_load(&planned, schema), STR(""));
    test_same();
    test_different();
    test_conditions();
    planned_close(&planned);
    return test_end();
}

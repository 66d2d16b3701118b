/* needs: which rights a document takes, wherever it names something. */
#include "unit/plan/planned.h"

enum { ACCOUNT = 1, ORDERS = 2 };

static struct planned planned;

static const char schema[] =
    "type Query { node(id: ID!): Node @node opens: [Open!]! @many(order: \"id\") phases(phase: "
    "Phase @match(column: \"phase\")): [Open!]! @many(order: \"id\") }\n"
    "enum Phase { NEW OLD }\n"
    "interface Node { id: ID! }\n"
    "type Open implements Node @table(name: \"open\") @public { id: ID! name: String! @filter "
    "secret: String! @filter @right(tab: \"orders\") }\n"
    "type Hidden implements Node @table(name: \"hidden\") @public @right(tab: \"orders\") { id: "
    "ID! name: String! phase: Phase! }\n"
    "type Known implements Node @table(name: \"known\") @public @right(tab: \"account\") { id: "
    "ID! open: Open @one }\n";

static void test_needs(const char *sentence, const char *query, uint64_t needs)
{
    const struct plan *plan = planned_plan(&planned, query);
    TEST(sentence, plan != NULL && plan->needs == needs);
}

int main(void)
{
    planned_open(&planned);
    planned_table(&planned, "open", "id! name:text! secret:text! phase:text!");
    planned_table(&planned, "hidden", "id! name:text! phase:text!");
    planned_table(&planned, "known", "id! open_id->open");
    TEST_TEXT("the schema loads", planned_load(&planned, schema), STR(""));
    test_needs("what everybody may see takes nothing",
               "{ node(id: 1) { id ... on Open { name } } }", 0);
    test_needs("a field takes its right", "{ node(id: 1) { ... on Open { secret } } }", ORDERS);
    test_needs("a type condition takes that of its type, whatever is asked of it",
               "{ node(id: 1) { ... on Hidden { __typename } } }", ORDERS);
    test_needs("a fragment takes that of its type, whatever is asked of it",
               "{ node(id: 1) { ...F } } fragment F on Hidden { __typename }", ORDERS);
    test_needs("a member of a filter takes the right of its field",
               "{ opens(where: {or: [{name: {equal: \"x\"}}, {secret: {equal: \"x\"}}]}) { id } }",
               ORDERS);
    test_needs("one of a field that everybody sees takes nothing",
               "{ opens(where: {name: {equal: \"x\"}}) { id } }", 0);
    test_needs("a value takes the right of its enum", "{ phases(phase: NEW) { id } }", ORDERS);
    test_needs("a variable, too", "query ($p: Phase) { phases(phase: $p) { id } }", ORDERS);
    test_needs("all of them add up",
               "{ node(id: 1) { ... on Known { open { secret } } ... on Hidden { name } } }",
               ACCOUNT | ORDERS);
    planned_close(&planned);
    return test_end();
}

/* merge: what can be wrong with a list over several tables is named. */
#include "base/buf.h"
#include "graphql/schema.h"
#include "unit/plan/planned.h"

static struct planned planned;

static const char schema[] =
    "type Query { customers: [Customer!]! @many(order: \"id\") events: EventConnection! "
    "@merge(of: [\"Call.at\", \"Visit.day\"]) }\n"
    "union Event = Call | Visit\n"
    "type Call @table(name: \"call_in\") @public { id: ID! }\n"
    "type Visit @table(name: \"visit\") @public { id: ID! }\n"
    "type Customer @table(name: \"customer\") @public { id: ID! }\n";

/* The schema with one piece replaced by another. */
static struct str load_with(const char *from, const char *to)
{
    const char *at = strstr(schema, from);
    if (at == NULL)
        abort();
    struct str text =
        str_printf(planned.arena, "%.*s%s%s", (int)(at - schema), schema, to, at + strlen(from));
    return planned_load(&planned, text.at);
}

static void test_mistake(const char *sentence, const char *from, const char *to, const char *words)
{
    struct str problem = load_with(from, to);
    if (!TEST(sentence,
              problem.len > 0 && strstr(str_copy(planned.arena, problem).at, words) != NULL))
        printf("# got: " STR_FMT "\n", STR_ARG(problem));
}

static void test_mistakes(void)
{
    test_mistake("each type needs a column of the order", ", \"Visit.day\"", "",
                 "Query.events: by which column are rows of Visit ordered?");
    test_mistake("the column must be there", "Visit.day", "Visit.night",
                 "Query.events: table visit has no column night");
    test_mistake("and never be NULL", "Visit.day", "Visit.number",
                 "Query.events: column number of visit may be NULL");
    test_mistake("and be a date or a number", "Visit.day", "Visit.title",
                 "Query.events: column title of visit is varchar(80): one order needs dates");
    static const char customer[] = "@public { id: ID! }\ntype Visit";
    test_mistake("an index has the order", customer,
                 "@public { id: ID! events: EventConnection! @merge(key: \"customer_id\", of: "
                 "[\"Call.at\", \"Visit.day\"]) }\ntype Visit",
                 "Call.events: no index of call_in begins with customer_id, at");
    test_mistake("a row tells its list by a key", customer,
                 "@public { id: ID! events: EventConnection! @merge(of: [\"Call.at\", "
                 "\"Visit.day\"]) }\ntype Visit",
                 "Call.events: @merge(key:) names the column that holds this row's own key");
    test_mistake("the root has none", "@merge(of: [\"Call.at\"",
                 "@merge(key: \"customer_id\", of: [\"Call.at\"",
                 "Query.events: @merge(key:) names the column that holds this row's own key");
    test_mistake("a list over one table is no such list", "events: EventConnection! @merge(of",
                 "events: CallConnection! @merge(of",
                 "Query.events: @merge gives a connection of an interface or union");
    test_mistake("each type has a table", "type Visit @table(name: \"visit\") @public",
                 "type Visit @public", "Query.events: Visit has no @table");
}

static void test_plan(void)
{
    TEST_TEXT("lists over several tables load", load_with("Call.at", "Call.at"), STR(""));
    const struct plan *plan =
        planned_plan(&planned, "{ events { nodes { __typename } totalCount } }");
    TEST("each table is a branch of the rows and of the count, each with its rule",
         plan != NULL && plan->fetches[1]->branch_count == 2 && plan_verify(plan));
    struct fetch *branch = plan->fetches[1]->branches[1];
    branch->sql.rule.decided = false;
    TEST("a branch without its rule is refused", !plan_verify(plan));
    branch->sql.rule.decided = true;
    plan->fetches[1]->branch_count = 1;
    TEST("a branch that is missing is, too", !plan_verify(plan));
}

int main(void)
{
    planned_open(&planned);
    planned_table(&planned, "customer", "id!");
    planned_table(&planned, "call_in", "id! customer_id! at!");
    planned_table(&planned, "visit", "id! customer_id! day! number title:text!");
    test_mistakes();
    test_plan();
    planned_close(&planned);
    return test_end();
}

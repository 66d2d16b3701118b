/* verify: plans whose row rules somebody forgot, or put together wrongly, are found before they
 * run. */
#include "base/viewer.h"
#include "unit/plan/planned.h"

static struct planned planned;

static const char schema[] =
    "type Query { person(id: ID!): Person @one(key: \"id\") people: PersonConnection! @many(order: "
    "\"name\") offering(id: ID!): Offering @one(key: \"id\") }\n"
    "type Person @table(name: \"customer\") @scope(customer: \"id\", partner: \"partner_id\") "
    "@right(tab: \"account\") @join(table: \"extra\", key: \"person_id\") {\n"
    "  id: ID! name: String! partner: Partner @one @filter\n"
    "  remark: String @column(table: \"extra\")\n"
    "}\n"
    "type Partner @table(name: \"partner\") @scope(partner: \"id\") @right(tab: \"account\") { id: "
    "ID! name: String! @filter }\n"
    "type Offering @table(name: \"offering\") @public { id: ID! name: String! }\n";

static void open_schema(void)
{
    planned_open(&planned);
    planned_table(&planned, "customer", "id! name:text! partner_id->partner");
    planned_table(&planned, "extra", "person_id! remark:text");
    planned_table(&planned, "partner", "id! name:text! path:text!");
    planned_table(&planned, "offering", "id! name:text!");
    TEST_TEXT("the schema loads", planned_load(&planned, schema), STR(""));
}

/* A plan is const to all but the planner, and to those who break it on purpose. */
static struct fetch *fetch_of(const struct plan *plan, enum fetch_kind kind)
{
    for (uint32_t i = 0; i < plan->fetch_count; i++) {
        if (plan->fetches[i]->kind == kind)
            return plan->fetches[i];
    }
    abort();
}

/* Each part of the rule is missed when it is not there. */
static void test_rule(const char *of, const struct plan *plan, struct row_rule *rule)
{
    const struct row_rule whole = *rule;
    char sentence[120];
    snprintf(sentence, sizeof(sentence), "%s: a plan as it is made is good", of);
    TEST(sentence, plan_verify(plan));
    rule->decided = false;
    snprintf(sentence, sizeof(sentence), "%s: a rule that nobody decided is found", of);
    TEST(sentence, !plan_verify(plan));
    *rule = whole;
    rule->condition[VIEWER_PARTNER] = (struct str){0};
    snprintf(sentence, sizeof(sentence), "%s: a partner who would see all rows is found", of);
    TEST(sentence, !plan_verify(plan));
    *rule = whole;
    rule->condition[VIEWER_CUSTOMER] = (struct str){0};
    snprintf(sentence, sizeof(sentence), "%s: a customer who would see all rows is found", of);
    TEST(sentence, !plan_verify(plan));
    *rule = whole;
    rule->then = (struct str){0};
    snprintf(sentence, sizeof(sentence), "%s: a partner who would see all of the past is found",
             of);
    TEST(sentence, !plan_verify(plan));
    *rule = whole;
}

static void test_joins(void)
{
    const struct plan *plan = planned_plan(&planned, "{ person(id: 1) { partner { name } } }");
    struct join *join = fetch_of(plan, FETCH_ROWS)->joins;
    test_rule("a joined table", plan, &join->rule);
    const struct join whole = *join;
    join->table = fetch_of(plan, FETCH_ROWS)->binding->target;
    TEST("a table that is not the one its field leads to is found", !plan_verify(plan));
    *join = whole;
    join->text = (struct str){0};
    TEST("a join without a text is found", !plan_verify(plan));
    *join = whole;
    join->binding = NULL;
    TEST("a table that passes for the other half of an object is found", !plan_verify(plan));
    *join = whole;
    join->binding = NULL;
    join->rule = (struct row_rule){.decided = true};
    TEST("also when nothing narrows it", !plan_verify(plan));
    *join = whole;
}

static void test_halves(void)
{
    const struct plan *plan = planned_plan(&planned, "{ person(id: 1) { remark } }");
    struct join *join = fetch_of(plan, FETCH_ROWS)->joins;
    TEST("the other half of an object needs no rule of its own", plan_verify(plan));
    join->rule.decided = false;
    TEST("but one that says so", !plan_verify(plan));
    join->rule.decided = true;
    join->table = fetch_of(planned_plan(&planned, "{ offering(id: 1) { name } }"), FETCH_ROWS)
                      ->binding->target;
    TEST("a half that the type does not name is found", !plan_verify(plan));
}

static void test_open(void)
{
    const struct plan *plan = planned_plan(&planned, "{ offering(id: 1) { name } }");
    struct fetch *fetch = fetch_of(plan, FETCH_ROWS);
    TEST("rows that are open to all need no condition", plan_verify(plan));
    fetch->sql.rule.condition[VIEWER_CUSTOMER] = STR("FALSE");
    TEST("a condition that should not be there is found", !plan_verify(plan));
}

static void test_references(void)
{
    const struct plan *plan = planned_plan(&planned, "{ person(id: 1) { name } }");
    struct fetch *fetch = fetch_of(plan, FETCH_ROWS);
    const struct reference reference = {.table = fetch->binding->target,
                                        .column_count = fetch->width};
    fetch->reference = &reference;
    TEST("rows that are not everybody's are never read from memory", !plan_verify(plan));
}

static void test_filters(void)
{
    const struct plan *plan = planned_plan(
        &planned, "{ people(where: {partner: {name: {equal: \"x\"}}}) { nodes { name } } }");
    TEST("what a filter may look into is known", plan->filter_table_count > 0);
    for (uint32_t i = 0; i < plan->filter_table_count; i++)
        test_rule("a table of a filter", plan, (struct row_rule *)&plan->filter_tables[i].rule);
}

int main(void)
{
    open_schema();
    const struct plan *plan = planned_plan(&planned, "{ people { nodes { name } totalCount } }");
    test_rule("rows", plan, &fetch_of(plan, FETCH_ROWS)->sql.rule);
    test_rule("a count", plan, &fetch_of(plan, FETCH_COUNT)->sql.rule);
    struct fetch *fetch = fetch_of(plan, FETCH_ROWS);
    fetch->sql.select = (struct str){0};
    TEST("a statement that was never written is found", !plan_verify(plan));
    test_joins();
    test_halves();
    test_filters();
    test_open();
    test_references();
    planned_close(&planned);
    return test_end();
}

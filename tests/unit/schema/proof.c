/* proof: which fields with ! can never be null, and what is said of the others. */
#include "base/buf.h"
#include "unit/plan/planned.h"

static const char schema[] =
    "type Query { order(id: ID!): Order @one(key: \"id\") orders: OrderConnection! @many(order: "
    "\"id\") all: [Order!]! @many(order: \"id\") }\n"
    "type Order @table(name: \"orders\") @scope(customer: \"customer_id\") @right(tab: "
    "\"account\")\n"
    "  @join(table: \"proven\", on: \"proven_id\") @join(table: \"told\", on: \"proven_id\", "
    "required: "
    "true) {\n"
    "  id: ID! name: String! count: Int! note: String\n"
    "  kind: Kind! @one other: Kind! @one maybe: Kind @one account: Account! @one\n"
    "  first: String! @column(name: \"name\", table: \"proven\")\n"
    "  second: String! @column(name: \"name\", table: \"told\")\n"
    "  price: Money! @embedded(columns: [\"count\", \"name\"])\n"
    "}\n"
    "type Kind @table(name: \"kind\") @public { id: ID! }\n"
    "type Account @table(name: \"account\") @scope(customer: \"customer_id\") @right(tab: "
    "\"account\") "
    "{ id: ID! }\n"
    "type Customer @table(name: \"customer\") @scope(customer: \"id\", partner: \"partner_id\") "
    "@right(tab: \"account\") { id: ID! }\n"
    "type Partner @table(name: \"partner\") @scope(partner: \"id\") @right(tab: \"account\") { id: "
    "ID! "
    "}\n"
    "type Money @embedded { minor: Int! currency: String! }\n";

static struct planned planned;
static const char *said;

static bool says(const char *words)
{
    bool found = strstr(said, words) != NULL;
    if (!found)
        printf("# got: %s\n", said);
    return found;
}

static void open_schema(void)
{
    planned_open(&planned);
    planned_table(&planned, "orders",
                  "id! customer_id! name:text! count! note:text kind_id!->kind other_id! "
                  "maybe_id->kind account_id!->account proven_id!->proven");
    planned_table(&planned, "proven", "id! name:text!");
    planned_table(&planned, "told", "id! name:text!");
    planned_table(&planned, "kind", "id!");
    planned_table(&planned, "account", "id! customer_id!");
    planned_table(&planned, "customer", "id! partner_id");
    planned_table(&planned, "partner", "id! path:text!");
    TEST_TEXT("the schema loads", planned_load(&planned, schema), STR(""));
    struct buf text;
    buf_init(&text, planned.arena, 1024);
    proof_print(planned.loaded.schema, &text);
    said = str_printf(planned.arena, "\n" STR_FMT, STR_ARG(buf_str(&text))).at;
}

static void test_doubts(void)
{
    TEST("a number that may be too large for an Int is named",
         says("Order.count: column count is bigint(20), and a number beyond 32 bits is an error"));
    TEST("a row that no foreign key proves to be there is named",
         says("Order.other: no foreign key proves that column other_id names a row of kind\n"));
    TEST("a row that may be another customer's is named",
         says("Order.account: no foreign key proves that the row of account is of the same "
              "customer\n"));
    TEST("another half that the schema only says is there is named",
         says("Order.second: no foreign key proves that there is a row of told;"));
    TEST("a field of an embedded object is named with its use",
         says("Money.minor: in Order.price: column count is bigint(20)"));
}

static void test_proofs(void)
{
    static const char *const proven[] = {
        "Order.id:",    "Order.name:",      "Order.kind:",     "Order.maybe:",  "Order.first:",
        "Order.price:", "Order.note:",      "Money.currency:", "Query.orders:", "Query.all:",
        "Query.order:", "OrderConnection.", "PageInfo.",       "OrderEdge.",    "Kind.",
    };
    for (size_t i = 0; i < sizeof(proven) / sizeof(proven[0]); i++) {
        struct str line = str_printf(planned.arena, "\n%s", proven[i]);
        if (!TEST("what cannot be null, or does not say so, is not named",
                  strstr(said, line.at) == NULL))
            printf("# %s\n", proven[i]);
    }
    TEST("all are counted", says("20 of 25 fields with ! can never be null.\n"));
}

int main(void)
{
    open_schema();
    test_doubts();
    test_proofs();
    planned_close(&planned);
    return test_end();
}

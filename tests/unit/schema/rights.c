/* rights: what each type, field and member of an input needs, said of it or following from others.
 */
#include "graphql/schema.h"
#include "unit/plan/planned.h"

enum { ACCOUNT = 1, ORDERS = 2 };

static struct planned planned;

static const char schema[] =
    "type Query { opens: [Open!]! @many(order: \"id\") orders: OrderConnection! @many(order: "
    "\"id\") parties: [Party!]! @many(order: \"id\") }\n"
    "type Open @table(name: \"open\") @public { id: ID! secret: String @right(tab: \"orders\") }\n"
    "type Order @table(name: \"orders\") @public @right(tab: \"orders\") { id: ID! state: State! "
    "total: Money! @embedded(columns: [\"amount\", \"currency\"]) }\n"
    "enum State { NEW OLD }\n"
    "type Money @embedded { amount: Int! currency: String! }\n"
    "input Search { name: String state: State secret: String @right(tab: \"orders\") }\n"
    "interface Party @table(name: \"party\") @public @right(tab: \"account\") "
    "@discriminator(column: \"kind\") { id: ID! note: String }\n"
    "type Person implements Party @value(name: \"PERSON\") { id: ID! note: String @right(tab: "
    "\"orders\") }\n"
    "type Company implements Party @value(name: \"COMPANY\") @right(tab: \"orders\") { id: ID! "
    "note: String }\n";

static const struct type *type_named(const char *name)
{
    return schema_type(planned.loaded.schema, str_of(name), UINT64_MAX);
}

static void test_type(const char *sentence, const char *name, uint64_t needs)
{
    TEST(sentence, type_named(name)->needs == needs);
}

static void test_field(const char *sentence, const char *type, const char *field, uint64_t needs)
{
    TEST(sentence,
         schema_field(planned.loaded.schema, type_named(type), str_of(field), UINT64_MAX)->needs ==
             needs);
}

static void test_member(const char *sentence, const char *member, uint64_t needs)
{
    TEST(sentence, type_input(type_named("Search"), str_of(member))->needs == needs);
}

int main(void)
{
    planned_open(&planned);
    planned_table(&planned, "open", "id! secret:text");
    planned_table(&planned, "orders", "id! state:text! amount! currency:text!");
    planned_table(&planned, "party", "id! kind:text! note:text");
    TEST_TEXT("the schema loads", planned_load(&planned, schema), STR(""));
    test_type("what is public needs nothing", "Open", 0);
    test_type("a type needs its right", "Order", ORDERS);
    test_type("a connection what it holds", "OrderConnection", ORDERS);
    test_type("and an edge", "OrderEdge", ORDERS);
    test_type("an enum what all its uses need", "State", ORDERS);
    test_type("as does what is embedded", "Money", ORDERS);
    test_type("an interface over one table needs its right", "Party", ACCOUNT);
    test_type("its types, too", "Person", ACCOUNT);
    test_type("and those of their own", "Company", ACCOUNT | ORDERS);
    test_field("a field needs its right", "Open", "secret", ORDERS);
    test_field("another none", "Open", "id", 0);
    test_field("one that leads to a type what that needs", "Query", "orders", ORDERS);
    test_field("one of an interface what those of its types need", "Party", "note", ORDERS);
    test_member("a member of an input needs its right", "secret", ORDERS);
    test_member("or what its type needs", "state", ORDERS);
    test_member("or nothing", "name", 0);
    planned_close(&planned);
    return test_end();
}

/* kinds: what can be wrong with an interface over one table is named. */
#include "base/buf.h"
#include "graphql/schema.h"
#include "unit/plan/planned.h"

static struct planned planned;

static const char schema[] =
    "type Query { party(id: ID!): Party @one parties: [Party!]! @many(order: \"name\") }\n"
    "type Partner @table(name: \"partner\") @scope(partner: \"id\") @right(tab: \"account\") { id: "
    "ID! }\n"
    "type Customer @table(name: \"customer\") @scope(customer: \"id\", partner: \"partner_id\") "
    "@right(tab: \"account\") { id: ID! party: Party @one }\n"
    "interface Party @table(name: \"party\") @scope(customer: \"customer_id\") @public_or_right "
    "@discriminator(column: \"kind\") { id: ID! name: String! born: Int }\n"
    "type Person implements Party @value(name: \"PERSON\") { id: ID! name: String! born: Int "
    "@right(tab: \"account\") }\n"
    "type Company implements Party @value(name: \"COMPANY\") { id: ID! name: String! born: Int }\n";

/* The schema with one piece replaced by another. */
static struct str load_with(const char *from, const char *to)
{
    const char *at = strstr(schema, from);
    if (at == NULL)
        abort();
    struct str text =
        str_printf(planned.arena, "%.*s%s%s", (int)(at - schema), schema, to, at + strlen(from));
    const char *said = "@public_or_right", *right = strstr(text.at, said);
    if (right != NULL)
        text = str_printf(planned.arena, "%.*s@right(tab: \"account\")%s", (int)(right - text.at),
                          text.at, right + strlen(said));
    return planned_load(&planned, text.at);
}

static void test_mistake(const char *sentence, const char *from, const char *to, const char *words)
{
    struct str problem = load_with(from, to);
    if (!TEST(sentence,
              problem.len > 0 && strstr(str_copy(planned.arena, problem).at, words) != NULL))
        printf("# got: " STR_FMT "\n", STR_ARG(problem));
}

static void test_good(void)
{
    TEST_TEXT("an interface over one table loads", load_with("born", "born"), STR(""));
    const struct type *party = schema_type(planned.loaded.schema, STR("Party"), 1);
    TEST("it is there for who has its right",
         party != NULL && schema_type(planned.loaded.schema, STR("Party"), 0) == NULL);
    TEST("its types have its right, too",
         schema_type(planned.loaded.schema, STR("Company"), 0) == NULL);
}

static void test_union(void)
{
    TEST_TEXT("a union over one table loads",
              planned_load(&planned,
                           "type Query { parties: [Party!]! @many(order: \"name\") }\n"
                           "union Party @table(name: \"party\") @public @discriminator(column: "
                           "\"number\") = Person | Company\n"
                           "type Person @value(name: \"1\") { name: String! }\n"
                           "type Company @value(name: \"-2\") { id: ID! }\n"),
              STR(""));
    const struct field *parties =
        schema_field(planned.loaded.schema, planned.loaded.schema->query, STR("parties"), 0);
    const struct table *table = ((const struct binding *)parties->binding)->target;
    TEST("its discriminator may hold numbers",
         table->kind_count == 2 && table->kinds[1].value.integer == -2);
}

static void test_mistakes(void)
{
    test_mistake("rows of an interface need a discriminator", " @discriminator(column: \"kind\")",
                 "", "Party: of which type is a row?");
    test_mistake("a discriminator needs a table",
                 "@table(name: \"party\") @scope(customer: \"customer_id\") @public_or_right ", "",
                 "Party: @discriminator is a column of a table");
    test_mistake("its column must be there", "column: \"kind\"", "column: \"sort\"",
                 "Party: table party has no column sort");
    test_mistake("and never be NULL", "column: \"kind\"", "column: \"remark\"",
                 "Party: column remark may be NULL: then a row is of no type");
    test_mistake("each type has a value", "@value(name: \"PERSON\") ", "",
                 "Person: which rows of party are its own? add @value");
    test_mistake("of its own", "\"PERSON\"", "\"COMPANY\"",
                 "Company: another type has the @value COMPANY already");
    test_mistake("that its column can hold", "column: \"kind\"", "column: \"number\"",
                 "Person: @value PERSON is no number, but column number holds numbers");
    test_mistake("a type has the table of its interface", "implements Party @value(name: \"PERSON",
                 "implements Party @table(name: \"person\") @value(name: \"PERSON",
                 "Person: its rows are those of Party, which says @table for it");
    test_mistake("and its row rule", "implements Party @value(name: \"PERSON",
                 "implements Party @public @value(name: \"PERSON",
                 "Person: its rows are those of Party, which says @public for it");
    test_mistake("whose rows they are must be said", " @scope(customer: \"customer_id\")", "",
                 "Party: whose rows are these?");
    test_mistake("who may see them must be said", "@public_or_right", "", "Party: who may see it?");
    test_mistake("columns of each type are looked for", "\"COMPANY\") {",
                 "\"COMPANY\") { size: Int", "Company.size: table party has no column size");
    test_mistake("a type has one interface with rows", "type Company",
                 "interface Other @table(name: \"party\") @scope(customer: \"customer_id\") "
                 "@right(tab: \"account\") @discriminator(column: \"kind\") { id: ID! }\n"
                 "extend type Person implements Other\ntype Company",
                 "Person: two interfaces or unions with @discriminator claim its rows");
    test_mistake("a row that may be of another type cannot be non-null",
                 "party: Party @one }\ninterface", "party: Person! @one }\ninterface",
                 "Customer.party: the viewer may not see that row; drop the !");
}

int main(void)
{
    planned_open(&planned);
    planned_table(&planned, "partner", "id! path:text!");
    planned_table(&planned, "customer", "id! partner_id->partner party_id!->party");
    planned_table(&planned, "party",
                  "id! customer_id!->customer kind:text! name:text! born remark:text number!");
    test_good();
    test_union();
    test_mistakes();
    planned_close(&planned);
    return test_end();
}

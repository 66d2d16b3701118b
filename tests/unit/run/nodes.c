/* nodes: a kind and a key lead to rows of several tables, each asked once. */
#include "base/arena.h"
#include "run/run.h"
#include "served.h"
#include "unit/test.h"

static const char tables_sql[] =
    "CREATE TABLE partner (id BIGINT PRIMARY KEY, path VARCHAR(80) NOT NULL);"
    "CREATE TABLE customer (id BIGINT PRIMARY KEY, partner_id BIGINT NULL, name VARCHAR(80) NOT "
    "NULL);"
    "CREATE TABLE ticket (id BIGINT PRIMARY KEY, customer_id BIGINT NOT NULL, title VARCHAR(80) "
    "NOT NULL, about_kind VARCHAR(20) NULL, about_id BIGINT NULL);"
    "CREATE TABLE bill (id BIGINT PRIMARY KEY, customer_id BIGINT NOT NULL, total INT NOT NULL);"
    "CREATE TABLE note (id BIGINT PRIMARY KEY, customer_id BIGINT NOT NULL, subject_kind "
    "VARCHAR(20) NULL, subject_id BIGINT NULL, KEY by_customer (customer_id, id));"
    "INSERT INTO partner VALUES (1, '/1/'), (7, '/1/7/');"
    "INSERT INTO customer VALUES (1, 7, 'One'), (2, NULL, 'Two');"
    "INSERT INTO ticket VALUES (1, 1, 'Line is dead', 'bill', 5), (2, 2, 'Too slow', 'CUSTOMER', "
    "2);"
    "INSERT INTO bill VALUES (1, 1, 77), (5, 1, 1250), (6, 2, 990);"
    "INSERT INTO note VALUES (1, 1, 'TICKET', 1), (2, 1, 'bill', 5), (3, 1, 'TICKET', 1), (4, 1, "
    "NULL, NULL), (5, 1, 'bill', 999), (6, 1, 'bill', 6), (7, 1, 'PIGEON', 1), (8, 2, 'CUSTOMER', "
    "2)";

static const char schema_source[] =
    "type Query { ticket(id: ID!): Ticket @one notes(customerId: ID!): [Note!]! @many(key: "
    "\"customer_id\", order: \"id\") node("
    "id: ID!): Node @node }\n"
    "interface Node { id: ID! }\n"
    "interface Subject { id: ID! customer: Customer }\n"
    "type Partner @table(name: \"partner\") @scope(partner: \"id\") @right(tab: \"account\") { id: "
    "ID! }\n"
    "type Customer implements Subject & Node @table(name: \"customer\") @scope(customer: \"id\", "
    "partner: \"partner_id\") @right(tab: \"account\") { id: ID! name: String! customer: Customer "
    "@one(key: \"id\") }\n"
    "type Ticket implements Subject & Node @table(name: \"ticket\") @scope(customer: \"customer_id"
    "\") @right(tab: \"account\") { id: ID! title: String! customer: Customer @one about: Subject "
    "@one(kind: \"about_kind\", key: \"about_id\") twin: Subject @one(kind: \"about_kind\", key: "
    "\"id\") }\n"
    "type Bill implements Subject & Node @table(name: \"bill\") @scope(customer: \"customer_id\") "
    "@right(tab: \"orders\") @value(name: \"bill\") { id: ID! total: Int! customer: Customer @one "
    "}\n"
    "type Note @table(name: \"note\") @scope(customer: \"customer_id\") @right(tab: \"account\") { "
    "id: ID! subject: Subject @one(kind: \"subject_kind\", key: \"subject_id\") }\n";

static struct served served;
static const struct viewer clerk = {.kind = VIEWER_OPERATOR, .rights = 1};
static const struct viewer partner = {
    .kind = VIEWER_PARTNER, .rights = 7, .scope_id = 7, .scope_path = STR("/1/7/")};
static const struct viewer customer = {.kind = VIEWER_CUSTOMER, .rights = 7, .scope_id = 2};

static void ask(const char *sentence, const struct viewer *viewer, const char *query,
                const char *want)
{
    TEST_TEXT(sentence, served_answer(&served, viewer, query, NULL), str_of(want));
}

static const char of_one[] = "{ notes(customerId: 1) { id subject { __typename ... on Ticket { "
                             "title } } } }";

static void test_rows(void)
{
    uint64_t before = served_statements(&served);
    ask("each row leads to one of its kind; an unknown kind is null and an error", &served_operator,
        of_one,
        "{\"data\":{\"notes\":[{\"id\":\"1\",\"subject\":{\"__typename\":\"Ticket\",\"title\":"
        "\"Line is dead\"}},{\"id\":\"2\",\"subject\":{\"__typename\":\"Bill\"}},{\"id\":\"3\","
        "\"subject\":{\"__typename\":\"Ticket\",\"title\":\"Line is dead\"}},{\"id\":\"4\","
        "\"subject\":null},{\"id\":\"5\",\"subject\":null},{\"id\":\"6\",\"subject\":{"
        "\"__typename\":\"Bill\"}},{\"id\":\"7\",\"subject\":null}]},\"errors\":[{\"message\":"
        "\"The stored row names a kind that this schema does not know.\",\"locations\":[{\"line\":"
        "1,\"column\":29}],\"path\":[\"notes\",6,\"subject\"],\"extensions\":{\"code\":"
        "\"INTERNAL\"}}]}");
    TEST("one statement for each kind that is there", served_statements(&served) - before == 3);
    ask("a row that leads on leads on", &served_operator,
        "{ notes(customerId: 2) { subject { id customer { name } } } }",
        "{\"data\":{\"notes\":[{\"subject\":{\"id\":\"Q3VzdG9tZXI6Mg\",\"customer\":{\"name\":"
        "\"Two\"}}}]}}");
}

static void test_rights(void)
{
    ask("a kind that the viewer may not see is null without a word", &clerk,
        "{ notes(customerId: 1) { id subject { id } } }",
        "{\"data\":{\"notes\":[{\"id\":\"1\",\"subject\":{\"id\":\"VGlja2V0OjE\"}},{\"id\":\"2\","
        "\"subject\":null},{\"id\":\"3\",\"subject\":{\"id\":\"VGlja2V0OjE\"}},{\"id\":\"4\","
        "\"subject\":null},{\"id\":\"5\",\"subject\":null},{\"id\":\"6\",\"subject\":null},{"
        "\"id\":\"7\",\"subject\":null}]},\"errors\":[{\"message\":\"The stored row names a kind "
        "that this schema does not know.\",\"locations\":[{\"line\":1,\"column\":29}],\"path\":["
        "\"notes\",6,\"subject\"],\"extensions\":{\"code\":\"INTERNAL\"}}]}");
    ask("nor is it there where the key is known before the kind", &clerk,
        "{ ticket(id: \"VGlja2V0OjE\") { title twin { id } } }",
        "{\"data\":{\"ticket\":{\"title\":\"Line is dead\",\"twin\":null}}}");
    ask("which waits for the kind", &served_operator,
        "{ ticket(id: \"VGlja2V0OjE\") { title twin { ... on Bill { total } } } }",
        "{\"data\":{\"ticket\":{\"title\":\"Line is dead\",\"twin\":{\"total\":77}}}}");
    ask("a row out of scope is null: a note of one customer about a bill of another", &partner,
        "{ notes(customerId: 1) { id subject { ... on Bill { total } } } }",
        "{\"data\":{\"notes\":[{\"id\":\"1\",\"subject\":{}},{\"id\":\"2\",\"subject\":{\"total\":"
        "1250}},{\"id\":\"3\",\"subject\":{}},{\"id\":\"4\",\"subject\":null},{\"id\":\"5\","
        "\"subject\":null},{\"id\":\"6\",\"subject\":null},{\"id\":\"7\",\"subject\":null}]},"
        "\"errors\":[{\"message\":\"The stored row names a kind that this schema does not know.\","
        "\"locations\":[{\"line\":1,\"column\":29}],\"path\":[\"notes\",6,\"subject\"],"
        "\"extensions\":{\"code\":\"INTERNAL\"}}]}");
    ask("a customer is led to their own rows", &customer,
        "{ notes(customerId: 2) { subject { __typename } } other: notes(customerId: 1) { id } }",
        "{\"data\":{\"notes\":[{\"subject\":{\"__typename\":\"Customer\"}}],\"other\":[]}}");
}

static void test_ids(void)
{
    ask("ids lead to the same types", &served_operator,
        "{ node(id: \"VGlja2V0OjE\") { id ... on Ticket { about { __typename ... on Bill { total } "
        "} } } }",
        "{\"data\":{\"node\":{\"id\":\"VGlja2V0OjE\",\"about\":{\"__typename\":\"Bill\",\"total\":"
        "1250}}}}");
    ask("an id of a type that the viewer may not see leads nowhere", &clerk,
        "{ ticket: node(id: \"VGlja2V0OjE\") { id } bill: node(id: \"QmlsbDox\") { id } }",
        "{\"data\":{\"ticket\":{\"id\":\"VGlja2V0OjE\"},\"bill\":null}}");
    ask("who may see it is led there", &served_operator, "{ node(id: \"QmlsbDox\") { id } }",
        "{\"data\":{\"node\":{\"id\":\"QmlsbDox\"}}}");
}

int main(void)
{
    served_open(&served, tables_sql, schema_source);
    test_rows();
    test_rights();
    test_ids();
    served_close(&served);
    return test_end();
}

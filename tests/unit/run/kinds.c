/* kinds: an interface over one table: each row of its own type, hidden types not there at all. */
#include "base/arena.h"
#include "run/resolver.h"
#include "run/run.h"
#include "served.h"
#include "unit/test.h"

static const char tables_sql[] =
    "CREATE TABLE partner (id BIGINT PRIMARY KEY, path VARCHAR(80) NOT NULL, name VARCHAR(80) NOT "
    "NULL);"
    "CREATE TABLE customer (id BIGINT PRIMARY KEY, partner_id BIGINT NULL, name VARCHAR(80) NOT "
    "NULL);"
    "CREATE TABLE party (id BIGINT PRIMARY KEY, customer_id BIGINT NOT NULL, kind VARCHAR(10) NOT "
    "NULL, name VARCHAR(80) NOT NULL, born DATE NULL, note VARCHAR(80) NULL, head_id BIGINT NULL, "
    "KEY by_customer "
    "(customer_id, name, id));"
    "CREATE TABLE company (party_id BIGINT PRIMARY KEY, register VARCHAR(80) NOT NULL, CONSTRAINT "
    "company_party FOREIGN KEY (party_id) REFERENCES party (id));"
    "CREATE TABLE place (id BIGINT PRIMARY KEY, party_id BIGINT NOT NULL, customer_id BIGINT NOT "
    "NULL, city VARCHAR(80) NOT NULL, KEY by_party (party_id));"
    "INSERT INTO partner VALUES (1, '/1/', 'Operator'), (7, '/1/7/', 'Shop');"
    "INSERT INTO customer VALUES (1, 7, 'One'), (2, NULL, 'Two'), (3, 7, 'Odd');"
    "INSERT INTO party (id, customer_id, kind, name, born, head_id) VALUES (10, 1, 'PERSON', "
    "'Ann', '1990-05-01', 11), (11, 1, 'COMPANY', 'Bolt',"
    " NULL, NULL), (12, 1, 'PERSON', 'Cid', NULL, 11), (20, 2, 'COMPANY', 'Dot', NULL, 21), (21, 2,"
    " 'PERSON', 'Eve', '2000-01-01', NULL), (30, 3, 'ROBOT', 'Fox', NULL, NULL), (31, 3, 'PERSON',"
    " 'Gus', NULL, 30);"
    "INSERT INTO company VALUES (11, 'HRB 11'), (20, 'HRB 20');"
    "INSERT INTO place VALUES (1, 10, 1, 'Aachen'), (2, 11, 1, 'Bonn'), (3, 20, 2, 'Celle')";

static const char schema_source[] =
    "type Query {\n"
    "  node(id: ID!): Node @node\n"
    "  party(id: ID!): Party @one\n"
    "  parties: PartyConnection! @many(order: \"name\")\n"
    "  people: [Person!]! @many(order: \"name\")\n"
    "  companies: [Company!]! @many(order: \"name\")\n"
    "  customer(id: ID!): Customer @one\n"
    "  customers: [Customer!]! @many(order: \"id\")\n"
    "}\n"
    "scalar Date\n"
    "interface Node { id: ID! }\n"
    "type Partner @table(name: \"partner\") @scope(partner: \"id\") @right(tab: \"account\") { id: "
    "ID! name: String! }\n"
    "type Customer @table(name: \"customer\") @scope(customer: \"id\", partner: \"partner_id\") "
    "@right(tab: \"account\") {\n"
    "  id: ID! name: String!\n"
    "  parties: [Party!]! @many(key: \"customer_id\", order: \"name\")\n"
    "  maybe: [Party]! @many(key: \"customer_id\", order: \"name\")\n"
    "  paged: PartyConnection! @many(key: \"customer_id\", order: \"name\")\n"
    "  firms: [Company!]! @many(key: \"customer_id\", order: \"name\") @filter\n"
    "}\n"
    "interface Party implements Node @table(name: \"party\") @scope(customer: \"customer_id\") "
    "@right(tab: \"account\") @discriminator(column: \"kind\") {\n"
    "  id: ID! name: String! note: String head: Party places: [Place!]!\n"
    "}\n"
    "type Person implements Party & Node @value(name: \"PERSON\") {\n"
    "  id: ID! name: String! note: String @right(tab: \"secret\") born: Date age: Int "
    "@resolver(needs: [\"born\", \"name\"])\n"
    "  head: Party @one places: [Place!]! @many(key: \"party_id\", order: \"id\")\n"
    "}\n"
    "type Company implements Party & Node @value(name: \"COMPANY\") @right(tab: \"orders\")\n"
    "  @join(table: \"company\", key: \"party_id\", required: true) {\n"
    "  id: ID! name: String! @filter note: String register: String! @column(table: \"company\")\n"
    "  code: String! @resolver(needs: [\"company.register\"])\n"
    "  head: Party @one places: [Place!]! @many(key: \"party_id\", order: \"id\")\n"
    "}\n"
    "type Place @table(name: \"place\") @scope(customer: \"customer_id\") @right(tab: \"account\") "
    "{ id: ID! city: String! }\n";

static struct served served;
static const struct viewer clerk = {.kind = VIEWER_OPERATOR, .rights = 1};
static const struct viewer partner = {
    .kind = VIEWER_PARTNER, .rights = 7, .scope_id = 7, .scope_path = STR("/1/7/")};
static const struct viewer customer = {.kind = VIEWER_CUSTOMER, .rights = 7, .scope_id = 2};

/* ---- leaves by C code ---- */

static uint32_t ages_asked;

static enum status person_age(struct compute *compute)
{
    ages_asked += compute->count;
    for (uint32_t i = 0; i < compute->count; i++) {
        const struct cell *born = compute_need(compute, i, 0);
        if (born->kind == CELL_DATE)
            compute->out[i] = cell_int(born->integer / 365);
        else if (str_is(cell_str(compute_need(compute, i, 1)), "Cid"))
            compute_fail(compute, i, STATUS_REFUSED, STR("Cid does not say."));
    }
    return STATUS_OK;
}

static enum status company_code(struct compute *compute)
{
    for (uint32_t i = 0; i < compute->count; i++) {
        struct str text = cell_str(compute_need(compute, i, 0));
        compute->out[i] =
            cell_text((struct str){.at = text.at + 4, .len = text.len - 4}); /* behind "HRB " */
    }
    return STATUS_OK;
}

static const struct resolver resolvers[] = {
    {.coordinate = "Person.age", .batch = person_age},
    {.coordinate = "Company.code", .batch = company_code},
    {0},
};

/* ---- tests ---- */

static void ask(const char *sentence, const struct viewer *viewer, const char *query,
                const char *want)
{
    TEST_TEXT(sentence, served_answer(&served, viewer, query, NULL), str_of(want));
}

static void test_types(void)
{
    ask("each row is of its own type", &served_operator,
        "{ customer(id: 1) { parties { __typename name ... on Person { born } ... on Company { "
        "register } } } }",
        "{\"data\":{\"customer\":{\"parties\":[{\"__typename\":\"Person\",\"name\":\"Ann\","
        "\"born\":\"1990-05-01\"},{\"__typename\":\"Company\",\"name\":\"Bolt\",\"register\":"
        "\"HRB 11\"},{\"__typename\":\"Person\",\"name\":\"Cid\",\"born\":null}]}}}");
    ask("leaves are computed for rows of the type that has them", &served_operator,
        "{ customer(id: 2) { parties { ... on Person { age } ... on Company { code } } } }",
        "{\"data\":{\"customer\":{\"parties\":[{\"code\":\"20\"},{\"age\":30}]}}}");
    TEST("and asked for those rows only", ages_asked == 1);
    ask("one leaf that fails is one error", &served_operator,
        "{ customer(id: 1) { parties { name ... on Person { age } } } }",
        "{\"data\":{\"customer\":{\"parties\":[{\"name\":\"Ann\",\"age\":20},{\"name\":\"Bolt\"},"
        "{\"name\":\"Cid\",\"age\":null}]}},\"errors\":[{\"message\":\"Cid does not say.\","
        "\"locations\":[{\"line\":1,\"column\":52}],\"path\":[\"customer\",\"parties\",2,\"age\"],"
        "\"extensions\":{\"code\":\"REFUSED\"}}]}");
    uint64_t before = served_statements(&served);
    ask("what all types ask alike is fetched for all of them", &served_operator,
        "{ customer(id: 1) { parties { name head { name } places { city } } } }",
        "{\"data\":{\"customer\":{\"parties\":[{\"name\":\"Ann\",\"head\":{\"name\":\"Bolt\"},"
        "\"places\":[{\"city\":\"Aachen\"}]},{\"name\":\"Bolt\",\"head\":null,\"places\":[{"
        "\"city\":\"Bonn\"}]},{\"name\":\"Cid\",\"head\":{\"name\":\"Bolt\"},\"places\":[]}]}}}");
    TEST("in one statement each", served_statements(&served) - before == 4);
    ask("what only one type asks is fetched for its rows", &served_operator,
        "{ customer(id: 1) { parties { ... on Company { places { city } } } } }",
        "{\"data\":{\"customer\":{\"parties\":[{},{\"places\":[{\"city\":\"Bonn\"}]},{}]}}}");
    ask("a list of one type has no rows of others", &served_operator, "{ companies { name } }",
        "{\"data\":{\"companies\":[{\"name\":\"Bolt\"},{\"name\":\"Dot\"}]}}");
    ask("a filter by rows of one type finds none of others", &served_operator,
        "{ a: customers(where: {firms: {some: {name: {equal: \"Bolt\"}}}}) { name } b: "
        "customers(where: {firms: {some: {name: {equal: \"Ann\"}}}}) { name } }",
        "{\"data\":{\"a\":[{\"name\":\"One\"}],\"b\":[]}}");
}

static void test_unknown(void)
{
    ask("a row of no known type is null and an error", &served_operator,
        "{ customer(id: 3) { maybe { name } } }",
        "{\"data\":{\"customer\":{\"maybe\":[null,{\"name\":\"Gus\"}]}},\"errors\":[{\"message\":"
        "\"The stored row is of a kind that this schema does not know.\",\"locations\":[{"
        "\"line\":1,\"column\":21}],\"path\":[\"customer\",\"maybe\",0],\"extensions\":{\"code\":"
        "\"INTERNAL\"}}]}");
    ask("where it must not be null, the list is", &served_operator,
        "{ customers { id } customer(id: 3) { parties { name } } }",
        "{\"data\":{\"customers\":[{\"id\":\"1\"},{\"id\":\"2\"},{\"id\":\"3\"}],\"customer\":null}"
        ",\"errors\":[{\"message\":\"The stored row is of a kind that this schema does not know.\","
        "\"locations\":[{\"line\":1,\"column\":38}],\"path\":[\"customer\",\"parties\",0],"
        "\"extensions\":{\"code\":\"INTERNAL\"}}]}");
    ask("a single row of no known type, too", &served_operator,
        "{ customer(id: 3) { maybe { ... on Person { head { name } } } } }",
        "{\"data\":{\"customer\":{\"maybe\":[null,{\"head\":null}]}},\"errors\":[{\"message\":"
        "\"The stored row is of a kind that this schema does not know.\",\"locations\":[{"
        "\"line\":1,\"column\":21}],\"path\":[\"customer\",\"maybe\",0],\"extensions\":{\"code\":"
        "\"INTERNAL\"}},{\"message\":\"The stored row is of a kind that this schema does not "
        "know.\",\"locations\":[{\"line\":1,\"column\":45}],\"path\":[\"customer\",\"maybe\",1,"
        "\"head\"],\"extensions\":{\"code\":\"INTERNAL\"}}]}");
    ask("who may not see all types gets no row of an unknown one", &clerk,
        "{ customer(id: 3) { parties { name } paged { totalCount } } }",
        "{\"data\":{\"customer\":{\"parties\":[{\"name\":\"Gus\"}],\"paged\":{\"totalCount\":1}}}"
        "}");
}

static void test_rights(void)
{
    ask("rows of a hidden type are not there, and not counted", &clerk,
        "{ customer(id: 1) { parties { __typename name } paged(first: 1) { totalCount nodes { name "
        "} pageInfo { hasNextPage } } } }",
        "{\"data\":{\"customer\":{\"parties\":[{\"__typename\":\"Person\",\"name\":\"Ann\"},{"
        "\"__typename\":\"Person\",\"name\":\"Cid\"}],\"paged\":{\"totalCount\":2,\"nodes\":[{"
        "\"name\":\"Ann\"}],\"pageInfo\":{\"hasNextPage\":true}}}}}");
    ask("nor where one row is led to", &clerk, "{ people { name head { name } } }",
        "{\"data\":{\"people\":[{\"name\":\"Ann\",\"head\":null},{\"name\":\"Cid\",\"head\":null},"
        "{\"name\":\"Eve\",\"head\":null},{\"name\":\"Gus\",\"head\":null}]}}");
    ask("a hidden type cannot be named", &clerk, "{ people { ... on Company { name } } }",
        "{\"errors\":[{\"message\":\"Unknown type \\\"Company\\\".\",\"locations\":[{\"line\":1,"
        "\"column\":19}],\"extensions\":{\"code\":\"GRAPHQL_VALIDATION_FAILED\"}}]}");
    ask("nor is it among the possible types", &clerk,
        "{ __type(name: \"Party\") { possibleTypes { name } } }",
        "{\"data\":{\"__type\":{\"possibleTypes\":[{\"name\":\"Person\"}]}}}");
    ask("a field of the interface needs what each type's own needs", &clerk,
        "{ parties { nodes { note } } }",
        "{\"errors\":[{\"message\":\"Cannot query field \\\"note\\\" on type "
        "\\\"Party\\\".\",\"locations\":[{\"line\":1,\"column\":21}],\"extensions\":{\"code\":"
        "\"GRAPHQL_VALIDATION_FAILED\"}}]}");
    ask("a partner sees rows of its own customers", &partner,
        "{ people { name } companies { name } parties { totalCount } }",
        "{\"data\":{\"people\":[{\"name\":\"Ann\"},{\"name\":\"Cid\"},{\"name\":\"Gus\"}],"
        "\"companies\":[{\"name\":\"Bolt\"}],\"parties\":{\"totalCount\":5}}}");
    ask("a customer sees their own", &customer, "{ parties { nodes { name __typename } } }",
        "{\"data\":{\"parties\":{\"nodes\":[{\"name\":\"Dot\",\"__typename\":\"Company\"},{"
        "\"name\":\"Eve\",\"__typename\":\"Person\"}]}}}");
}

static void test_ids(void)
{
    const struct cell ten = cell_int(10);
    struct str person = global_id_encode(served.arena, STR("Person"), &ten),
               company = global_id_encode(served.arena, STR("Company"), &ten);
    struct str query = str_printf(
        served.arena,
        "{ a: party(id: \"%s\") { name id } b: party(id: \"%s\") { name } c: node(id: \"%s\") { "
        "__typename } d: node(id: \"%s\") { id } e: party(id: \"10\") { name } }",
        person.at, company.at, person.at, company.at);
    struct str want = str_printf(served.arena,
                                 "{\"data\":{\"a\":{\"name\":\"Ann\",\"id\":\"%s\"},\"b\":null,"
                                 "\"c\":{\"__typename\":\"Person\"},\"d\":null,\"e\":null}}",
                                 person.at);
    ask("an id names a row of its type only", &served_operator, query.at, want.at);
}

static void test_pages(void)
{
    ask("pages go through all types in one order", &served_operator,
        "{ customer(id: 2) { paged(last: 1) { edges { node { name ... on Person { born } } } "
        "pageInfo { hasPreviousPage hasNextPage } totalCount } } }",
        "{\"data\":{\"customer\":{\"paged\":{\"edges\":[{\"node\":{\"name\":\"Eve\",\"born\":"
        "\"2000-01-01\"}}],\"pageInfo\":{\"hasPreviousPage\":true,\"hasNextPage\":false},"
        "\"totalCount\":2}}}}");
}

int main(void)
{
    served.resolvers = resolvers;
    served_open(&served, tables_sql, schema_source);
    test_types();
    test_unknown();
    test_rights();
    test_ids();
    test_pages();
    served_close(&served);
    return test_end();
}

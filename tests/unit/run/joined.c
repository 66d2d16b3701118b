/* joined: what comes with a row from other tables, for each kind of viewer, over a real MariaDB. */
#include "base/arena.h"
#include "unit/run/served.h"
#include "unit/test.h"

static const char tables[] =
    "CREATE TABLE partner (id BIGINT NOT NULL PRIMARY KEY, name VARCHAR(20) NOT NULL,"
    " path VARCHAR(80) NOT NULL);"
    "CREATE TABLE customer (id BIGINT NOT NULL PRIMARY KEY, name VARCHAR(20) NOT NULL,"
    " partner_id BIGINT NULL, KEY (partner_id));"
    "CREATE TABLE detail (person BIGINT NOT NULL PRIMARY KEY, remark VARCHAR(20) NULL,"
    " street VARCHAR(20) NOT NULL, zip VARCHAR(20) NOT NULL);"
    "CREATE TABLE kind (id BIGINT NOT NULL PRIMARY KEY, name VARCHAR(20) NOT NULL);"
    "CREATE TABLE ticket (id BIGINT NOT NULL PRIMARY KEY, customer_id BIGINT NOT NULL,"
    " about_id BIGINT NULL, kind_id BIGINT NOT NULL, KEY (customer_id));"
    "INSERT INTO partner VALUES (1, 'operator', '/1/'), (2, 'north', '/1/2/'), (3, 'south', "
    "'/1/3/');"
    "INSERT INTO customer VALUES (10, 'ann', 2), (11, 'bob', 3), (12, 'cid', NULL), (13, 'dan', 2);"
    "INSERT INTO detail VALUES (10, 'nice', 's1', 'z1'), (11, NULL, 's2', 'z2'), (13, 'old', 's3', "
    "'z3');"
    "INSERT INTO kind VALUES (1, 'fault'), (2, 'wish');"
    /* about_id: whom a ticket is about, who may be somebody else's customer */
    "INSERT INTO ticket VALUES (100, 10, 11, 1), (101, 10, 10, 2), (102, 10, NULL, 1),"
    " (103, 11, 10, 1), (104, 13, 10, 2), (105, 10, 999, 1);";

static const char schema[] =
    "type Query { ticket(id: ID!): Ticket @one(key: \"id\") customer(id: ID!): Customer @one(key: "
    "\"id\")\n"
    "  tickets: TicketConnection! @many(order: \"id\") customers: [Customer!]! @many(order: "
    "\"name\") }\n"
    "type Ticket @table(name: \"ticket\") @scope(customer: \"customer_id\") @right(tab: "
    "\"account\") {\n"
    "  id: ID! about: Customer @one kind: Kind! @one }\n"
    "type Kind @table(name: \"kind\") @public { id: ID! name: String! }\n"
    "type Customer @table(name: \"customer\") @scope(customer: \"id\", partner: \"partner_id\") "
    "@right(tab: \"account\")\n"
    "  @join(table: \"detail\", key: \"person\") {\n"
    "  id: ID! name: String! partner: Partner @one remark: String @column(table: \"detail\")\n"
    "  home: Home @embedded(columns: [\"street\", \"zip\"], table: \"detail\")\n"
    "  tickets: TicketConnection! @many(key: \"customer_id\", order: \"id\", average: 3)\n"
    "}\n"
    "type Home @embedded { street: String! zip: String! }\n"
    "type Partner @table(name: \"partner\") @scope(partner: \"id\") @right(tab: \"account\") { id: "
    "ID! name: String! }\n";

static struct served served;
static struct viewer north = {.kind = VIEWER_PARTNER,
                              .scope_id = 2,
                              .scope_path = {.at = "/1/2/", .len = 5},
                              .rights = UINT64_MAX};
static struct viewer ann = {.kind = VIEWER_CUSTOMER, .scope_id = 10, .rights = UINT64_MAX};

static void expect(const char *sentence, const struct viewer *viewer, const char *query,
                   const char *data, uint64_t statements)
{
    uint64_t before = served_statements(&served);
    struct str want = str_printf(served.arena, "{\"data\":%s}", data);
    TEST_TEXT(sentence, served_answer(&served, viewer, query, NULL), want);
    uint64_t asked = served_statements(&served) - before;
    if (!TEST("in as many statements as expected", asked == statements))
        printf("# %llu statements\n", (unsigned long long)asked);
}

static void test_scopes(void)
{
    const char *query = "{ ticket(id: 100) { about { name partner { name } } } }";
    expect("an operator sees the row that a column names", &served_operator, query,
           "{\"ticket\":{\"about\":{\"name\":\"bob\",\"partner\":{\"name\":\"south\"}}}}", 1);
    expect("a partner gets null for a row of somebody else", &north, query,
           "{\"ticket\":{\"about\":null}}", 1);
    expect("a customer gets null for a row of somebody else", &ann, query,
           "{\"ticket\":{\"about\":null}}", 1);
    query = "{ ticket(id: 101) { about { name partner { name } } } }";
    expect("a partner sees a row that is its own, and what that names", &north, query,
           "{\"ticket\":{\"about\":{\"name\":\"ann\",\"partner\":{\"name\":\"north\"}}}}", 1);
    expect("a customer does not see the partner behind them", &ann, query,
           "{\"ticket\":{\"about\":{\"name\":\"ann\",\"partner\":null}}}", 1);
    expect("a joined rule does not narrow the rows it is joined to", &ann,
           "{ tickets { totalCount nodes { id about { name } } } }",
           "{\"tickets\":{\"totalCount\":4,\"nodes\":[{\"id\":\"100\",\"about\":null},{\"id\":"
           "\"101\",\"about\":{\"name\":\"ann\"}},{\"id\":\"102\",\"about\":null},{\"id\":\"105\","
           "\"about\":null}]}}",
           2);
}

static void test_rows(void)
{
    expect("a column without a value names nothing", &served_operator,
           "{ ticket(id: 102) { about { name } kind { name } } }",
           "{\"ticket\":{\"about\":null,\"kind\":{\"name\":\"fault\"}}}", 1);
    expect("a row that is not there is null", &served_operator,
           "{ ticket(id: 105) { about { name } } }", "{\"ticket\":{\"about\":null}}", 1);
    expect("conditions leave a joined row out", &served_operator,
           "query ($x: Boolean = false) { ticket(id: 101) { id about @include(if: $x) { name } } }",
           "{\"ticket\":{\"id\":\"101\"}}", 1);
    expect("a list below: the row has a statement of its own", &served_operator,
           "{ ticket(id: 103) { about { name tickets(first: 1) { nodes { id } } } } }",
           "{\"ticket\":{\"about\":{\"name\":\"ann\",\"tickets\":{\"nodes\":[{\"id\":\"100\"}]}}}}",
           3);
}

static void test_pages(void)
{
    expect("pages of several parents join in every branch", &north,
           "{ customers { name tickets(first: 2) { nodes { id about { name } } pageInfo { "
           "hasNextPage } } } }",
           "{\"customers\":[{\"name\":\"ann\",\"tickets\":{\"nodes\":[{\"id\":\"100\","
           "\"about\":null},{\"id\":\"101\",\"about\":{\"name\":\"ann\"}}],\"pageInfo\":{"
           "\"hasNextPage\":true}}},{\"name\":\"dan\",\"tickets\":{\"nodes\":[{\"id\":\"104\","
           "\"about\":{\"name\":\"ann\"}}],\"pageInfo\":{\"hasNextPage\":false}}}]}",
           2);
    struct str page = served_answer(
        &served, &served_operator,
        "{ tickets(first: 3) { nodes { id kind { name } } pageInfo { endCursor } } }", NULL);
    const char *cursor = strstr(str_copy(served.arena, page).at, "endCursor\":\"");
    if (!TEST("a page with joined rows has a cursor", cursor != NULL))
        return;
    cursor += strlen("endCursor\":\"");
    struct str query = str_printf(
        served.arena, "{ tickets(first: 2, after: \"%.*s\") { nodes { id kind { name } } } }",
        (int)strcspn(cursor, "\""), cursor);
    expect(
        "which leads to the next", &served_operator, query.at,
        "{\"tickets\":{\"nodes\":[{\"id\":\"103\",\"kind\":{\"name\":\"fault\"}},{\"id\":\"104\","
        "\"kind\":{\"name\":\"wish\"}}]}}",
        1);
}

static void test_halves(void)
{
    expect(
        "an object has columns of two tables", &ann,
        "{ customer(id: 10) { name remark home { street zip } } }",
        "{\"customer\":{\"name\":\"ann\",\"remark\":\"nice\",\"home\":{\"street\":\"s1\",\"zip\":"
        "\"z1\"}}}",
        1);
    expect("an object without its other half is there without those columns", &served_operator,
           "{ customer(id: 12) { name remark home { street } } }",
           "{\"customer\":{\"name\":\"cid\",\"remark\":null,\"home\":null}}", 1);
    expect("the other half is no way around the row rule", &ann,
           "{ customer(id: 11) { remark home { zip } } }", "{\"customer\":null}", 1);
    expect("the other half of a joined row comes with it, if it may be seen", &north,
           "{ tickets { nodes { id about { remark } } } }",
           "{\"tickets\":{\"nodes\":[{\"id\":\"100\",\"about\":null},{\"id\":\"101\",\"about\":{"
           "\"remark\":\"nice\"}},{\"id\":\"102\",\"about\":null},{\"id\":\"104\",\"about\":{"
           "\"remark\":\"nice\"}},{\"id\":\"105\",\"about\":null}]}}",
           1);
}

static void test_identity(void)
{
    const char *query =
        "query ($x: Boolean!) { a: ticket(id: 101) @include(if: $x) { id about { name "
        "tickets(first: "
        "1) { nodes { id } } } } b: ticket(id: 101) @skip(if: $x) { kind { name } }"
        " c: ticket(id: 101) { about { tickets(first: 1) { nodes { kind { name } } } } } }";
    uint64_t before = served_statements(&served);
    TEST_TEXT("what is asked under several names is answered under each",
              served_answer(&served, &ann, query, "{\"x\":true}"),
              STR("{\"data\":{\"a\":{\"id\":\"101\",\"about\":{\"name\":\"ann\",\"tickets\":{"
                  "\"nodes\":[{\"id\":\"100\"}]}}},\"c\":{\"about\":{\"tickets\":{\"nodes\":[{"
                  "\"kind\":{\"name\":\"fault\"}}]}}}}}"));
    TEST("and fetched once", served_statements(&served) - before == 3);
    before = served_statements(&served);
    TEST_TEXT("also when the first of the names is left out",
              served_answer(&served, &ann, query, "{\"x\":false}"),
              STR("{\"data\":{\"b\":{\"kind\":{\"name\":\"wish\"}},\"c\":{\"about\":{\"tickets\":{"
                  "\"nodes\":[{\"kind\":{\"name\":\"fault\"}}]}}}}}"));
    TEST("and fetched once, then", served_statements(&served) - before == 3);
}

int main(void)
{
    served_open(&served, tables, schema);
    test_scopes();
    test_rows();
    test_pages();
    test_halves();
    test_identity();
    served_close(&served);
    return test_end();
}

/* shared: calls at the same moment share statements where they ask for the same, and never rows
 * that are not theirs. */
#include "base/arena.h"
#include "served.h"
#include "unit/test.h"

static const char tables[] =
    "CREATE TABLE partner (id INT PRIMARY KEY, name VARCHAR(20) NOT NULL, path VARCHAR(40) NOT "
    "NULL) WITH SYSTEM VERSIONING;"
    "CREATE TABLE customer (id INT PRIMARY KEY, name VARCHAR(20) NOT NULL, partner_id INT) WITH "
    "SYSTEM VERSIONING;"
    "CREATE TABLE thing (customer_id INT NOT NULL, id INT NOT NULL, name VARCHAR(20) NOT NULL, "
    "PRIMARY KEY (customer_id, id), UNIQUE KEY (id)) WITH SYSTEM VERSIONING;"
    "CREATE TABLE part (id INT PRIMARY KEY, customer_id INT NOT NULL, thing_id INT NOT NULL, name "
    "VARCHAR(20) NOT NULL, KEY (thing_id));"
    "CREATE TABLE plan (code VARCHAR(20) PRIMARY KEY, price INT NOT NULL);"
    "INSERT INTO part VALUES (1, 1, 12, 'p'), (2, 2, 22, 'q'), (3, 1, 11, 'r'), (4, 2, 21, 's');"
    "INSERT INTO plan VALUES ('a', 10), ('B', 20);"
    "INSERT INTO partner VALUES (1, 'all', '/1/'), (2, 'left', '/1/2/'), (3, 'right', '/1/3/'), "
    "(22, 'like left', '/1/22/');"
    "INSERT INTO customer VALUES (1, 'ann', 2), (2, 'bob', 3), (3, 'cid', 22);"
    "INSERT INTO thing VALUES (1, 11, 'a'), (1, 12, 'b'), (2, 21, 'c'), (2, 22, 'd')";

static const char schema[] =
    "scalar DateTime\n"
    "type Query { customer(id: ID!, asOf: DateTime @asOf): Customer @one(key: \"id\") plan(code: "
    "String!): Plan @one(key: \"code\") }\n"
    "type Plan @table(name: \"plan\", key: \"code\") @public { price: Int! }\n"
    "type Customer @table(name: \"customer\") @scope(customer: \"id\", partner: \"partner_id\") "
    "@right(tab: \"account\") {\n"
    "  id: ID! name: String!\n"
    "  things: ThingConnection! @many(key: \"customer_id\", order: \"id\", average: 2)\n"
    "}\n"
    "type Thing @table(name: \"thing\") @scope(customer: \"customer_id\") @right(tab: "
    "\"account\") { id: ID! name: String! @filter @sort parts: [Part!]! @many(key: \"thing_id\", "
    "order: \"id\") }\n"
    "type Part @table(name: \"part\", timeless: true) @scope(customer: \"customer_id\") "
    "@right(tab: "
    "\"account\") { id: ID! name: String! }\n"
    "type Partner @table(name: \"partner\") @scope(partner: \"id\") @right(tab: \"account\") { id: "
    "ID! name: String! }\n";

static const char query[] =
    "query ($id: ID!, $first: Int, $asOf: DateTime, $where: ThingFilter) { customer(id: $id, asOf: "
    "$asOf) { name things(first: $first, where: $where) { nodes { name } } } }";

#define ANN                                                                                        \
    "{\"data\":{\"customer\":{\"name\":\"ann\",\"things\":{\"nodes\":[{\"name\":\"a\"},{\"name\":" \
    "\"b\"}]}}}}"
#define BOB                                                                                        \
    "{\"data\":{\"customer\":{\"name\":\"bob\",\"things\":{\"nodes\":[{\"name\":\"c\"},{\"name\":" \
    "\"d\"}]}}}}"
#define NOBODY "{\"data\":{\"customer\":null}}"

static struct served served;

static struct viewer customer(int64_t id)
{
    return (struct viewer){.kind = VIEWER_CUSTOMER, .scope_id = id, .rights = UINT64_MAX >> 1};
}

static struct viewer partner(int64_t id, const char *path)
{
    return (struct viewer){.kind = VIEWER_PARTNER,
                           .scope_id = id,
                           .scope_path = str_of(path),
                           .rights = UINT64_MAX >> 1};
}

/* Both ask at the same moment; returns how many statements that took. */
static uint64_t test_both(const char *sentence, const struct viewer *one, const char *variables,
                          const char *answer, const struct viewer *other,
                          const char *other_variables, const char *other_answer)
{
    const struct viewer *viewers[] = {one, other};
    const char *given[] = {variables, other_variables};
    struct str bodies[2];
    uint64_t before = served_statements(&served);
    served_answer_both(&served, viewers, query, given, bodies);
    TEST_TEXT(sentence, bodies[0], str_of(answer));
    TEST_TEXT("and so has the other", bodies[1], str_of(other_answer));
    return served_statements(&served) - before;
}

/* Two operators ask another document at the same moment. */
static void test_each(const char *sentence, const char *document, const char *const variables[2],
                      const char *const answers[2])
{
    const struct viewer *viewers[] = {&served_operator, &served_operator};
    struct str bodies[2];
    served_answer_both(&served, viewers, document, variables, bodies);
    for (uint32_t i = 0; i < 2; i++)
        TEST_TEXT(sentence, bodies[i], str_of(answers[i]));
}

static void test_viewers(void)
{
    const struct viewer ann = customer(1), bob = customer(2);
    const struct viewer left = partner(2, "/1/2/"), right = partner(3, "/1/3/");
    TEST("two who see the same share their statements",
         test_both("each of two operators has what they asked for", &served_operator,
                   "{\"id\": \"1\"}", ANN, &served_operator, "{\"id\": \"2\"}", BOB) == 2);
    TEST("two customers share none",
         test_both("a customer has their own rows", &ann, "{\"id\": \"1\"}", ANN, &bob,
                   "{\"id\": \"2\"}", BOB) == 4);
    test_both("a customer does not see what another one is given", &ann, "{\"id\": \"1\"}", ANN,
              &bob, "{\"id\": \"1\"}", NOBODY);
    test_both("a partner does not see what another one is given", &left, "{\"id\": \"2\"}", NOBODY,
              &right, "{\"id\": \"2\"}", BOB);
    test_both("a partner does not see what is of one whose id begins like its own", &left,
              "{\"id\": \"3\"}", NOBODY, &left, "{\"id\": \"1\"}", ANN);
    test_both("a partner does not see what the operator is given", &served_operator,
              "{\"id\": \"2\"}", BOB, &left, "{\"id\": \"2\"}", NOBODY);
    test_both("nor a customer what the partner is", &right, "{\"id\": \"2\"}", BOB, &ann,
              "{\"id\": \"2\"}", NOBODY);
}

static void test_requests(void)
{
    test_both(
        "who asked for one row has one", &served_operator, "{\"id\": \"1\", \"first\": 1}",
        "{\"data\":{\"customer\":{\"name\":\"ann\",\"things\":{\"nodes\":[{\"name\":\"a\"}]}}}}",
        &served_operator, "{\"id\": \"2\", \"first\": 2}", BOB);
    test_both(
        "who asked for rows of a name has those", &served_operator,
        "{\"id\": \"1\", \"where\": {\"name\": {\"equal\": \"b\"}}}",
        "{\"data\":{\"customer\":{\"name\":\"ann\",\"things\":{\"nodes\":[{\"name\":\"b\"}]}}}}",
        &served_operator, "{\"id\": \"2\", \"where\": {\"name\": {\"equal\": \"c\"}}}",
        "{\"data\":{\"customer\":{\"name\":\"bob\",\"things\":{\"nodes\":[{\"name\":\"c\"}]}}}}");
    test_both("who asked for the past has the past", &served_operator,
              "{\"id\": \"1\", \"asOf\": \"2001-01-01T00:00:00Z\"}", NOBODY, &served_operator,
              "{\"id\": \"1\"}", ANN);
    const struct rows now =
        served_rows(&served, STR("SELECT DATE_FORMAT(NOW(6), '{\"id\": \"1\", \"asOf\": "
                                 "\"%Y-%m-%dT%H:%i:%s.%fZ\"}')"));
    test_both("of two moments each has its own", &served_operator,
              "{\"id\": \"1\", \"asOf\": \"2001-01-01T00:00:00Z\"}", NOBODY, &served_operator,
              cell_str(&now.cells[0]).at, ANN);
}

/* A cursor of the list of things, behind their first. */
static struct str cursor_of(const char *id)
{
    struct str body = served_answer(
        &served, &served_operator,
        "query ($id: ID!) { customer(id: $id) { things(first: 1) { pageInfo { endCursor } } } }",
        str_printf(served.arena, "{\"id\": \"%s\"}", id).at);
    const char *name = "\"endCursor\":\"", *at = strstr(body.at, name) + strlen(name);
    return (struct str){.at = at, .len = strcspn(at, "\"")};
}

static const char *given_cursor(const char *id, const char *of)
{
    return str_printf(served.arena, "{\"id\": \"%s\", \"after\": \"" STR_FMT "\"}", id,
                      STR_ARG(cursor_of(of)))
        .at;
}

static void test_pages(void)
{
    test_each(
        "who reads on reads on from where they were",
        "query ($id: ID!, $after: String) { customer(id: $id) { things(first: 1, after: "
        "$after) { nodes { name } } } }",
        (const char *[]){given_cursor("1", "1"), given_cursor("2", "2")},
        (const char *[]){"{\"data\":{\"customer\":{\"things\":{\"nodes\":[{\"name\":\"b\"}]}}}}",
                         "{\"data\":{\"customer\":{\"things\":{\"nodes\":[{\"name\":\"d\"}]}}}}"});
    test_each("who reads in an order of their own has that order",
              "query ($id: ID!, $order: [ThingSort!]) { customer(id: $id) { things(orderBy: "
              "$order) { nodes { name } } } }",
              (const char *[]){"{\"id\": \"1\"}",
                               "{\"id\": \"2\", \"order\": [{\"field\": \"NAME\", "
                               "\"direction\": \"DESCENDING\"}]}"},
              (const char *[]){"{\"data\":{\"customer\":{\"things\":{\"nodes\":[{\"name\":"
                               "\"a\"},{\"name\":\"b\"}]}}}}",
                               "{\"data\":{\"customer\":{\"things\":{\"nodes\":[{\"name\":"
                               "\"d\"},{\"name\":\"c\"}]}}}}"});
}

/* Of each call several keys are in the statement, and rows come in another order than keys. */
static void test_rows(void)
{
    test_each("rows of all rows of both are given to each",
              "query ($id: ID!) { customer(id: $id) { things { nodes { name parts { name } } } } }",
              (const char *[]){"{\"id\": \"1\"}", "{\"id\": \"2\"}"},
              (const char *[]){
                  "{\"data\":{\"customer\":{\"things\":{\"nodes\":[{\"name\":\"a\",\"parts\":[{"
                  "\"name\":\"r\"}]},{\"name\":\"b\",\"parts\":[{\"name\":\"p\"}]}]}}}}",
                  "{\"data\":{\"customer\":{\"things\":{\"nodes\":[{\"name\":\"c\",\"parts\":[{"
                  "\"name\":\"s\"}]},{\"name\":\"d\",\"parts\":[{\"name\":\"q\"}]}]}}}}"});
    test_each("rows that the database puts in another order than we do are given to their own",
              "query ($code: String!) { plan(code: $code) { price } }",
              (const char *[]){"{\"code\": \"B\"}", "{\"code\": \"a\"}"},
              (const char *[]){"{\"data\":{\"plan\":{\"price\":20}}}",
                               "{\"data\":{\"plan\":{\"price\":10}}}"});
}

int main(void)
{
    served_open(&served, tables, schema);
    test_viewers();
    test_requests();
    test_pages();
    test_rows();
    served_close(&served);
    return test_end();
}

/* moments: joined rows as of a moment, asked for again and again; versions in which only what a row
 * is about is another one. */
#include "base/arena.h"
#include "served.h"
#include "unit/test.h"

enum { TIMES = 6 }; /* more than there are connections, each of which keeps its statements */

static const char tables[] =
    "CREATE TABLE partner (id INT PRIMARY KEY, name VARCHAR(20) NOT NULL, path VARCHAR(40) NOT "
    "NULL) WITH SYSTEM VERSIONING;"
    "CREATE TABLE customer (id INT PRIMARY KEY, name VARCHAR(20) NOT NULL, partner_id INT) WITH "
    "SYSTEM VERSIONING;"
    "CREATE TABLE stamp (at DATETIME(6) NOT NULL);"
    "CREATE TABLE remark (id INT PRIMARY KEY, customer_id INT NOT NULL, about_kind VARCHAR(10), "
    "about_id INT) WITH SYSTEM VERSIONING;"
    "INSERT INTO remark VALUES (1, 1, 'CUSTOMER', 1);"
    "UPDATE remark SET about_kind = 'PARTNER' WHERE id = 1;"
    "UPDATE remark SET about_id = 2 WHERE id = 1;"
    "INSERT INTO partner VALUES (1, 'all', '/1/'), (2, 'first', '/1/2/');"
    "INSERT INTO customer VALUES (1, 'ann', 2);"
    "UPDATE partner SET name = 'second' WHERE id = 2;"
    "INSERT INTO stamp VALUES (NOW(6));"
    "UPDATE partner SET name = 'third' WHERE id = 2";

static const char schema[] =
    "scalar DateTime\n"
    "type Query { customer(id: ID!, asOf: DateTime @asOf): Customer @one(key: \"id\") "
    "remark(id: ID!): Remark @one(key: \"id\") }\n"
    "union Subject = Customer | Partner\n"
    "type Remark @table(name: \"remark\") @scope(customer: \"customer_id\") @right(tab: "
    "\"account\") { id: ID! about: Subject @one(kind: \"about_kind\", key: \"about_id\") "
    "history: RemarkVersionConnection! @history }\n"
    "type Customer @table(name: \"customer\") @scope(customer: \"id\", partner: \"partner_id\") "
    "@right(tab: \"account\") { id: ID! name: String! partner: Partner @one }\n"
    "type Partner @table(name: \"partner\") @scope(partner: \"id\") @right(tab: \"account\") { id: "
    "ID! name: String! }\n";

static const char query[] =
    "query ($asOf: DateTime) { customer(id: 1, asOf: $asOf) { partner { name } } }";

static struct served served;

static bool is_always(const char *variables, const char *body)
{
    bool same = true;
    for (int i = 0; i < TIMES; i++)
        same &= str_is(served_answer(&served, &served_operator, query, variables), body);
    return same;
}

int main(void)
{
    served_open(&served, tables, schema);
    const struct rows then = served_rows(
        &served, STR("SELECT DATE_FORMAT(at, '{\"asOf\": \"%Y-%m-%dT%H:%i:%s.%fZ\"}') FROM stamp"));
    TEST("a joined row of the past is the same however often it is asked for",
         is_always(str_copy(served.arena, cell_str(&then.cells[0])).at,
                   "{\"data\":{\"customer\":{\"partner\":{\"name\":\"second\"}}}}"));
    TEST("and so is the one of now",
         is_always("{\"asOf\": null}",
                   "{\"data\":{\"customer\":{\"partner\":{\"name\":\"third\"}}}}"));
    TEST("where there was no row yet nothing is joined",
         is_always("{\"asOf\": \"2001-01-01T00:00:00Z\"}", "{\"data\":{\"customer\":null}}"));
    TEST_TEXT("a row that is about something else is another version",
              served_answer(&served, &served_operator,
                            "{ remark(id: 1) { history { totalCount nodes { changes } } } }", NULL),
              STR("{\"data\":{\"remark\":{\"history\":{\"totalCount\":3,\"nodes\":[{\"changes\":["
                  "\"about\"]},{\"changes\":[\"about\"]},{\"changes\":[]}]}}}}"));
    served_close(&served);
    return test_end();
}

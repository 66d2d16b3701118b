/* past: as of a moment there is what was there then, for whoever may see it now; filters look into
 * the same moment. */
#include "base/arena.h"
#include "served.h"
#include "unit/test.h"

/* Behind the stamp Anna became Ann, went from the left partner to the right one, and was written to
 * once more. */
static const char tables[] =
    "CREATE TABLE partner (id INT PRIMARY KEY, path VARCHAR(40) NOT NULL) WITH SYSTEM VERSIONING;"
    "CREATE TABLE customer (id INT PRIMARY KEY, name VARCHAR(20) NOT NULL, partner_id INT) WITH "
    "SYSTEM VERSIONING;"
    "CREATE TABLE thing (id INT PRIMARY KEY, customer_id INT NOT NULL, name VARCHAR(20) NOT NULL, "
    "KEY (customer_id)) WITH SYSTEM VERSIONING;"
    "CREATE TABLE letter (id INT PRIMARY KEY, customer_id INT NOT NULL, title VARCHAR(20) NOT "
    "NULL, written_at DATETIME(6) NOT NULL, KEY (customer_id));"
    "CREATE TABLE stamp (at DATETIME(6) NOT NULL);"
    "INSERT INTO partner VALUES (1, '/1/'), (2, '/1/2/'), (3, '/1/3/');"
    "INSERT INTO customer VALUES (1, 'anna', 2);"
    "INSERT INTO thing VALUES (1, 1, 'phone');"
    "INSERT INTO letter VALUES (1, 1, 'early', NOW(6));"
    "INSERT INTO stamp VALUES (NOW(6));"
    "UPDATE customer SET name = 'ann', partner_id = 3;"
    "UPDATE thing SET name = 'tablet';"
    "INSERT INTO letter VALUES (2, 1, 'late', NOW(6))";

static const char schema[] =
    "scalar DateTime\n"
    "type Query {\n"
    "  customer(id: ID!, asOf: DateTime @asOf): Customer @one(key: \"id\")\n"
    "}\n"
    "type Partner @table(name: \"partner\") @scope(partner: \"id\") @right(tab: \"account\") { id: "
    "ID! }\n"
    "type Customer @table(name: \"customer\") @scope(customer: \"id\", partner: \"partner_id\") "
    "@right(tab: \"account\") {\n"
    "  id: ID! name: String! @filter\n"
    "  things: [Thing!]! @many(key: \"customer_id\", order: \"id\")\n"
    "  letters: [Letter!]! @many(key: \"customer_id\", order: \"id\") @filter\n"
    "}\n"
    "type Thing @table(name: \"thing\") @scope(customer: \"customer_id\") @right(tab: "
    "\"account\") { id: ID! name: String! customer: Customer @one @filter }\n"
    "type Letter @table(name: \"letter\", recorded: \"written_at\") @scope(customer: "
    "\"customer_id\") @right(tab: \"account\") { id: ID! title: String! @filter }\n";

static struct served served;
static const struct viewer left = {
    .kind = VIEWER_PARTNER, .rights = 7, .scope_id = 2, .scope_path = STR("/1/2/")};
static const struct viewer right = {
    .kind = VIEWER_PARTNER, .rights = 7, .scope_id = 3, .scope_path = STR("/1/3/")};

static const char *then;
static const char now[] = "{\"asOf\": null}";

static void ask(const char *sentence, const struct viewer *viewer, const char *moment,
                const char *query, const char *want)
{
    TEST_TEXT(sentence, served_answer(&served, viewer, query, moment), str_of(want));
}

static void test_rows(void)
{
    const char *query =
        "query ($asOf: DateTime) { customer(id: 1, asOf: $asOf) { name things { name } letters { "
        "title } } }";
    ask("rows, and those below them, are those of then; what was recorded later is not there yet",
        &served_operator, then, query,
        "{\"data\":{\"customer\":{\"name\":\"anna\",\"things\":[{\"name\":\"phone\"}],"
        "\"letters\":[{\"title\":\"early\"}]}}}");
    ask("now all of it is there", &served_operator, now, query,
        "{\"data\":{\"customer\":{\"name\":\"ann\",\"things\":[{\"name\":\"tablet\"}],"
        "\"letters\":[{\"title\":\"early\"},{\"title\":\"late\"}]}}}");
    query = "query ($asOf: DateTime) { customer(id: 1, asOf: $asOf) { name things { name } } }";
    ask("the past of a customer is their partner's of now", &right, then, query,
        "{\"data\":{\"customer\":{\"name\":\"anna\",\"things\":[{\"name\":\"phone\"}]}}}");
    ask("and no more that of who was it then", &left, then, query,
        "{\"data\":{\"customer\":null}}");
}

static void test_filters(void)
{
    const char *query = "query ($asOf: DateTime) { customer(id: 1, asOf: $asOf) { things(where: "
                        "{customer: {name: {equal: \"anna\"}}}) { name } } }";
    static const char phone[] = "{\"data\":{\"customer\":{\"things\":[{\"name\":\"phone\"}]}}}";
    ask("a filter looks into rows as they were then", &served_operator, then, query, phone);
    ask("and now into those of now", &served_operator, now, query,
        "{\"data\":{\"customer\":{\"things\":[]}}}");
    ask("those of then are the partner's of now", &right, then, query, phone);
    query = "query ($asOf: DateTime) { customer(id: 1, asOf: $asOf) { things(where: {customer: "
            "{letters: {some: {title: {equal: \"late\"}}}}}) { name } } }";
    ask("a filter does not know what was recorded later", &served_operator, then, query,
        "{\"data\":{\"customer\":{\"things\":[]}}}");
    ask("and knows it now", &served_operator, now, query,
        "{\"data\":{\"customer\":{\"things\":[{\"name\":\"tablet\"}]}}}");
}

static void test_future(void)
{
    ask("nobody knows the future", &served_operator, "{\"asOf\": \"2999-01-01T00:00:00Z\"}",
        "query ($asOf: DateTime) { customer(id: 1, asOf: $asOf) { id } }",
        "{\"errors\":[{\"message\":\"\\\"asOf\\\" lies in the future. Give a moment that has "
        "passed, or none for now.\",\"locations\":[{\"line\":1,\"column\":49}],\"extensions\":{"
        "\"code\":\"BAD_USER_INPUT\"}}]}");
}

int main(void)
{
    served_open(&served, tables, schema);
    const struct rows stamp = served_rows(
        &served, STR("SELECT DATE_FORMAT(at, '{\"asOf\": \"%Y-%m-%dT%H:%i:%s.%fZ\"}') FROM stamp"));
    then = str_copy(served.arena, cell_str(&stamp.cells[0])).at;
    test_rows();
    test_filters();
    test_future();
    served_close(&served);
    return test_end();
}

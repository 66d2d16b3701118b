/* strategies: lists and pages of many parents, whichever way they are fetched, are the same. */
#include "base/arena.h"
#include "served.h"
#include "unit/test.h"

/* Owner 1 has 3 things, owner 2 none, owner 3 has 2,000, the others 5. */
static const char tables[] =
    "CREATE TABLE owner (id INT PRIMARY KEY, name VARCHAR(20) NOT NULL);"
    "CREATE TABLE thing (owner_id INT NOT NULL, made_on DATE NOT NULL, id INT NOT NULL,"
    " name VARCHAR(20) NOT NULL, PRIMARY KEY (owner_id, made_on, id));"
    "INSERT INTO owner SELECT seq, CONCAT('owner ', seq) FROM seq_1_to_100;"
    "INSERT INTO thing SELECT 1, '2026-01-01' + INTERVAL seq DAY, seq, CONCAT('a', seq) FROM "
    "seq_1_to_3;"
    "INSERT INTO thing SELECT 3, '2026-01-01' + INTERVAL seq % 50 DAY, seq, CONCAT('b', seq) FROM "
    "seq_1_to_2000;"
    "INSERT INTO thing SELECT o.seq, '2026-01-01' + INTERVAL t.seq DAY, t.seq, 'c' FROM "
    "seq_4_to_100 AS o, seq_1_to_5 AS t";

static const char schema[] =
    "scalar Date\n"
    "type Query {\n"
    "  owners: [Owner!]! @many(order: \"id\", limit: 200)\n"
    "  named(prefix: String @match(column: \"name\", how: \"PREFIX\"), limit: Int! @limit,\n"
    "    names: [String!] @match(column: \"name\"), id: Int @match): [Owner!]! @many(order: "
    "\"id\", limit: 200)\n"
    "}\n"
    "type Owner @table(name: \"owner\") @public {\n"
    "  id: ID! name: String!\n"
    "  few(last: Int! @limit): [Thing!]! @many(key: \"owner_id\", order: \"made_on desc, id "
    "desc\", limit: 50, average: 5)\n"
    "  deep(last: Int! @limit): [Thing!]! @many(key: \"owner_id\", order: \"made_on desc, id "
    "desc\", limit: 50, average: 500)\n"
    "  plain: [Thing!]! @many(key: \"owner_id\", order: \"made_on, id\", limit: 4, average: 5)\n"
    "  fewPages: ThingConnection! @many(key: \"owner_id\", order: \"made_on\", average: 5)\n"
    "  deepPages: ThingConnection! @many(key: \"owner_id\", order: \"made_on\", average: 500)\n"
    "}\n"
    "type Thing @table(name: \"thing\") @public { id: Int! name: String! madeOn: Date! }\n";

static struct served served;

static struct str answer(const char *query)
{
    return served_answer(&served, &served_operator, query, NULL);
}

/* Two documents that ask for the same under the same name. */
static void test_same(const char *sentence, const char *one, const char *other)
{
    TEST_TEXT(sentence, answer(one), answer(other));
}

static void test_strategies(void)
{
    test_same("a list of many parents is the same read at once or parent by parent",
              "{ owners { x: few(last: 7) { id name } } }",
              "{ owners { x: deep(last: 7) { id name } } }");
    test_same("a page is, too",
              "{ owners { x: fewPages(first: 3) { nodes { id } pageInfo { "
              "hasNextPage endCursor } } } }",
              "{ owners { x: deepPages(first: 3) { nodes { id } pageInfo { hasNextPage endCursor "
              "} } } }");
    test_same("a list of parents who have more than expected is, too",
              "{ owners { x: few(last: 3) { id name } } }",
              "{ owners { x: deep(last: 3) { id name } } }");
    test_same("walking backward is, too",
              "{ owners { x: fewPages(last: 3) { nodes { id } pageInfo { hasPreviousPage } } } }",
              "{ owners { x: deepPages(last: 3) { nodes { id } pageInfo { hasPreviousPage } } } }");
    uint64_t before = served_statements(&served);
    answer("{ owners { few(last: 3) { id } } }");
    TEST("a wrong hint costs a second statement for 64 parents each, not an error",
         served_statements(&served) - before == 4);
    before = served_statements(&served);
    answer("{ named(prefix: \"owner 1\", limit: 100) { few(last: 50) { id } } }");
    TEST("few rows of many parents come in one statement",
         served_statements(&served) - before == 2);
    before = served_statements(&served);
    answer("{ named(prefix: \"owner 1\", limit: 100) { deep(last: 50) { id } } }");
    TEST("many rows of some parents come in one statement, too",
         served_statements(&served) - before == 2);
    before = served_statements(&served);
    answer("{ owners { x: few(last: 4) { id } y: few(last: 2) { id } } }");
    TEST("lists of other sizes are other statements", served_statements(&served) - before >= 3);
}

static void test_sizes(void)
{
    TEST_TEXT("asking for fewer than there are is no error",
              answer("{ named(names: [\"owner 1\"], limit: 1) { few(last: 2) { id } } }"),
              STR("{\"data\":{\"named\":[{\"few\":[{\"id\":3},{\"id\":2}]}]}}"));
    TEST("a list cut by the schema's limit says so",
         strstr(answer("{ named(id: 4, limit: 1) { plain { id } } }").at,
                "Only the first 4 of this list are given.") != NULL);
    TEST("a size of none is refused",
         strstr(answer("{ named(limit: 0) { id } }").at,
                "\\\"limit\\\" takes a number from 1 to 200.") != NULL);
    TEST("a size beyond the schema's limit is refused",
         strstr(answer("{ named(limit: 3) { few(last: 51) { id } } }").at,
                "\\\"last\\\" takes a number from 1 to 50.") != NULL);
}

static void test_matches(void)
{
    TEST_TEXT("an argument that is not given narrows nothing",
              answer("{ named(limit: 2, prefix: null) { id } }"),
              STR("{\"data\":{\"named\":[{\"id\":\"1\"},{\"id\":\"2\"}]}}"));
    TEST_TEXT("a beginning finds what begins with it",
              answer("{ named(limit: 2, prefix: \"owner 9\") { name } }"),
              STR("{\"data\":{\"named\":[{\"name\":\"owner 9\"},{\"name\":\"owner 90\"}]}}"));
    TEST_TEXT("wildcards in a beginning are characters",
              answer("{ a: named(limit: 2, prefix: \"owner%\") { id } b: named(limit: 2, prefix: "
                     "\"owner_\") { id } c: named(limit: 2, prefix: \"!owner\") { id } d: "
                     "named(limit: 2, prefix: \"owner\\\\\") { id } }"),
              STR("{\"data\":{\"a\":[],\"b\":[],\"c\":[],\"d\":[]}}"));
    TEST_TEXT("one of several",
              answer("{ named(limit: 9, names: [\"owner 3\", \"owner 2\", \"nobody\"]) { id } }"),
              STR("{\"data\":{\"named\":[{\"id\":\"2\"},{\"id\":\"3\"}]}}"));
    TEST_TEXT("one of none is nothing", answer("{ named(limit: 9, names: []) { id } }"),
              STR("{\"data\":{\"named\":[]}}"));
    TEST_TEXT("what is matched holds all together",
              answer("{ named(limit: 9, id: 7, prefix: \"owner 7\") { name } none: named(limit: 9, "
                     "id: 7, prefix: \"owner 8\") { id } }"),
              STR("{\"data\":{\"named\":[{\"name\":\"owner 7\"}],\"none\":[]}}"));
}

int main(void)
{
    served_open(&served, tables, schema);
    test_strategies();
    test_sizes();
    test_matches();
    served_close(&served);
    return test_end();
}

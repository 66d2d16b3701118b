/* referenced: rows that are held in memory: what they cost, and when a change of theirs is seen. */
#include "base/arena.h"
#include "base/loop.h"
#include "mariadb/private.h"
#include "source/memory.h"
#include "unit/loop_poll.h"
#include "unit/run/served.h"
#include "unit/test.h"

enum { PATIENCE_MS = 20000, STEP_MS = 20, PAUSE_MS = 1800 };

static const char tables[] =
    "CREATE TABLE kind (id INT UNSIGNED NOT NULL PRIMARY KEY, name VARCHAR(20) NOT NULL, "
    "class_code VARCHAR(8) NOT NULL, price INT NOT NULL, currency CHAR(3) NOT NULL, FOREIGN KEY "
    "(class_code) REFERENCES class (code));"
    "CREATE TABLE item (id BIGINT NOT NULL PRIMARY KEY, kind_id BIGINT NULL, KEY (kind_id));";

static const char more_tables[] =
    "CREATE TABLE class (code VARCHAR(8) NOT NULL PRIMARY KEY, name VARCHAR(20) NOT NULL);"
    "INSERT INTO class VALUES ('A', 'first'), ('B', 'second');";

static const char rows[] =
    "INSERT INTO kind SELECT seq, CONCAT('kind ', seq), IF(seq % 2, 'A', 'B'), seq * 100, 'EUR' "
    "FROM seq_1_to_300;"
    "INSERT INTO item VALUES (1, 7), (2, 8), (3, 7), (4, NULL), (5, 9999);";

static const char schema[] =
    "type Query { item(id: ID!): Item @one(key: \"id\") items: [Item!]! @many(order: \"id\") "
    "kind(id: "
    "ID!): Kind @one(key: \"id\") }\n"
    "type Item @table(name: \"item\") @public { id: ID! kind: Kind @one(key: \"kind_id\") }\n"
    "type Kind @table(name: \"kind\") @reference @public { id: ID! name: String! class: Class! "
    "@one(key: \"class_code\")\n"
    "  price: Money! @embedded(columns: [\"price\", \"currency\"])\n"
    "  items: [Item!]! @many(key: \"kind_id\", order: \"id\") }\n"
    "type Class @table(name: \"class\", key: \"code\") @reference @public { code: String! name: "
    "String! }\n"
    "type Money @embedded { minor: Int! currency: String! }\n";

static struct served served;

static void expect(const char *sentence, const char *query, const char *data, uint64_t statements)
{
    uint64_t before = served_statements(&served);
    struct str want = str_printf(served.arena, "{\"data\":%s}", data);
    TEST_TEXT(sentence, served_answer(&served, &served_operator, query, NULL), want);
    uint64_t asked = served_statements(&served) - before;
    if (!TEST("in as many statements as expected", asked == statements))
        printf("# %llu statements\n", (unsigned long long)asked);
}

static void test_reading(void)
{
    expect(
        "a row in memory costs no statement", "{ items { id kind { name price { minor } } } }",
        "{\"items\":[{\"id\":\"1\",\"kind\":{\"name\":\"kind 7\",\"price\":{\"minor\":700}}},{"
        "\"id\":\"2\",\"kind\":{\"name\":\"kind 8\",\"price\":{\"minor\":800}}},{\"id\":\"3\","
        "\"kind\":{\"name\":\"kind 7\",\"price\":{\"minor\":700}}},{\"id\":\"4\",\"kind\":null},{"
        "\"id\":\"5\",\"kind\":null}]}",
        2); /* the second is for the row that is not there */
    expect("a key that is not set asks nobody", "{ item(id: 4) { kind { name } } }",
           "{\"item\":{\"kind\":null}}", 1);
    expect("what a row in memory names is in memory, too",
           "{ item(id: 1) { kind { name class { name } } } }",
           "{\"item\":{\"kind\":{\"name\":\"kind 7\",\"class\":{\"name\":\"first\"}}}}", 1);
    expect("below a row in memory only its own are fetched",
           "{ item(id: 2) { kind { name items { id } } } }",
           "{\"item\":{\"kind\":{\"name\":\"kind 8\",\"items\":[{\"id\":\"2\"}]}}}", 2);
    expect(
        "each row that is named several times has its own once",
        "{ items { kind { id items { id } } } }",
        "{\"items\":[{\"kind\":{\"id\":\"7\",\"items\":[{\"id\":\"1\"},{\"id\":\"3\"}]}},{\"kind\":"
        "{\"id\":\"8\",\"items\":[{\"id\":\"2\"}]}},{\"kind\":{\"id\":\"7\",\"items\":[{\"id\":"
        "\"1\"},{\"id\":\"3\"}]}},{\"kind\":null},{\"kind\":null}]}",
        3);
    expect("at the root the row itself is read", "{ kind(id: 9) { name class { code } } }",
           "{\"kind\":{\"name\":\"kind 9\",\"class\":{\"code\":\"A\"}}}", 1);
}

/* Whether the answer becomes this while we wait. */
static bool becomes(const char *query, const char *data)
{
    struct str want = str_printf(served.arena, "{\"data\":%s}", data);
    for (unsigned waited = 0; waited < PATIENCE_MS; waited += STEP_MS) {
        if (str_equal(served_answer(&served, &served_operator, query, NULL), want))
            return true;
        loop_poll_for(served.loop, STEP_MS);
    }
    return false;
}

static void test_changes(void)
{
    const char *query = "{ item(id: 1) { kind { name } } }";
    served_script(&served, "INSERT INTO kind VALUES (1000, 'new', 'A', 1, 'EUR'); INSERT INTO item "
                           "VALUES (6, 1000)");
    expect("a row that was just written is read from the database",
           "{ item(id: 6) { kind { name class { name } } } }",
           "{\"item\":{\"kind\":{\"name\":\"new\",\"class\":{\"name\":\"first\"}}}}", 2);
    served_script(&served, "UPDATE kind SET name = 'seven' WHERE id = 7");
    TEST("a change is seen by itself",
         becomes(query, "{\"item\":{\"kind\":{\"name\":\"seven\"}}}"));
    served_script(&served, "UPDATE kind SET name = 'VII' WHERE id = 7");
    uint64_t begin = served.loop->ops->now_ms(served.loop);
    memory_refresh(served.memory);
    TEST("a change is seen at once when somebody says so",
         becomes(query, "{\"item\":{\"kind\":{\"name\":\"VII\"}}}"));
    TEST("before it is read again by itself",
         served.loop->ops->now_ms(served.loop) - begin < PAUSE_MS);
    uint64_t before = served_statements(&served);
    served_answer(&served, &served_operator, "{ item(id: 6) { kind { name } } }", NULL);
    TEST("then the new row is in memory, too", served_statements(&served) - before == 1);
    served_script(&served, "DELETE FROM item WHERE kind_id = 8; DELETE FROM kind WHERE id = 8;"
                           "INSERT INTO item VALUES (7, 8)");
    TEST("a row that was deleted goes",
         becomes("{ item(id: 7) { kind { name } } }", "{\"item\":{\"kind\":null}}"));
}

/* Reads a table of that many rows. */
static struct str open_with(const char *select)
{
    const struct memory_source source = {.name = STR("Thing"), .select = str_of(select)};
    struct str problem = STR("");
    struct memory *memory =
        memory_open(&source, 1, private_application(served.mariadb), served.arena, &problem);
    if (memory != NULL)
        memory_close(memory);
    return problem;
}

static void test_refusals(void)
{
    TEST_TEXT("10,000 rows are held", open_with("SELECT seq FROM seq_1_to_10000 LIMIT ?"), STR(""));
    TEST_TEXT("10,001 are refused in words", open_with("SELECT seq FROM seq_1_to_10001 LIMIT ?"),
              STR("Thing has more than 10000 rows, too many to be held in memory: drop its "
                  "@reference"));
    TEST("a table that cannot be read is refused", open_with("SELECT x FROM y LIMIT ?").len > 0);
    struct str mistakes = served_mistakes(
        &served, "type Query { item(id: ID!): Item @one(key: \"id\") }\n"
                 "type Item @table(name: \"item\") @reference @scope(customer: \"kind_id\", "
                 "partner: \"kind_id\") @right(tab: \"account\") { id: ID! }\n");
    TEST("rows with owners are not held for everybody",
         strstr(str_copy(served.arena, mistakes).at, "Item: @reference holds rows for everybody") !=
             NULL);
}

int main(void)
{
    struct arena *arena = arena_create();
    struct str sql = str_printf(arena, "%s%s%s", more_tables, tables, rows);
    served_open(&served, sql.at, schema);
    test_reading();
    test_changes();
    test_refusals();
    served_close(&served);
    arena_destroy(arena);
    return test_end();
}

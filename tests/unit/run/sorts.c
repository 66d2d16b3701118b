/* sorts: orders of the client's, page by page, and what is refused; what filters and orders ask of
 * the schema, of rights, and of requests. */
#include "base/arena.h"
#include "base/buf.h"
#include "served.h"
#include "unit/test.h"
#include <jansson.h>
#include <stdlib.h>

static const char tables[] =
    "CREATE TABLE owner (id INT PRIMARY KEY, name VARCHAR(20) NOT NULL);"
    "INSERT INTO owner VALUES (1, 'one'), (2, 'two');"
    "CREATE TABLE thing (id INT PRIMARY KEY, owner_id INT NOT NULL, name VARCHAR(20) NOT NULL,"
    " price DECIMAL(24,4) NOT NULL, made_at DATETIME(6) NOT NULL, note VARCHAR(9) NULL,"
    " kind ENUM('Z','A') NOT NULL, weight DOUBLE NOT NULL, secret INT NOT NULL,"
    " KEY (owner_id), KEY (name));"
    "INSERT INTO thing SELECT seq, seq MOD 2 + 1, ELT(seq MOD 5 + 1, 'a', 'A', 'ä', 'b', ''),"
    " ELT(seq MOD 3 + 1, 9007199254740993.0001, 9007199254740993.0002, -1.5),"
    " '2026-10-01 12:00:00' + INTERVAL seq MOD 7 MICROSECOND, NULL, 'A', 0, seq FROM seq_1_to_60;"
    "CREATE TABLE part (thing_id INT NOT NULL, made_on DATE NOT NULL, id INT NOT NULL,"
    " size INT NOT NULL, PRIMARY KEY (thing_id, made_on, id));"
    "INSERT INTO part SELECT t.seq, '2026-10-01' + INTERVAL p.seq DAY, p.seq MOD 2, p.seq MOD 3"
    " FROM seq_1_to_60 AS t, seq_1_to_6 AS p";

static const char schema[] =
    "scalar Date scalar DateTime scalar Decimal\n"
    "type Query {\n"
    "  things: ThingConnection! @many(order: \"id\")\n"
    "  owners: [Owner!]! @many(order: \"id\")\n"
    "}\n"
    "type Owner @table(name: \"owner\") @public { id: ID!\n"
    "  things: ThingConnection! @many(key: \"owner_id\", order: \"id\", average: 5) }\n"
    "type Thing @table(name: \"thing\") @public {\n"
    "  id: ID! @filter name: String! @sort @filter price: Decimal! @sort madeAt: DateTime! @sort\n"
    "  note: String kind: String! weight: Float!\n"
    "  grade: Grade! @column(name: \"kind\") @filter @right(tab: \"secret\")\n"
    "  secret: Int! @right(tab: \"secret\") @sort @filter\n"
    "  parts: [Part!]! @many(key: \"thing_id\", order: \"made_on, id\") @filter "
    "@right(tab: \"secret\")\n"
    "}\n"
    "enum Grade { Z A }\n"
    "type Part @table(name: \"part\") @public @right(tab: \"secret\") {\n"
    "  id: Int! size: Int! @filter @sort madeOn: Date! @sort }\n";

static struct served served;

static struct str answer(const char *query, const char *variables)
{
    return served_answer(&served, &served_operator, query, variables);
}

static bool says(struct str text, const char *words)
{
    return strstr(str_copy(served.arena, text).at, words) != NULL;
}

/* ---- pages ---- */

static void add_ids(struct str *ids, const json_t *nodes)
{
    size_t i;
    json_t *node;
    json_array_foreach(nodes, i, node) *ids = str_printf(
        served.arena, STR_FMT " %s", STR_ARG(*ids), json_string_value(json_object_get(node, "id")));
}

/* All ids of a list in its order, from page to page of 7. */
static struct str walk(const char *sort, bool backward)
{
    struct str ids = STR(""), page, cursor = {0};
    for (int i = 0; i < 20; i++) {
        struct str variables = str_printf(served.arena, "{\"sort\":%s,\"at\":%s" STR_FMT "%s}",
                                          sort, cursor.at == NULL ? "null" : "\"", STR_ARG(cursor),
                                          cursor.at == NULL ? "" : "\"");
        struct str body = answer(
            backward ? "query ($sort: [ThingSort!], $at: String) { things(orderBy: $sort, last: 7, "
                       "before: $at) { nodes { id } pageInfo { more: hasPreviousPage at: "
                       "startCursor } } }"
                     : "query ($sort: [ThingSort!], $at: String) { things(orderBy: $sort, first: "
                       "7, after: $at) { nodes { id } pageInfo { more: hasNextPage at: endCursor } "
                       "} }",
            variables.at);
        json_t *json = json_loadb(body.at, body.len, 0, NULL);
        const json_t *things = json_object_get(json_object_get(json, "data"), "things");
        const json_t *info = json_object_get(things, "pageInfo");
        page = STR("");
        add_ids(&page, json_object_get(things, "nodes"));
        ids = backward ? str_printf(served.arena, STR_FMT STR_FMT, STR_ARG(page), STR_ARG(ids))
                       : str_printf(served.arena, STR_FMT STR_FMT, STR_ARG(ids), STR_ARG(page));
        bool more = json_is_true(json_object_get(info, "more"));
        if (more)
            cursor = str_copy(served.arena, str_of(json_string_value(json_object_get(info, "at"))));
        json_decref(json);
        if (!more)
            break;
    }
    return ids;
}

static void test_walk(const char *sentence, const char *sort, const char *order)
{
    struct rows rows = served_rows(
        &served, str_printf(served.arena, "SELECT CAST(id AS CHAR) FROM thing ORDER BY %s", order));
    struct str want = STR("");
    for (uint32_t i = 0; i < rows.count; i++)
        want = str_printf(served.arena, STR_FMT " " STR_FMT, STR_ARG(want),
                          STR_ARG(cell_str(&rows.cells[i])));
    TEST_TEXT(sentence, walk(sort, false), want);
    TEST_TEXT("and backward", walk(sort, true), want);
}

static void test_walks(void)
{
    test_walk("without an order of their own, pages come in the list's", "null", "id");
    test_walk("an empty order is none", "[]", "id");
    test_walk("by a text, as its collation has it, then by the key", "[{\"field\":\"NAME\"}]",
              "name, id");
    test_walk("downward, the key too", "[{\"field\":\"NAME\",\"direction\":\"DESCENDING\"}]",
              "name DESC, id DESC");
    test_walk("by exact numbers that doubles cannot tell apart", "[{\"field\":\"PRICE\"}]",
              "price, id");
    test_walk("by microseconds, and by two fields in two directions",
              "[{\"field\":\"MADE_AT\",\"direction\":\"DESCENDING\"},{\"field\":\"NAME\"}]",
              "made_at DESC, name, id");
}

/* ---- what is refused ---- */

static void test_refusals(void)
{
    struct str of_name =
        answer("{ things(orderBy: {field: NAME}, first: 1) { pageInfo { endCursor } } }", NULL);
    const char *at = strstr(of_name.at, "endCursor\":\"") + strlen("endCursor\":\"");
    struct str cursor = {.at = at, .len = strcspn(at, "\"")};
    struct str query =
        str_printf(served.arena,
                   "{ things(orderBy: {field: PRICE}, after: \"" STR_FMT "\") { nodes { id } } }",
                   STR_ARG(cursor));
    TEST("a cursor of another order is refused",
         says(answer(query.at, NULL), "not one of this list in this order"));
    query = str_printf(served.arena,
                       "{ things(orderBy: {field: NAME}, after: \"" STR_FMT
                       "\", first: 1) { nodes { id } } }",
                       STR_ARG(cursor));
    TEST("one of the same order is not", !says(answer(query.at, NULL), "errors"));
    TEST("a field named twice is refused",
         says(answer("{ things(orderBy: [{field: NAME}, {field: NAME, direction: DESCENDING}]) { "
                     "nodes { id } } }",
                     NULL),
              "\\\"orderBy\\\" names a field twice."));
    struct buf deep;
    buf_init(&deep, served.arena, 256);
    for (int i = 0; i < 12; i++)
        buf_add(&deep, STR("{not:"));
    buf_add(&deep, STR("{}}}}}}}}}}}}}"));
    query = str_printf(served.arena, "{ things(where: " STR_FMT ") { nodes { id } } }",
                       STR_ARG(buf_str(&deep)));
    TEST("a filter that goes too deep is refused",
         says(answer(query.at, NULL), "A filter goes deeper than 10 objects"));
    struct buf wide;
    buf_init(&wide, served.arena, 4096);
    for (int i = 0; i < 51; i++)
        buf_add(&wide, STR("{name:{equal:\"a\"}},"));
    query = str_printf(served.arena, "{ things(where: {or: [" STR_FMT "]}) { nodes { id } } }",
                       STR_ARG(buf_str(&wide)));
    TEST("a filter of too many conditions is refused",
         says(answer(query.at, NULL), "more than 50 conditions"));
}

/* ---- rights ---- */

static void test_rights(void)
{
    const struct viewer plain = {.kind = VIEWER_OPERATOR, .rights = 1};
    struct str body = served_answer(&served, &plain,
                                    "{ things(where: {secret: {equal: 1}}) { totalCount } }", NULL);
    TEST("a filter by what the viewer does not see is not known",
         says(body, "not to include unknown field \\\"secret\\\""));
    body =
        served_answer(&served, &plain, "{ things(orderBy: {field: SECRET}) { totalCount } }", NULL);
    TEST("an order by it neither",
         says(body, "Value \\\"SECRET\\\" does not exist in \\\"ThingSortField\\\" enum."));
    body = served_answer(&served, &plain,
                         "query ($w: ThingFilter) { things(where: $w) { totalCount } }",
                         "{\"w\":{\"secret\":{\"equal\":1}}}");
    TEST("by a variable neither",
         says(body, "secret") && says(body, "BAD_USER_INPUT") && !says(body, "\"data\":{"));
    TEST("a document that was planned for another is none for who sees less",
         says(answer("{ things(where: {secret: {equal: 1}}) { totalCount } }", NULL),
              "\"totalCount\":1}") &&
             says(served_answer(&served, &plain,
                                "{ things(where: {secret: {equal: 1}}) { totalCount } }", NULL),
                  "not to include unknown field"));
    TEST("what they see they may filter by",
         says(served_answer(&served, &plain,
                            "{ things(where: {name: {in: [\"b\"]}}) { totalCount } }", NULL),
              "\"totalCount\":12}"));
    body = served_answer(&served, &plain,
                         "{ a: __type(name: \"ThingFilter\") { inputFields { name } } b: "
                         "__type(name: \"ThingSortField\") { enumValues { name } } }",
                         NULL);
    struct str hidden =
        served_answer(&served, &plain,
                      "{ a: __type(name: \"GradeFilter\") { name } b: __type(name: "
                      "\"PartListFilter\") { name } c: "
                      "__type(name: \"PartFilter\") { name } d: __type(name: \"PartSort\") { name "
                      "} e: __type(name: "
                      "\"PartSortField\") { name } f: __type(name: \"StringFilter\") { name } }",
                      NULL);
    TEST_TEXT("nor of the types of filters that nothing they see is asked by", hidden,
              STR("{\"data\":{\"a\":null,\"b\":null,\"c\":null,\"d\":null,\"e\":null,\"f\":{"
                  "\"name\":\"StringFilter\"}}}"));
    TEST("introspection does not tell of it", !says(body, "secret") && !says(body, "SECRET") &&
                                                  says(body, "name") && says(body, "NAME"));
}

/* ---- what the schema is told at start ---- */

static void test_mistake(const char *sentence, const char *field, const char *words)
{
    struct str type = str_printf(
        served.arena,
        "scalar Date scalar DateTime type Query { things: ThingConnection! @many(order: \"id\") }\n"
        "type Thing @table(name: \"thing\") @public { id: ID! %s }\n"
        "type Owner @table(name: \"owner\") @public { id: ID! }",
        field);
    struct str mistakes = served_mistakes(&served, type.at);
    if (!TEST(sentence, says(mistakes, words)))
        printf("# got: " STR_FMT "\n", STR_ARG(mistakes));
}

static void test_mistakes(void)
{
    test_mistake("an order by what may be NULL is refused", "note: String @sort",
                 "Thing.note: column note of the order may be NULL");
    test_mistake("an order by an ENUM column is refused", "kind: String! @sort",
                 "Thing.kind: column kind is enum('Z','A'), which is sorted in another way");
    test_mistake("an order by a double is refused", "weight: Float! @sort",
                 "Thing.weight: column weight is double");
    test_mistake("an order that must have an index and has none is refused",
                 "price: Float! @column(name: \"secret\") @sort(indexed: true)",
                 "Query.things(orderBy:): no index of thing begins with secret");
    test_mistake("only texts contain something", "secret: Int! @filter(contains: true)",
                 "Thing.secret: only a String contains");
    test_mistake("a filter by a type without filters is refused", "owner: Owner @one @filter",
                 "Thing.owner: no field of Owner has a @filter");
}

static void test_composite_keys(void)
{
    TEST_TEXT("where the key is not unique, the list's own order ends an order",
              answer("{ things(first: 1) { nodes { parts(orderBy: [{field: SIZE, direction: "
                     "DESCENDING}]) { size madeOn } } } }",
                     NULL),
              STR("{\"data\":{\"things\":{\"nodes\":[{\"parts\":["
                  "{\"size\":2,\"madeOn\":\"2026-10-03\"},{\"size\":2,\"madeOn\":\"2026-10-06\"},"
                  "{\"size\":1,\"madeOn\":\"2026-10-02\"},{\"size\":1,\"madeOn\":\"2026-10-05\"},"
                  "{\"size\":0,\"madeOn\":\"2026-10-04\"},{\"size\":0,\"madeOn\":\"2026-10-07\"}"
                  "]}]}}}"));
    TEST_TEXT("pages of several parents are sorted one by one",
              answer("{ owners { things(first: 2, orderBy: {field: MADE_AT, direction: "
                     "DESCENDING}) { nodes { id } } } }",
                     NULL),
              STR("{\"data\":{\"owners\":[{\"things\":{\"nodes\":[{\"id\":\"48\"},{\"id\":\"34\"}]}"
                  "},{\"things\":{\"nodes\":[{\"id\":\"55\"},{\"id\":\"41\"}]}}]}}"));
}

int main(void)
{
    served_open(&served, tables, schema);
    test_walks();
    test_refusals();
    test_rights();
    test_composite_keys();
    test_mistakes();
    served_close(&served);
    return test_end();
}

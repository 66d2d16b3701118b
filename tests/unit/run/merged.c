/* merged: rows of several tables in one list: their order, pages, counts, rights, many parents. */
#include "base/arena.h"
#include "base/buf.h"
#include "run/run.h"
#include "served.h"
#include "unit/test.h"

static const char tables_sql[] =
    "CREATE TABLE partner (id BIGINT PRIMARY KEY, path VARCHAR(80) NOT NULL);"
    "CREATE TABLE customer (id BIGINT PRIMARY KEY, partner_id BIGINT NULL, name VARCHAR(80) NOT "
    "NULL);"
    "CREATE TABLE call_in (id BIGINT PRIMARY KEY, customer_id BIGINT NOT NULL, called_at "
    "DATETIME(6) NOT NULL, KEY by_customer (customer_id, called_at));"
    "CREATE TABLE visit (id BIGINT PRIMARY KEY, customer_id BIGINT NOT NULL, day DATE NOT NULL, "
    "KEY by_customer (customer_id, day), KEY by_day (day));"
    "CREATE TABLE letter (id BIGINT PRIMARY KEY, customer_id BIGINT NOT NULL, sent_at DATETIME(6) "
    "NOT NULL, title VARCHAR(80) NOT NULL, KEY by_customer (customer_id, sent_at));"
    "INSERT INTO partner VALUES (1, '/1/'), (7, '/1/7/');"
    "INSERT INTO customer VALUES (1, 7, 'One'), (2, NULL, 'Two'), (3, 7, 'Three');"
    "INSERT INTO call_in VALUES (1, 1, '2026-01-01 10:00:00'), (2, 1, '2026-01-03 00:00:00'), (3, "
    "1, '2026-01-03 00:00:00'), (4, 2, '2026-02-01 00:00:00'), (5, 1, '2026-01-05 08:00:00.5');"
    "INSERT INTO visit VALUES (1, 1, '2026-01-03'), (2, 1, '2026-01-02'), (3, 2, '2026-01-31'), "
    "(4, 1, '2026-01-05');"
    "INSERT INTO letter VALUES (1, 1, '2026-01-03 00:00:00', 'Hello'), (2, 2, '2026-02-02 "
    "00:00:00', 'Bill')";

static const char schema_source[] =
    "type Query { customer(id: ID!): Customer @one customers: [Customer!]! @many(order: \"id\") }\n"
    "type Partner @table(name: \"partner\") @scope(partner: \"id\") @right(tab: \"account\") { id: "
    "ID! }\n"
    "type Customer @table(name: \"customer\") @scope(customer: \"id\", partner: \"partner_id\") "
    "@right(tab: \"account\") { id: ID! name: String!\n"
    "  events: EventConnection! @merge(key: \"customer_id\", of: [\"Call.called_at\", "
    "\"Visit.day\","
    " \"Letter.sent_at\"], descending: true)\n"
    "  oldest: EventConnection! @merge(key: \"customer_id\", of: [\"Call.called_at\", "
    "\"Visit.day\","
    " \"Letter.sent_at\"])\n"
    "}\n"
    "union Event = Call | Visit | Letter\n"
    "type Call @table(name: \"call_in\") @scope(customer: \"customer_id\") @right(tab: "
    "\"account\") "
    "{ id: ID! customer: Customer @one }\n"
    "type Visit @table(name: \"visit\") @scope(customer: \"customer_id\") @right("
    "tab: \"orders\") { id: ID! day: String! }\n"
    "type Letter @table(name: \"letter\") @scope(customer: \"customer_id\") @right(tab: "
    "\"secret\") "
    "{ id: ID! title: String! }\n";

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

/* The events of an answer, one after another: C3 V1 … */
static struct str events_of(struct str answer)
{
    struct buf out;
    buf_init(&out, served.arena, 64);
    const char *at = str_copy(served.arena, answer).at;
    while ((at = strstr(at, "\"__typename\":\"")) != NULL) {
        at += strlen("\"__typename\":\"");
        const char *id = strstr(at, "\"key\":\"");
        buf_printf(&out, "%s%c%c", out.len == 0 ? "" : " ", *at, id[strlen("\"key\":\"")]);
    }
    return buf_str(&out);
}

#define EVENT \
    "__typename ... on Call { key: id } ... on Visit { key: id } ... on Letter { key: id }"

static void test_order(void)
{
    uint64_t before = served_statements(&served);
    ask("rows of several tables come in one order", &served_operator,
        "{ customer(id: 1) { events(first: 3) { nodes { __typename ... on Visit { day } ... on "
        "Call { id } } totalCount pageInfo { hasNextPage hasPreviousPage } } } }",
        "{\"data\":{\"customer\":{\"events\":{\"nodes\":[{\"__typename\":\"Call\",\"id\":\"5\"},{"
        "\"__typename\":\"Visit\",\"day\":\"2026-01-05\"},{\"__typename\":\"Letter\"}],"
        "\"totalCount\":8,\"pageInfo\":{\"hasNextPage\":true,\"hasPreviousPage\":false}}}}}");
    TEST("in a statement for the order, one for the count, and one for each type that is there",
         served_statements(&served) - before == 6);
}

/* Every page of one, then of two …, forward and backward: all rows, each once, in one order. */
static struct str walk(const char *list, const char *size, const char *from, uint32_t limit)
{
    struct buf all;
    buf_init(&all, served.arena, 128);
    struct str cursor = STR("");
    bool backward = strcmp(size, "last") == 0;
    for (uint32_t i = 0; i < 20; i++) {
        struct str query = str_printf(
            served.arena,
            "{ customer(id: 1) { page: %s(%s: %u%s%s%s%s) { edges { node { " EVENT
            " } } pageInfo { startCursor endCursor hasNextPage hasPreviousPage } } } }",
            list, size, limit, cursor.len > 0 ? " " : "", cursor.len > 0 ? from : "",
            cursor.len > 0 ? ": \"" : "",
            cursor.len > 0 ? str_printf(served.arena, STR_FMT "\"", STR_ARG(cursor)).at : "");
        struct str answer = served_answer(&served, &served_operator, query.at, NULL);
        struct str events = events_of(answer);
        struct str before = str_copy(served.arena, buf_str(&all));
        buf_init(&all, served.arena, 128);
        struct str first = backward ? events : before, second = backward ? before : events;
        buf_printf(&all, STR_FMT "%s" STR_FMT, STR_ARG(first),
                   first.len > 0 && second.len > 0 ? " " : "", STR_ARG(second));
        const char *more = backward ? "\"hasPreviousPage\":true" : "\"hasNextPage\":true";
        const char *text = str_copy(served.arena, answer).at;
        if (strstr(text, more) == NULL)
            break;
        const char *name = backward ? "\"startCursor\":\"" : "\"endCursor\":\"";
        const char *at = strstr(text, name) + strlen(name);
        cursor = (struct str){.at = at, .len = strcspn(at, "\"")};
    }
    return buf_str(&all);
}

static void test_pages(void)
{
    const char *newest = "C5 V4 L1 V1 C3 C2 V2 C1", *oldest = "C1 V2 C2 C3 V1 L1 V4 C5";
    for (uint32_t size = 1; size <= 8; size++) {
        TEST_TEXT("pages forward give each row once", walk("events", "first", "after", size),
                  str_of(newest));
        TEST_TEXT("pages backward do, too", walk("events", "last", "before", size), str_of(newest));
        TEST_TEXT("also from the oldest on", walk("oldest", "first", "after", size),
                  str_of(oldest));
        TEST_TEXT("and back", walk("oldest", "last", "before", size), str_of(oldest));
    }
    ask("a cursor of another order is refused", &served_operator,
        "{ customer(id: 1) { oldest(first: 1, after: \"AQAAAA\") { totalCount } events(first: 1, "
        "after: \"x\") { nodes { __typename } } } }",
        "{\"errors\":[{\"message\":\"The cursor is not one of this list in this order. Use one "
        "that this list has given in the same order, "
        "unchanged.\",\"locations\":[{\"line\":1,\"column\":21}],\"extensions\":{"
        "\"code\":\"BAD_USER_INPUT\"}}]}");
}

static void test_parents(void)
{
    uint64_t before = served_statements(&served);
    ask("many parents have a list each", &served_operator,
        "{ customers { name events(first: 2) { nodes { __typename } totalCount } } }",
        "{\"data\":{\"customers\":[{\"name\":\"One\",\"events\":{\"nodes\":[{\"__typename\":"
        "\"Call\"},{\"__typename\":\"Visit\"}],\"totalCount\":8}},{\"name\":\"Two\",\"events\":{"
        "\"nodes\":[{\"__typename\":\"Letter\"},{\"__typename\":\"Call\"}],\"totalCount\":3}},{"
        "\"name\":\"Three\",\"events\":{\"nodes\":[],\"totalCount\":0}}]}}");
    TEST("in as many statements as one", served_statements(&served) - before == 6);
}

static void test_rights(void)
{
    ask("types that the viewer may not see are left out, and not counted", &clerk,
        "{ customer(id: 1) { events(first: 3) { edges { node { __typename ... on Call { id } } } "
        "totalCount pageInfo { hasNextPage } } } }",
        "{\"data\":{\"customer\":{\"events\":{\"edges\":[{\"node\":{\"__typename\":\"Call\",\"id\":"
        "\"5\"}},{\"node\":{\"__typename\":\"Call\",\"id\":\"3\"}},{\"node\":{\"__typename\":"
        "\"Call\",\"id\":\"2\"}}],\"totalCount\":4,\"pageInfo\":{\"hasNextPage\":true}}}}}");
    ask("a partner sees rows of its own customers", &partner,
        "{ customers { name events { totalCount } } }",
        "{\"data\":{\"customers\":[{\"name\":\"One\",\"events\":{\"totalCount\":8}},{\"name\":"
        "\"Three\",\"events\":{\"totalCount\":0}}]}}");
    ask("a customer sees their own", &customer,
        "{ customers { name events(last: 2) { nodes { " EVENT " } totalCount } } }",
        "{\"data\":{\"customers\":[{\"name\":\"Two\",\"events\":{\"nodes\":[{\"__typename\":\"Call"
        "\",\"key\":\"4\"},{\"__typename\":\"Visit\",\"key\":\"3\"}],\"totalCount\":3}}]}"
        "}");
}

/* At the same moment, so that they share statements where they may. */
static void test_together(void)
{
    const char *query = "query ($id: ID!) { customer(id: $id) { events(first: 2) { nodes { "
                        "__typename } totalCount } } }";
    static const char all[] = "{\"data\":{\"customer\":{\"events\":{\"nodes\":[{\"__typename\":"
                              "\"Letter\"},{\"__typename\":\"Call\"}],\"totalCount\":3}}}}",
                      calls[] = "{\"data\":{\"customer\":{\"events\":{\"nodes\":[{\"__typename\":"
                                "\"Call\"}],\"totalCount\":1}}}}";
    const struct viewer *const viewers[][2] = {{&served_operator, &clerk},
                                               {&clerk, &served_operator}};
    const char *const variables[] = {"{\"id\": \"2\"}", "{\"id\": \"2\"}"};
    for (uint32_t i = 0; i < 2; i++) {
        struct str bodies[2];
        served_answer_both(&served, viewers[i], query, variables, bodies);
        TEST_TEXT("who sees all types has rows of all, whoever else is asking", bodies[i],
                  str_of(all));
        TEST_TEXT("and who sees one of them has those of one", bodies[1 - i], str_of(calls));
    }
}

static void test_mistakes(void)
{
    const char *from = "@right(tab: \"account\") { id: ID! customer",
               *at = strstr(schema_source, from);
    struct str schema = str_printf(served.arena, "%.*s@right(tab: \"orders\") { id: ID! customer%s",
                                   (int)(at - schema_source), schema_source, at + strlen(from));
    struct str mistakes = served_mistakes(&served, schema.at);
    TEST("whoever sees the list must see one of its types",
         strstr(str_copy(served.arena, mistakes).at, "Customer.events: who may see none of its") !=
             NULL);
}

int main(void)
{
    served_open(&served, tables_sql, schema_source);
    test_order();
    test_pages();
    test_parents();
    test_rights();
    test_together();
    test_mistakes();
    served_close(&served);
    return test_end();
}

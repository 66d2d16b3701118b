/* filters: whatever a client asks of rows, it gets those for which it is so, told one by one. */
#include "base/arena.h"
#include "served.h"
#include "unit/test.h"
#include <jansson.h>
#include <stdlib.h>

/* Partner 1 is above 2, 3 is neither's. Text and numbers are few, so that many are equal. */
static const char tables[] =
    "CREATE TABLE partner (id INT PRIMARY KEY, name VARCHAR(20) NOT NULL, path VARCHAR(40) NOT "
    "NULL);"
    "INSERT INTO partner VALUES (1,'a','/1/'),(2,'b','/1/2/'),(3,'ä','/3/');"
    "CREATE TABLE customer (id INT PRIMARY KEY, partner_id INT NULL, name VARCHAR(20) NOT NULL,"
    " KEY (partner_id));"
    "CREATE TABLE word (id INT AUTO_INCREMENT PRIMARY KEY, word VARCHAR(20) NOT NULL);"
    "INSERT INTO word (word) VALUES (''),('a'),('A'),('ä'),('ab'),('Ab'),('a%'),('a_'),('a!'),"
    "('b'),('\\\\'),('ba'),('b ä'),(' ');"
    "INSERT INTO customer SELECT s.seq, NULLIF(s.seq MOD 4, 0), w.word FROM seq_1_to_24 AS s"
    " JOIN word AS w ON w.id = s.seq * 5 MOD 14 + 1;"
    "CREATE TABLE orders (id INT PRIMARY KEY, customer_id INT NULL, state VARCHAR(9) NOT NULL,"
    " kind ENUM('NEW','OLD') NULL, note VARCHAR(20) NULL, amount DECIMAL(24,4) NULL,"
    " units INT NULL, big BIGINT NOT NULL, paid TINYINT NULL, day DATE NULL,"
    " at DATETIME(6) NOT NULL, total BIGINT NOT NULL, currency CHAR(3) NOT NULL, secret INT NULL,"
    " KEY (customer_id));"
    "INSERT INTO orders SELECT s.seq, NULLIF(s.seq * 7 MOD 25, 0), ELT(s.seq MOD 3 + 1, 'OPEN', "
    "'CLOSED', 'LOST'), ELT(s.seq MOD 4, 'NEW', 'OLD'), ELT(s.seq MOD 5, '', 'a', 'Ab', 'a%'),"
    " ELT(s.seq MOD 6, 0, -12.5, 12.5, 9007199254740993.0001, 9007199254740993),"
    " ELT(s.seq MOD 5, 0, -1, 5, 2147483647), ELT(s.seq MOD 3 + 1, 9007199254740993, "
    "9007199254740992, -9223372036854775808), ELT(s.seq MOD 3, 0, 1),"
    " ELT(s.seq MOD 4, '2026-10-01', '2026-10-02', '1969-12-31'),"
    " ELT(s.seq MOD 4 + 1, '2026-10-01 12:30:00', '2026-10-01 12:30:00.5', '2026-10-01 "
    "12:30:00.000001', '1969-12-31 23:59:59'), s.seq MOD 4 * 100, ELT(s.seq MOD 2 + 1, 'EUR', "
    "'USD'), s.seq FROM seq_1_to_120 AS s";

static const char schema[] =
    "scalar Date scalar DateTime scalar Decimal scalar BigInt\n"
    "type Query {\n"
    "  orders: [Order!]! @many(order: \"id\", limit: 200)\n"
    "  pages: OrderConnection! @many(order: \"id\")\n"
    "  customers: [Customer!]! @many(order: \"id\", limit: 200)\n"
    "}\n"
    "type Partner @table(name: \"partner\") @scope(partner: \"id\") @right(tab: \"account\") {\n"
    "  id: ID! @filter name: String! @filter\n"
    "}\n"
    "type Customer @table(name: \"customer\") @scope(customer: \"id\", partner: \"partner_id\") "
    "@right(tab: \"account\") {\n"
    "  id: ID! @filter name: String! @filter(contains: true) partner: Partner @one @filter\n"
    "  orders: [Order!]! @many(key: \"customer_id\", order: \"id\") @filter\n"
    "}\n"
    "enum State { OPEN CLOSED LOST } enum Kind { NEW OLD }\n"
    "type Money @embedded { amount: BigInt! @filter currency: String! @filter }\n"
    "type Order @table(name: \"orders\") @scope(customer: \"customer_id\") @right(tab: "
    "\"account\") {\n"
    "  id: ID! @filter customer: Customer @one @filter state: State! @filter kind: Kind @filter\n"
    "  note: String @filter(contains: true) amount: Decimal @filter units: Int @filter\n"
    "  big: BigInt! @filter paid: Boolean @filter day: Date @filter at: DateTime! @filter\n"
    "  total: Money! @embedded(columns: [\"total\", \"currency\"]) @filter\n"
    "  secret: Int @filter @right(tab: \"secret\")\n"
    "}\n";

static struct served served;

/* ---- the naive side: rows in memory, asked one by one ---- */

enum kind { TEXT, SYMBOL, NUMBER, TIME, FLAG, EMBEDDED, ONE, MANY };

struct model;

struct member {
    const char *name;
    enum kind kind;
    uint32_t column;           /* of the row; EMBEDDED: the first */
    const struct model *other; /* ONE, MANY, EMBEDDED */
    bool optional, searchable;
};

struct model {
    const char *sql; /* all columns as text */
    const struct member *members;
    struct rows rows;
    uint32_t customer, partner; /* columns of the owner */
};

static struct model partners, customers, orders, money;

static const struct member partner_members[] = {{.name = "id", .kind = SYMBOL, .column = 0},
                                                {.name = "name", .kind = TEXT, .column = 1},
                                                {.name = NULL}};
static const struct member customer_members[] = {
    {.name = "id", .kind = SYMBOL, .column = 0},
    {.name = "name", .kind = TEXT, .column = 2, .searchable = true},
    {.name = "partner", .kind = ONE, .column = 1, .other = &partners},
    {.name = "orders", .kind = MANY, .column = 1, .other = &orders},
    {.name = NULL},
};
static const struct member money_members[] = {{.name = "amount", .kind = NUMBER, .column = 0},
                                              {.name = "currency", .kind = TEXT, .column = 1},
                                              {.name = NULL}};
static const struct member order_members[] = {
    {.name = "id", .kind = SYMBOL, .column = 0},
    {.name = "customer", .kind = ONE, .column = 1, .other = &customers},
    {.name = "state", .kind = SYMBOL, .column = 2},
    {.name = "kind", .kind = SYMBOL, .column = 3, .optional = true},
    {.name = "note", .kind = TEXT, .column = 4, .optional = true, .searchable = true},
    {.name = "amount", .kind = NUMBER, .column = 5, .optional = true},
    {.name = "units", .kind = NUMBER, .column = 6, .optional = true},
    {.name = "big", .kind = NUMBER, .column = 7},
    {.name = "paid", .kind = FLAG, .column = 8, .optional = true},
    {.name = "day", .kind = TIME, .column = 9, .optional = true},
    {.name = "at", .kind = TIME, .column = 10},
    {.name = "total", .kind = EMBEDDED, .column = 11, .other = &money},
    {.name = NULL},
};

static struct rows words; /* word, other word, equal, begins with, contains */

static const struct cell *row_of(const struct model *model, uint32_t row)
{
    return model->rows.cells + (size_t)row * model->rows.width;
}

static struct str json_str(const json_t *json)
{
    return (struct str){json_string_value(json), json_string_length(json)};
}

/* Millionths, exact. */
static __int128 number_of(struct str text)
{
    __int128 value = 0;
    int digits = -1;
    bool negative = text.at[0] == '-';
    for (size_t i = negative; i < text.len; i++) {
        if (text.at[i] == '.') {
            digits = 0;
            continue;
        }
        value = value * 10 + (text.at[i] - '0');
        digits += digits >= 0;
    }
    for (int i = digits < 0 ? 0 : digits; i < 6; i++)
        value *= 10;
    return negative ? -value : value;
}

/* 2026-10-01T14:30:00+02:00 is the only moment that is written with an offset. */
static struct str moment_of(struct str text)
{
    if (str_ends(text, STR("+02:00")))
        return STR("2026-10-01 12:30:00.000000");
    if (text.len == 10)
        return text;
    struct str padded = str_printf(served.arena, STR_FMT ".000000", 19, text.at);
    if (text.at[19] == '.')
        memcpy((char *)padded.at + 20, text.at + 20, text.len - 21);
    ((char *)padded.at)[10] = ' ';
    return padded;
}

/* As the database sees two texts: 2 equal, 3 begins with, 4 contains. */
static bool words_are(struct str text, struct str other, uint32_t column)
{
    for (uint32_t i = 0; i < words.count; i++) {
        const struct cell *row = words.cells + (size_t)i * words.width;
        if (str_equal(cell_str(&row[0]), text) && str_equal(cell_str(&row[1]), other))
            return row[column].integer != 0;
    }
    printf("# not a word: " STR_FMT " or " STR_FMT "\n", STR_ARG(text), STR_ARG(other));
    abort();
}

static int compare(enum kind kind, struct str text, struct str asked)
{
    if (kind == NUMBER) {
        __int128 a = number_of(text), b = number_of(asked);
        return a < b ? -1 : a > b;
    }
    return str_compare(text, moment_of(asked));
}

static struct str asked_text(const json_t *json)
{
    if (json_is_integer(json))
        return str_printf(served.arena, "%lld", (long long)json_integer_value(json));
    if (json_is_boolean(json))
        return json_is_true(json) ? STR("1") : STR("0");
    return json_str(json);
}

static bool is_equal(enum kind kind, struct str text, const json_t *asked)
{
    struct str other = asked_text(asked);
    if (kind == TEXT)
        return words_are(text, other, 2);
    return kind == NUMBER || kind == TIME ? compare(kind, text, other) == 0
                                          : str_equal(text, other);
}

static bool value_holds(const struct member *member, const struct cell *cell, const json_t *asked);

static bool operation_holds(const struct member *member, const struct cell *cell, struct str name,
                            const json_t *asked)
{
    struct str text = cell_str(cell);
    if (str_is(name, "not"))
        return !value_holds(member, cell, asked);
    if (str_is(name, "isNull"))
        return (cell->kind == CELL_NULL) == json_is_true(asked);
    if (cell->kind == CELL_NULL)
        return false;
    if (str_is(name, "equal"))
        return is_equal(member->kind, text, asked);
    if (str_is(name, "in")) {
        size_t i;
        json_t *item;
        json_array_foreach(asked, i, item)
        {
            if (is_equal(member->kind, text, item))
                return true;
        }
        return false;
    }
    if (str_is(name, "startsWith") || str_is(name, "contains"))
        return words_are(text, json_str(asked), str_is(name, "contains") ? 4 : 3);
    int order = compare(member->kind, text, asked_text(asked));
    if (str_is(name, "atLeast") || str_is(name, "from"))
        return order >= 0;
    if (str_is(name, "atMost") || str_is(name, "until"))
        return order <= 0;
    return str_is(name, "moreThan") || str_is(name, "after") ? order > 0 : order < 0;
}

static bool value_holds(const struct member *member, const struct cell *cell, const json_t *asked)
{
    const char *name;
    json_t *value;
    json_object_foreach((json_t *)asked, name, value)
    {
        if (!json_is_null(value) && !operation_holds(member, cell, str_of(name), value))
            return false;
    }
    return true;
}

static const struct viewer *viewer;

static const struct cell *row_by_id(const struct model *model, const struct cell *id)
{
    for (uint32_t i = 0; i < model->rows.count; i++) {
        const struct cell *row = row_of(model, i);
        if (id->kind != CELL_NULL && str_equal(cell_str(&row[0]), cell_str(id)))
            return row;
    }
    return NULL;
}

/* The row rule, told once more. */
static bool is_visible(const struct model *model, const struct cell *row)
{
    if (viewer->kind == VIEWER_OPERATOR)
        return true;
    if (viewer->kind == VIEWER_CUSTOMER)
        return model->customer != UINT32_MAX &&
               str_equal(cell_str(&row[model->customer]),
                         str_printf(served.arena, "%lld", (long long)viewer->scope_id));
    if (model == &orders) {
        const struct cell *customer = row_by_id(&customers, &row[1]);
        return customer != NULL && is_visible(&customers, customer);
    }
    const struct cell *partner = row_by_id(&partners, &row[model->partner]);
    return partner != NULL && str_starts(cell_str(&partner[2]), viewer->scope_path);
}

static bool holds(const struct model *model, const struct cell *row, const json_t *asked);

/* Some row of the other table names this one, is visible and as asked. */
static bool some_hold(const struct member *member, const struct cell *row, const json_t *asked)
{
    for (uint32_t i = 0; i < member->other->rows.count; i++) {
        const struct cell *other = row_of(member->other, i);
        if (str_equal(cell_str(&other[member->column]), cell_str(&row[0])) &&
            is_visible(member->other, other) && holds(member->other, other, asked))
            return true;
    }
    return false;
}

static bool member_holds(const struct member *member, const struct cell *row, const json_t *asked)
{
    if (member->kind == EMBEDDED)
        return holds(member->other, row + member->column, asked);
    if (member->kind == ONE) {
        const struct cell *other = row_by_id(member->other, &row[member->column]);
        return other != NULL && is_visible(member->other, other) &&
               holds(member->other, other, asked);
    }
    if (member->kind != MANY)
        return value_holds(member, &row[member->column], asked);
    const json_t *some = json_object_get(asked, "some"), *none = json_object_get(asked, "none");
    return (some == NULL || json_is_null(some) || some_hold(member, row, some)) &&
           (none == NULL || json_is_null(none) || !some_hold(member, row, none));
}

static bool list_holds(const struct model *model, const struct cell *row, bool all,
                       const json_t *list)
{
    size_t i;
    json_t *item;
    json_array_foreach(list, i, item)
    {
        if (holds(model, row, item) != all)
            return !all;
    }
    return all;
}

static bool holds(const struct model *model, const struct cell *row, const json_t *asked)
{
    const char *name;
    json_t *value;
    json_object_foreach((json_t *)asked, name, value)
    {
        const struct member *member = model->members;
        bool is_so;
        if (json_is_null(value))
            continue;
        while (member->name != NULL && strcmp(member->name, name) != 0)
            member++;
        if (member->name != NULL)
            is_so = member_holds(member, row, value);
        else if (strcmp(name, "not") == 0)
            is_so = !holds(model, row, value);
        else
            is_so = list_holds(model, row, strcmp(name, "and") == 0, value);
        if (!is_so)
            return false;
    }
    return true;
}

/* ---- random filters ---- */

static uint32_t state = 1;

static uint32_t below(uint32_t limit)
{
    state = state * 1664525 + 1013904223;
    return (state >> 8) % limit;
}

static json_t *random_value(const struct member *member)
{
    static const char *const texts[] = {"",   "a",  "A",  "ä",   "ab", "a%",
                                        "a_", "a!", "\\", "b ä", " "};
    static const char *const numbers[] = {
        "0", "-12.5", "12.50", "9007199254740993", "9007199254740993.0001", "12.5001"};
    static const char *const whole[] = {"0", "9007199254740993", "9007199254740992", "100",
                                        "-9223372036854775808"};
    static const char *const days[] = {"2026-10-01", "1969-12-31", "2026-10-03"};
    static const char *const moments[] = {"2026-10-01T12:30:00Z", "2026-10-01T14:30:00+02:00",
                                          "2026-10-01T12:30:00.000001Z", "2026-10-01T12:30:00.5Z",
                                          "1969-12-31T23:59:59Z"};
    static const char *const ids[] = {"1", "2", "17", "no", "999"};
    static const char *const states[] = {"OPEN", "CLOSED", "LOST"};
    switch (member->kind) {
    case TEXT:
        return json_string(texts[below(11)]);
    case FLAG:
        return json_boolean(below(2));
    case TIME:
        return json_string(member->column == 9 ? days[below(3)] : moments[below(5)]);
    case SYMBOL:
        return json_string(member->column == 0   ? ids[below(5)]
                           : member->column == 3 ? below(2) ? "NEW" : "OLD"
                                                 : states[below(3)]);
    default:
        return member->column == 6   ? json_integer((int)below(8) - 2)
               : member->column == 5 ? json_string(numbers[below(6)])
                                     : json_string(whole[below(5)]);
    }
}

static json_t *random_list(const struct member *member)
{
    json_t *list = json_array();
    for (uint32_t i = below(4); i > 0; i--)
        json_array_append_new(list, random_value(member));
    return list;
}

static const char *random_operation(const struct member *member)
{
    static const char *const sizes[] = {"atLeast", "atMost", "moreThan", "lessThan"};
    static const char *const times[] = {"from", "until", "after", "before"};
    uint32_t choice = below(8);
    if (choice == 0)
        return "not";
    if (choice == 1 && member->optional)
        return "isNull";
    if (choice < 4 && member->kind != FLAG)
        return "in";
    if (choice < 6 && member->kind == TEXT)
        return member->searchable && below(2) ? "contains" : "startsWith";
    if (choice < 7 && member->kind == NUMBER)
        return sizes[below(4)];
    return choice < 7 && member->kind == TIME ? times[below(4)] : "equal";
}

static json_t *random_asked(const struct member *member, int depth)
{
    json_t *asked = json_object();
    for (uint32_t i = below(8) == 0 ? 0 : 1 + below(2); i > 0; i--) {
        const char *name = random_operation(member);
        bool not = strcmp(name, "not") == 0;
        json_t *value = below(20) == 0                ? json_null()
                        : not                         ? random_asked(member, depth - 1)
                        : strcmp(name, "in") == 0     ? random_list(member)
                        : strcmp(name, "isNull") == 0 ? json_boolean(below(2))
                                                      : random_value(member);
        json_object_set_new(asked, name, value);
    }
    return asked;
}

static json_t *random_filter(const struct model *model, int depth)
{
    json_t *filter = json_object();
    uint32_t count = 0;
    while (model->members[count].name != NULL)
        count++;
    for (uint32_t i = below(8) == 0 ? 0 : 1 + below(2); i > 0 && depth > 0; i--) {
        const struct member *member = &model->members[below(count)];
        const char *name = member->name;
        json_t *value;
        switch (below(6)) {
        case 0:
            name = "not";
            value = random_filter(model, depth - 1);
            break;
        case 1:
            name = below(2) ? "and" : "or";
            value = json_array();
            for (uint32_t j = below(3); j > 0; j--)
                json_array_append_new(value, random_filter(model, depth - 1));
            break;
        default:
            value = member->kind == MANY    ? json_pack("{so}", below(2) ? "some" : "none",
                                                        random_filter(member->other, depth - 1))
                    : member->other != NULL ? random_filter(member->other, depth - 1)
                                            : random_asked(member, 2);
        }
        json_object_set_new(filter, name, value);
    }
    return filter;
}

/* ---- the comparison ---- */

static struct str expected(const struct model *model, const json_t *filter, uint32_t *count)
{
    struct str text = STR("");
    *count = 0;
    for (uint32_t i = 0; i < model->rows.count; i++) {
        const struct cell *row = row_of(model, i);
        if (!is_visible(model, row) || !holds(model, row, filter))
            continue;
        text = str_printf(served.arena, STR_FMT "%s{\"id\":\"" STR_FMT "\"}", STR_ARG(text),
                          text.len > 0 ? "," : "", STR_ARG(cell_str(&row[0])));
        ++*count;
    }
    return text;
}

static bool is_right(const struct model *model, const json_t *filter, uint32_t *found)
{
    json_t *named = json_pack("{sO}", "w", filter);
    char *variables = json_dumps(named, JSON_COMPACT);
    json_decref(named);
    bool order = model == &orders;
    struct str got = served_answer(
        &served, viewer,
        order ? "query ($w: OrderFilter) { rows: orders(where: $w) { id } pages(where: $w, first: "
                "1) { totalCount } }"
              : "query ($w: CustomerFilter) { rows: customers(where: $w) { id } }",
        variables);
    struct str ids = expected(model, filter, found);
    struct str want =
        order ? str_printf(served.arena,
                           "{\"data\":{\"rows\":[" STR_FMT "],\"pages\":{\"totalCount\":%u}}}",
                           STR_ARG(ids), *found)
              : str_printf(served.arena, "{\"data\":{\"rows\":[" STR_FMT "]}}", STR_ARG(ids));
    bool right = str_equal(got, want);
    if (!right)
        printf("# %s\n# got:  " STR_FMT "\n# want: " STR_FMT "\n", variables, STR_ARG(got),
               STR_ARG(want));
    free(variables);
    return right;
}

static void test_random(const char *sentence, const struct viewer *as, uint32_t rounds)
{
    uint32_t wrong = 0, telling = 0;
    viewer = as;
    for (uint32_t i = 0; i < rounds && wrong < 3; i++) {
        const struct model *model = below(3) == 0 ? &customers : &orders;
        json_t *filter = random_filter(model, 4);
        uint32_t found;
        wrong += !is_right(model, filter, &found);
        telling += found > 0 && found < model->rows.count;
        json_decref(filter);
    }
    printf("# %u filters, %u of them found some and not all\n", rounds, telling);
    TEST(sentence, wrong == 0 && telling > rounds / 8);
}

static void read_model(struct model *model, const char *sql, const struct member *members,
                       uint32_t customer, uint32_t partner)
{
    *model = (struct model){.sql = sql,
                            .members = members,
                            .rows = served_rows(&served, str_of(sql)),
                            .customer = customer,
                            .partner = partner};
}

static void read_models(void)
{
    read_model(&partners, "SELECT CAST(id AS CHAR), name, path FROM partner ORDER BY id",
               partner_members, UINT32_MAX, 0);
    read_model(&customers,
               "SELECT CAST(id AS CHAR), CAST(partner_id AS CHAR), name FROM customer ORDER BY id",
               customer_members, 0, 1);
    read_model(&orders,
               "SELECT CAST(id AS CHAR), CAST(customer_id AS CHAR), state, CAST(kind AS CHAR), "
               "note, CAST(amount AS CHAR), CAST(units AS CHAR), CAST(big AS CHAR), CAST(paid AS "
               "CHAR), CAST(day AS CHAR), CAST(at AS CHAR), CAST(total AS CHAR), currency FROM "
               "orders ORDER BY id",
               order_members, 1, UINT32_MAX);
    money = (struct model){.members = money_members};
    words = served_rows(
        &served,
        STR("SELECT a.word, b.word, a.word = b.word, CONCAT(LEFT(a.word, CHAR_LENGTH(b.word)), "
            "'.') "
            "= CONCAT(b.word, '.'), CONCAT(b.word, '.') IN (CONCAT(SUBSTRING(a.word, 1, "
            "CHAR_LENGTH(b.word)), '.'), CONCAT(SUBSTRING(a.word, 2, CHAR_LENGTH(b.word)), '.'), "
            "CONCAT(SUBSTRING(a.word, 3, CHAR_LENGTH(b.word)), '.')) FROM word AS a, word AS b "
            "UNION ALL SELECT c, b.word, c = b.word, 0, 0 FROM (SELECT 'EUR' AS c UNION SELECT "
            "'USD') AS a, word AS b"));
}

int main(void)
{
    const struct viewer partner = {
        .kind = VIEWER_PARTNER, .rights = UINT64_MAX, .scope_path = STR("/1/")};
    const struct viewer customer = {.kind = VIEWER_CUSTOMER, .rights = UINT64_MAX, .scope_id = 6};
    served_open(&served, tables, schema);
    read_models();
    test_random("the operator finds what is so", &served_operator, 600);
    test_random("a partner finds what is so, and sees nobody else's rows through a filter",
                &partner, 600);
    test_random("a customer does, too", &customer, 300);
    served_close(&served);
    return test_end();
}

/* joins: which tables a statement joins, and what their rows are narrowed by. */
#include "base/buf.h"
#include "unit/plan/planned.h"

static struct planned planned;

static const char halves_schema[] =
    "type Query { person(id: ID!): Person @one(key: \"id\") people: [Person!]! @many(order: "
    "\"name\") }\n"
    "type Person @table(name: \"contact\", key: \"id\") @scope(customer: \"id\", partner: "
    "\"partner_id\") @right(tab: \"account\")\n"
    "  @join(table: \"customer\", required: true) @join(table: \"extra\", key: \"person_id\") {\n"
    "  id: ID! name: String! address: Address! @embedded(columns: [\"street\", \"zip\"])\n"
    "  number: String! @column(name: \"customer_number\", table: \"customer\")\n"
    "  segment: String @column(table: \"customer\")\n"
    "  remark: String @column(table: \"extra\")\n"
    "  lodging: Address @embedded(columns: [\"street\", \"zip\"], table: \"extra\")\n"
    "}\n"
    "type Address @embedded { street: String! zip: String! }\n"
    "type Partner @table(name: \"partner\") @scope(partner: \"id\") @right(tab: \"account\") { id: "
    "ID! name: String! }\n";

static bool has(struct str text, const char *words)
{
    bool found = strstr(str_copy(planned.arena, text).at, words) != NULL;
    if (!found)
        printf("# got: " STR_FMT "\n", STR_ARG(text));
    return found;
}

static uint32_t count(struct str text, const char *words)
{
    uint32_t found = 0;
    for (const char *at = str_copy(planned.arena, text).at; (at = strstr(at, words)) != NULL; at++)
        found++;
    return found;
}

static void open_halves(void)
{
    planned_open(&planned);
    planned_table(&planned, "contact", "id! name:text! street:text! zip:text! partner_id->partner");
    planned_table(&planned, "customer", "id! customer_number:text! segment:text");
    planned_table(&planned, "extra", "person_id! remark:text street:text! zip:text!");
    planned_table(&planned, "partner", "id! name:text! path:text!");
    TEST_TEXT("a type over three tables loads", planned_load(&planned, halves_schema), STR(""));
}

static void test_halves(void)
{
    TEST("a table none of whose columns is asked for is not joined",
         count(planned_text(&planned, "{ person(id: 1) { id name address { zip } } }"), "JOIN") ==
             0);
    struct str one = planned_text(&planned, "{ person(id: 1) { name number segment } }");
    TEST("a table is joined once for all its columns",
         count(one, "LEFT JOIN") == 1 &&
             has(one, "SELECT t.`id`, t.`name`, j1.`customer_number`, j1.`segment`\nFROM `contact` "
                      "AS t") &&
             has(one, "LEFT JOIN `customer` AS j1 ON j1.`id` = t.`id`"));
    TEST("the rule is that of the object",
         count(one, "for a customer:") == 1 && has(one, "for a customer: t.`id` = ?"));
    struct str both = planned_text(&planned, "{ people { remark number lodging { street zip } } }");
    TEST("each table has a name of its own in the statement",
         has(both, "LEFT JOIN `extra` AS j1 ON j1.`person_id` = t.`id`") &&
             has(both, "LEFT JOIN `customer` AS j2 ON j2.`id` = t.`id`") &&
             has(both, "j1.`remark`, j2.`customer_number`, j1.`street`, j1.`zip`"));
}

/* The schema with one piece replaced by another says these words. */
static void test_mistake(const char *sentence, const char *from, const char *to, const char *words)
{
    const char *at = strstr(halves_schema, from);
    if (at == NULL)
        abort();
    struct planned changed = planned;
    struct str schema = str_printf(planned.arena, "%.*s%s%s", (int)(at - halves_schema),
                                   halves_schema, to, at + strlen(from));
    TEST(sentence, has(planned_load(&changed, schema.at), words));
}

static void test_mistakes(void)
{
    test_mistake("a joined table that is not there is named", "@join(table: \"extra\"",
                 "@join(table: \"more\"", "Person: there is no table more");
    test_mistake("the joined table's key has to be unique", "key: \"person_id\"", "key: \"remark\"",
                 "Person: column remark of extra is not unique");
    test_mistake("the columns that are compared have to be alike", "required: true",
                 "required: true, on: \"name\"",
                 "Person: column name of contact is varchar(80) and column id of customer");
    test_mistake("a column is looked for in the table that is named",
                 "table: \"extra\")\n  lodging", "table: \"customer\")\n  lodging",
                 "Person.remark: table customer has no column");
    test_mistake("a table that the type does not join is named", "@column(table: \"extra\")",
                 "@column(table: \"partner\")",
                 "Person.remark: Person has no @join(table: \"partner\")");
    test_mistake("what may have no row may be null", "lodging: Address", "lodging: Address!",
                 "Person.lodging: there may be no row of extra");
    test_mistake("at most four tables are joined", "@join(table: \"extra\"",
                 "@join(table: \"customer\") @join(table: \"customer\") @join(table: \"customer\") "
                 "@join(table: \"extra\"",
                 "Person: a type has at most 4 tables more");
}

/* ---- rows that a column names ---- */

static const char ones_schema[] =
    "type Query { ticket(id: ID!): Ticket @one(key: \"id\") tickets: TicketConnection! "
    "@many(order: "
    "\"id\", average: 10) }\n"
    "type Ticket @table(name: \"ticket\") @scope(customer: \"customer_id\") @right(tab: "
    "\"account\") {\n"
    "  id: ID! title: String! customer: Customer @one kind: Kind! @one(key: \"kind_id\")\n"
    "  notes: [Note!]! @many(key: \"ticket_id\", order: \"id\", average: 3)\n"
    "  lines: [Line!]! @many(key: \"ticket_id\", order: \"id\", average: 4)\n"
    "}\n"
    "type Note @table(name: \"note\") @scope(customer: \"customer_id\") @right(tab: \"account\") { "
    "text: String! author: Partner @one }\n"
    "type Line @table(name: \"line\") @scope(customer: \"customer_id\") @right(tab: \"account\") { "
    "kind: Kind @one }\n"
    "type Kind @table(name: \"kind\") @public { id: ID! name: String! }\n"
    "type Customer @table(name: \"customer\") @scope(customer: \"id\", partner: \"partner_id\") "
    "@right(tab: \"account\") {\n"
    "  id: ID! name: String! partner: Partner @one tickets: [Ticket!]! @many(key: \"customer_id\", "
    "order: \"id\")\n"
    "}\n"
    "type Partner @table(name: \"partner\") @scope(partner: \"id\") @right(tab: \"account\") { id: "
    "ID! name: String! parent: Partner @one }\n";

static void open_ones(void)
{
    planned_open(&planned);
    planned_table(&planned, "ticket", "id! customer_id! title:text! kind_id!");
    planned_table(&planned, "note", "id! ticket_id! customer_id! text:text! author_id");
    planned_table(&planned, "line", "id! ticket_id! customer_id! kind_id");
    planned_table(&planned, "kind", "id! name:text!");
    planned_table(&planned, "customer", "id! name:text! partner_id");
    planned_table(&planned, "partner", "id! name:text! path:text! parent_id");
    TEST_TEXT("a schema with rows that columns name loads", planned_load(&planned, ones_schema),
              STR(""));
}

static void test_ones(void)
{
    struct str one = planned_text(&planned, "{ ticket(id: 1) { title kind { name } } }");
    TEST("the row that a column names is joined",
         has(one, "SELECT t.`id`, t.`title`, j1.`id`, j1.`name`\nFROM `ticket` AS t") &&
             has(one, "LEFT JOIN `kind` AS j1 ON j1.`id` = t.`kind_id`"));
    TEST("rows that are open to all are joined without a rule", count(one, "for a partner") == 1);
    struct str two =
        planned_text(&planned, "{ ticket(id: 1) { customer { name partner { name } } } }");
    TEST("a row that a joined row names is joined to it",
         has(two, "LEFT JOIN `customer` AS j1 ON j1.`id` = t.`customer_id`") &&
             has(two, "LEFT JOIN `partner` AS j2 ON j2.`id` = j1.`partner_id`"));
    TEST("each of them is narrowed by its own rule",
         has(two, "for a customer: AND j1.`id` = ?") && has(two, "for a customer: AND FALSE") &&
             has(two, "for a partner: AND j2.`id` IN (SELECT p.`id` FROM `partner` AS p") &&
             has(two, "for a partner: AND j1.`partner_id` IN (SELECT"));
    TEST("with a list below it the row gets a fetch of its own",
         count(planned_text(&planned, "{ ticket(id: 1) { customer { name tickets { id } } } }"),
               "JOIN") == 0);
    TEST("two ways to the same row are one join",
         count(planned_text(&planned, "{ ticket(id: 1) { a: kind { name } b: kind { id name } } }"),
               "JOIN") == 1);
    TEST("the same table by two columns is joined twice",
         count(planned_text(&planned, "{ ticket(id: 1) { customer { partner { name parent { name } "
                                      "} } } }"),
               "LEFT JOIN `partner`") == 2);
}

static void test_fan_out(void)
{
    TEST("few rows: joined",
         count(planned_text(&planned, "{ ticket(id: 1) { notes { author { name } } } }"), "JOIN") ==
             1);
    TEST("a page: joined",
         count(planned_text(&planned, "{ tickets { nodes { kind { name } } } }"), "JOIN") == 1);
    struct str many = planned_text(&planned, "{ tickets { nodes { notes { author { name } } } } }");
    TEST("many rows, of which many may name the same: a fetch of its own",
         count(many, "JOIN") == 0 && has(many, "one Note.author"));
    TEST("a count joins nothing",
         count(planned_text(&planned, "{ tickets { totalCount nodes { kind { name } } } }"),
               "JOIN") == 1);
    TEST("at most eight rows are joined to one",
         count(planned_text(&planned,
                            "{ ticket(id: 1) { customer { partner { parent { parent { parent { "
                            "parent { parent { parent { parent { name } } } } } } } } } } }"),
               "LEFT JOIN") == 8);
}

/* ---- rows in memory ---- */

static void test_references(void)
{
    static const char reference_schema[] =
        "type Query { item(id: ID!): Item @one(key: \"id\") kind(id: ID!): Kind @one(key: \"id\") "
        "}\n"
        "type Item @table(name: \"item\") @public { id: ID! kind: Kind @one }\n"
        "type Kind @table(name: \"kind\") @reference @public { id: ID! name: String! class: Class "
        "@one "
        "}\n"
        "type Class @table(name: \"class\") @public { name: String! }\n";
    planned_open(&planned);
    planned_table(&planned, "item", "id! kind_id");
    planned_table(&planned, "kind", "id! name:text! class_id");
    planned_table(&planned, "class", "id! name:text!");
    TEST_TEXT("a schema with rows in memory loads", planned_load(&planned, reference_schema),
              STR(""));
    struct str one = planned_text(&planned, "{ item(id: 1) { kind { name } } }");
    TEST("a row in memory is not joined",
         count(one, "JOIN") == 0 && has(one, "one Item.kind from memory"));
    TEST("what memory lacks is asked for with all that it would have",
         has(one, "SELECT t.`id`, t.`name`, t.`class_id`\n"));
    TEST("a row at the root is read",
         count(planned_text(&planned, "{ kind(id: 1) { name } }"), "from memory") == 0);
    struct str below = planned_text(&planned, "{ item(id: 1) { kind { class { name } } } }");
    TEST("what is not in memory is fetched below what is, not joined",
         has(below, "one Item.kind from memory") && has(below, "one Kind.class\n"));
    planned_close(&planned);
}

int main(void)
{
    open_halves();
    test_halves();
    test_mistakes();
    planned_close(&planned);
    open_ones();
    test_ones();
    test_fan_out();
    planned_close(&planned);
    test_references();
    return test_end();
}

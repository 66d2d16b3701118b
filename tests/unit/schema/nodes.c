/* nodes: what can be wrong with a kind and a key that lead to several tables is named. */
#include "base/buf.h"
#include "graphql/schema.h"
#include "unit/plan/planned.h"

static struct planned planned;

static const char schema[] =
    "type Query { notes: [Note!]! @many(order: \"id\") }\n"
    "interface Subject { id: ID! }\n"
    "type Ticket implements Subject @table(name: \"ticket\") @public { id: ID! }\n"
    "type RepairOrder implements Subject @table(name: \"repair\") @public { id: ID! }\n"
    "type Note @table(name: \"note\") @public { id: ID! subject: Subject @one(kind: "
    "\"subject_kind\", key: \"subject_id\") }\n";

/* The schema with one piece replaced by another. */
static struct str load_with(const char *from, const char *to)
{
    const char *at = strstr(schema, from);
    if (at == NULL)
        abort();
    struct str text =
        str_printf(planned.arena, "%.*s%s%s", (int)(at - schema), schema, to, at + strlen(from));
    return planned_load(&planned, text.at);
}

static void test_mistake(const char *sentence, const char *from, const char *to, const char *words)
{
    struct str problem = load_with(from, to);
    if (!TEST(sentence,
              problem.len > 0 && strstr(str_copy(planned.arena, problem).at, words) != NULL))
        printf("# got: " STR_FMT "\n", STR_ARG(problem));
}

static void test_good(void)
{
    TEST_TEXT("a kind and a key load", load_with("Note", "Note"), STR(""));
    const struct type *note = schema_type(planned.loaded.schema, STR("Note"), 0);
    const struct field *subject = schema_field(planned.loaded.schema, note, STR("subject"), 0);
    const struct binding *binding = subject->binding;
    TEST_TEXT("a type is called by its name in capitals", cell_str(&binding->nodes[1].kind_value),
              STR("REPAIR_ORDER"));
    load_with("implements Subject @table(name: \"ticket\")",
              "implements Subject @value(name: \"fault\") @table(name: \"ticket\")");
    note = schema_type(planned.loaded.schema, STR("Note"), 0);
    subject = schema_field(planned.loaded.schema, note, STR("subject"), 0);
    binding = subject->binding;
    TEST_TEXT("or as @value says", cell_str(&binding->nodes[0].kind_value), STR("fault"));
}

static void test_mistakes(void)
{
    test_mistake("it may lead nowhere", "subject: Subject @one", "subject: Subject! @one",
                 "Note.subject: nothing proves that the row is there; drop the !");
    test_mistake("a kind is nothing without a key", ", key: \"subject_id\"", "",
                 "Note.subject: @one(kind:) leads from a row to an interface or union");
    test_mistake("a single type has no kinds", "subject: Subject @one", "subject: Ticket @one",
                 "Note.subject: @one(kind:) leads from a row to an interface or union");
    test_mistake("the root has no row with a kind", "notes: [Note!]! @many(order: \"id\")",
                 "notes: Subject @one(kind: \"subject_kind\", key: \"id\")",
                 "Query.notes: @one(kind:) leads from a row to an interface or union");
    test_mistake("the column of the kind must be there", "kind: \"subject_kind\"", "kind: \"sort\"",
                 "Note.subject: table note has no column sort");
    test_mistake("the column of the key must be there", "key: \"subject_id\"", "key: \"thing_id\"",
                 "Note.subject: table note has no column thing_id");
    test_mistake("a number says of no type what it is", "kind: \"subject_kind\"",
                 "kind: \"subject_id\"", "Ticket: @value TICKET is no number");
    test_mistake("each type has a table",
                 "type RepairOrder implements Subject @table(name: \"repair\") @public",
                 "type RepairOrder implements Subject @public",
                 "Note.subject: RepairOrder has no @table");
    test_mistake("a value that nobody asks for is named", "type Note @table",
                 "type Note @value(name: \"note\") @table", "Note: @value belongs to types of");
}

int main(void)
{
    planned_open(&planned);
    planned_table(&planned, "note", "id! subject_kind:text subject_id");
    planned_table(&planned, "ticket", "id!");
    planned_table(&planned, "repair", "id!");
    test_good();
    test_mistakes();
    planned_close(&planned);
    return test_end();
}

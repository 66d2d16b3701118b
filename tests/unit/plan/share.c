/* share: an interface of many types does not make many fetches of one. */
#include "base/buf.h"
#include "unit/plan/planned.h"

enum { TYPES = 12 };

static struct planned planned;

/* Parties of twelve kinds in one table, and notes about things of twelve tables. */
static const char *schema(void)
{
    struct buf text;
    buf_init(&text, planned.arena, 4096);
    buf_add(&text,
            STR("type Query { parties: [Party!]! @many(order: \"id\") notes: [Note!]! "
                "@many(order: \"id\") }\n"
                "interface Party @table(name: \"party\") @public @discriminator(column: "
                "\"kind\") { id: ID! head: Party notes: [Note!]! }\n"
                "interface Thing { id: ID! note: Note }\n"
                "type Note @table(name: \"note\") @public { id: ID! party: Party @one thing: "
                "Thing @one(kind: \"kind\", key: \"thing_id\") }\n"));
    for (int i = 0; i < TYPES; i++) {
        buf_printf(&text,
                   "type P%d implements Party @value(name: \"p%d\") { id: ID! head: Party @one "
                   "notes: [Note!]! @many(key: \"party_id\", order: \"id\") }\n"
                   "type T%d implements Thing @table(name: \"t%d\") @public { id: ID! note: Note "
                   "@one }\n",
                   i, i, i, i);
        planned_table(&planned, str_printf(planned.arena, "t%d", i).at, "id! note_id");
    }
    return str_copy(planned.arena, buf_str(&text)).at;
}

static uint32_t fetches(const char *query)
{
    const struct plan *plan = planned_plan(&planned, query);
    return plan == NULL ? 0 : plan->fetch_count - 1; /* the root aside */
}

static void test_one_table(void)
{
    TEST("what all types ask alike is one fetch, on every level",
         fetches("{ parties { head { head { head { id notes { id } } } } } }") == 5);
    TEST("also where a type asks for more",
         fetches("{ parties { notes { id } ... on P3 { head { id } } } }") == 3);
    TEST("also through what leads to several tables, which is one for each",
         fetches("{ parties { notes { thing { id } } } }") == 2 + TYPES);
    TEST("what types ask differently is several",
         fetches(
             "{ parties { ... on P1 { notes { id } } ... on P2 { notes { party { id } } } } }") ==
             4);
}

static void test_several_tables(void)
{
    TEST("one fetch for each table that may be led to",
         fetches("{ notes { thing { id } } }") == 1 + TYPES);
    TEST("tables that lead on to tables reach the limit of fetches",
         fetches("{ notes { thing { note { thing { note { thing { id } } } } } } }") == 0);
    TEST_TEXT("and the client is told", planned.problem,
              STR("The document asks for too many lists and objects; ask for less at once."));
}

int main(void)
{
    planned_open(&planned);
    planned_table(&planned, "party", "id! kind:text! head_id");
    planned_table(&planned, "note", "id! party_id kind:text thing_id");
    TEST_TEXT("a schema of many types loads", planned_load(&planned, schema()), STR(""));
    test_one_table();
    test_several_tables();
    planned_close(&planned);
    return test_end();
}

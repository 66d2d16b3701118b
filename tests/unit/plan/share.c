/* share: an interface of many types does not make many fetches of one. */
#include "base/buf.h"
#include "unit/plan/planned.h"

enum { TYPES = 12 };

static struct planned planned;

/* An index that begins with these two columns. */
static void add_index(const char *table_name, const char *first, const char *second)
{
    struct catalogue_table *table = map_get(&planned.catalogue.tables, str_of(table_name));
    struct catalogue_key *key = arena_new(planned.arena, struct catalogue_key);
    *key =
        (struct catalogue_key){.name = str_of(second),
                               .columns = arena_array(planned.arena, struct catalogue_column *, 2),
                               .column_count = 2};
    key->columns[0] = map_get(&table->columns, str_of(first));
    key->columns[1] = map_get(&table->columns, str_of(second));
    map_put(&table->keys, str_printf(planned.arena, "%s_%s", first, second), key);
}

static void add_thing_table(const char *name)
{
    planned_table(&planned, name, "id! note_id party_id! made_at! told_at!");
    add_index(name, "party_id", "made_at");
    add_index(name, "party_id", "told_at");
}

/* Parties of twelve kinds in one table, and notes about things of twelve tables. The first kind
 * says in columns of its own of which kind the thing is that it is about, and when things were. */
static const char *schema(void)
{
    struct buf text;
    buf_init(&text, planned.arena, 4096);
    buf_add(&text,
            STR("type Query { parties: [Party!]! @many(order: \"id\") notes: [Note!]! "
                "@many(order: \"id\") }\n"
                "interface Party @table(name: \"party\") @public @discriminator(column: "
                "\"kind\") { id: ID! head: Party notes: [Note!]! about: Thing events: "
                "EventConnection! }\n"
                "interface Thing { id: ID! note: Note } union Event = T0 | T1\n"
                "type Note @table(name: \"note\") @public { id: ID! party: Party @one thing: "
                "Thing @one(kind: \"kind\", key: \"thing_id\") }\n"));
    for (int i = 0; i < TYPES; i++) {
        buf_printf(
            &text,
            "type P%d implements Party @value(name: \"p%d\") { id: ID! head: Party @one "
            "notes: [Note!]! @many(key: \"party_id\", order: \"id\") about: Thing @one(kind: "
            "\"%s\", key: \"about_id\") events: EventConnection! @merge(key: \"party_id\", "
            "of: [\"T0.%s\", \"T1.%s\"]) }\n"
            "type T%d implements Thing @table(name: \"t%d\") @public { id: ID! note: Note "
            "@one }\n",
            i, i, i == 0 ? "first_kind" : "about_kind", i == 0 ? "told_at" : "made_at",
            i == 0 ? "told_at" : "made_at", i, i);
        add_thing_table(str_printf(planned.arena, "t%d", i).at);
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

static void test_apart(void)
{
    TEST("types that tell the kind of what they lead to in different columns share nothing",
         fetches("{ parties { about { id } } }") == 1 + 2 * TYPES);
    TEST("nor do lists over several tables: of which columns one is made each type says by itself",
         fetches("{ parties { events { nodes { __typename } } } }") == 1 + TYPES * (1 + 2 + 2));
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
    planned_table(&planned, "party",
                  "id! kind:text! head_id first_kind:text about_kind:text about_id");
    planned_table(&planned, "note", "id! party_id kind:text thing_id");
    TEST_TEXT("a schema of many types loads", planned_load(&planned, schema()), STR(""));
    test_one_table();
    test_apart();
    test_several_tables();
    planned_close(&planned);
    return test_end();
}

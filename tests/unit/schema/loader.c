/* loader: a schema that fits its tables loads; every kind of mistake is named by its coordinate. */
#include "schema/loader.h"
#include "base/arena.h"
#include "graphql/schema.h"
#include "run/resolver.h"
#include "unit/test.h"
#include <stdlib.h>
#include <unistd.h>

static const char base_schema[] =
    "type Query { customer(id: ID!): Customer @one customers: CustomerConnection! @many(order: "
    "\"name\") }\n"
    "interface Node { id: ID! }\n"
    "type Partner implements Node @table(name: \"partner\") @scope(partner: \"id\") @right(tab: "
    "\"account\") { id: ID! name: String! }\n"
    "type Customer implements Node @table(name: \"customer\") @scope(customer: \"id\", partner: "
    "\"partner_id\") @right(tab: \"account\") {\n"
    "  id: ID! name: String! birthDate: Date @right(tab: \"tickets\") partner: Partner @one(key: "
    "\"partner_id\")\n"
    "  tickets: [Ticket!]! @many(key: \"customer_id\", order: \"id\") @right(tab: \"tickets\")\n"
    "}\n"
    "type Ticket @table(name: \"ticket\") @scope(customer: \"customer_id\") @right(tab: "
    "\"tickets\") { id: ID! state: TicketState! }\n"
    "enum TicketState { OPEN CLOSED }\n";

static struct arena *arena;
static struct catalogue catalogue, care; /* of our own database, and of another one */
static char folder[] = "/tmp/dossier-loader-XXXXXX";
static const struct resolver *resolvers;

/* ---- a catalogue made by hand ---- */

static struct catalogue_table *add_table(struct catalogue *to, const char *name)
{
    struct catalogue_table *table = arena_new(arena, struct catalogue_table);
    table->name = str_of(name);
    map_init(&table->columns, arena, 8);
    map_init(&table->keys, arena, 4);
    map_init(&table->references, arena, 4);
    map_put(&to->tables, table->name, table);
    return table;
}

static struct catalogue_column *add_column(struct catalogue_table *table, const char *name,
                                           enum catalogue_kind kind, bool nullable)
{
    struct catalogue_column *column = arena_new(arena, struct catalogue_column);
    *column = (struct catalogue_column){
        .name = str_of(name), .column_type = str_of(name), .kind = kind, .nullable = nullable};
    map_put(&table->columns, column->name, column);
    return column;
}

static void add_key(struct catalogue_table *table, const char *name,
                    struct catalogue_column *column, bool unique)
{
    struct catalogue_key *key = arena_new(arena, struct catalogue_key);
    struct catalogue_column **columns = arena_array(arena, struct catalogue_column *, 1);
    columns[0] = column;
    *key = (struct catalogue_key){
        .name = str_of(name), .unique = unique, .columns = columns, .column_count = 1};
    map_put(&table->keys, key->name, key);
}

static void make_catalogue(void)
{
    map_init(&catalogue.tables, arena, 8);
    struct catalogue_table *partner = add_table(&catalogue, "partner"),
                           *customer = add_table(&catalogue, "customer"),
                           *ticket = add_table(&catalogue, "ticket");
    add_key(partner, "PRIMARY", add_column(partner, "id", CATALOGUE_INTEGER, false), true);
    add_column(partner, "name", CATALOGUE_TEXT, false);
    add_key(customer, "PRIMARY", add_column(customer, "id", CATALOGUE_INTEGER, false), true);
    add_column(customer, "name", CATALOGUE_TEXT, false);
    add_column(customer, "birth_date", CATALOGUE_DATE, true);
    add_column(customer, "partner_id", CATALOGUE_INTEGER, true);
    add_key(ticket, "PRIMARY", add_column(ticket, "id", CATALOGUE_INTEGER, false), true);
    add_key(ticket, "ticket_customer", add_column(ticket, "customer_id", CATALOGUE_INTEGER, false),
            false);
    add_column(ticket, "state", CATALOGUE_TEXT, false);
    add_column(ticket, "note", CATALOGUE_TEXT, true);
    add_column(ticket, "opened_at", CATALOGUE_DATETIME, false);
    add_column(ticket, "closed_at", CATALOGUE_DATETIME, true);
    partner->is_versioned = customer->is_versioned = true;
}

/* Another database of the same server has orders, and a customer table of its own. */
static void make_care(void)
{
    map_init(&care.tables, arena, 8);
    struct catalogue_table *order = add_table(&care, "orders"),
                           *customer = add_table(&care, "customer");
    add_key(order, "PRIMARY", add_column(order, "id", CATALOGUE_INTEGER, false), true);
    add_key(order, "customer", add_column(order, "customer_id", CATALOGUE_INTEGER, false), false);
    add_column(order, "channel", CATALOGUE_TEXT, false);
    add_key(customer, "PRIMARY", add_column(customer, "id", CATALOGUE_INTEGER, false), true);
}

static const struct catalogue *catalogue_of(void *context, struct str database)
{
    return str_is(database, "care") ? &care : NULL;
}

/* ---- loading ---- */

static void write_file(const char *name, const char *text)
{
    struct str path = str_printf(arena, "%s/%s", folder, name);
    FILE *file = fopen(path.at, "w");
    if (file == NULL)
        abort();
    fputs(text, file);
    fclose(file);
}

static struct str load(const char *schema, struct loaded_schema *loaded)
{
    static struct right rights[] = {{STR("account"), STR("READ"), 0},
                                    {STR("tickets"), STR("READ"), 3}};
    static const struct resolver no_resolvers[] = {{0}};
    static const struct named_predicate no_predicates[] = {{0}};
    const struct schema_sources sources = {
        .folder = folder,
        .catalogue = &catalogue,
        .catalogue_of = catalogue_of,
        .rights = {.list = rights, .count = 2},
        .resolvers = resolvers != NULL ? resolvers : no_resolvers,
        .predicates = no_predicates,
    };
    struct str problem;
    write_file("test.graphql", schema);
    schema_load(loaded, arena, &sources, &problem);
    return problem;
}

/* The base schema with one piece replaced by another. */
static struct str load_with_into(const char *from, const char *to, struct loaded_schema *loaded)
{
    const char *at = strstr(base_schema, from);
    if (at == NULL)
        abort();
    struct str schema =
        str_printf(arena, "%.*s%s%s", (int)(at - base_schema), base_schema, to, at + strlen(from));
    return load(schema.at, loaded);
}

static struct str load_with(const char *from, const char *to)
{
    struct loaded_schema loaded;
    return load_with_into(from, to, &loaded);
}

static void test_mistake(const char *sentence, const char *from, const char *to, const char *words)
{
    struct str problem = load_with(from, to);
    if (!TEST(sentence, problem.len > 0 && strstr(str_copy(arena, problem).at, words) != NULL))
        printf("# got: " STR_FMT "\n", STR_ARG(problem));
}

static void test_mistakes(void)
{
    test_mistake("a table that is not there is named", "name: \"ticket\"", "name: \"tickets\"",
                 "Ticket: there is no table tickets");
    test_mistake("a column that is not there is named", "birthDate: Date", "birthday: Date",
                 "Customer.birthday: table customer has no column birthday");
    test_mistake("a column of another type is named", "birthDate: Date", "birthDate: Int",
                 "Customer.birthDate: column birth_date");
    test_mistake("a column that may be NULL cannot be non-null", "birthDate: Date",
                 "birthDate: Date!", "Customer.birthDate: column birth_date may be NULL");
    test_mistake("rows without an owner are refused", " @scope(customer: \"customer_id\")", "",
                 "Ticket: whose rows are these?");
    test_mistake("a type without a right is refused", " @right(tab: \"tickets\") { id", " { id",
                 "Ticket: who may see it?");
    test_mistake("a right nobody defined is refused", "@right(tab: \"tickets\") {",
                 "@right(tab: \"tikets\") {", "there is no right tikets:READ");
    test_mistake("a field without a source is refused",
                 "partner: Partner @one(key: \"partner_id\")", "partner: Partner",
                 "Customer.partner: where does it come from?");
    test_mistake("a row that may be hidden cannot be non-null", "partner: Partner @one",
                 "partner: Partner! @one", "Customer.partner: ");
    test_mistake("an order without a column is refused", "order: \"name\"", "order: \"nam\"",
                 "Query.customers: table customer has no column nam");
    test_mistake("a key without an index is refused", "key: \"customer_id\"", "key: \"note\"",
                 "no index of ticket begins with note");
    test_mistake("a predicate nobody wrote is refused", "order: \"name\"",
                 "order: \"name\", predicate: \"x\"",
                 "Query.customers: resolvers/index.c has no predicate x");
    test_mistake("a resolver nobody wrote is refused", "id: ID!): Customer @one",
                 "id: ID!): Customer @resolver",
                 "Query.customer: resolvers/index.c has no objects function for it");
    test_mistake("a page ordered by what may be NULL is refused", "order: \"name\"",
                 "order: \"birth_date\"", "may be NULL: pages need one that may not");
    test_mistake("an argument that does nothing is refused", "tickets: [", "tickets(x: Int): [",
                 "Customer.tickets(x:): what does it do?");
    test_mistake("a page's size is no argument of its own", "customers: C",
                 "customers(limit: Int @limit): C",
                 "Query.customers(limit:): a connection has first and last");
    test_mistake("a number of rows is an Int", "tickets: [", "tickets(last: String @limit): [",
                 "Customer.tickets(last:): @limit needs an Int");
    test_mistake("two sizes are one too many", "tickets: [",
                 "tickets(last: Int @limit, most: Int @limit): [",
                 "Customer.tickets(most:): one argument with @limit is enough");
    test_mistake("a match with a column that is not there is named", "tickets: [",
                 "tickets(stat: String @match): [",
                 "Customer.tickets(stat:): table ticket has no column stat");
    test_mistake("a match with another type is named", "tickets: [",
                 "tickets(state: Int @match): [", "Customer.tickets(state:): column state");
    test_mistake("a match that is neither is refused", "tickets: [",
                 "tickets(state: String @match(how: \"LIKE\")): [", "is EQUAL or PREFIX");
    test_mistake("a number has no beginning", "tickets: [",
                 "tickets(id: Int @match(how: \"PREFIX\")): [", "only a single text");
    test_mistake("a key that is not unique cannot tell nodes apart", "@table(name: \"customer\")",
                 "@table(name: \"customer\", key: \"name\")",
                 "Customer: column name of customer is not unique, but a global id names one row");
    test_mistake("an order that is not total is refused",
                 "order: \"id\") @right(tab: \"tickets\")\n}\ntype Ticket @table(name: \"ticket\")",
                 "order: \"state\") @right(tab: \"tickets\")\n}\ntype Ticket @table(name: "
                 "\"ticket\", key: \"state\")",
                 "Customer.tickets: rows of ticket may share a place");
    test_mistake("a file that is no GraphQL is named", "enum TicketState {", "enum {",
                 "test.graphql: line");
}

static void test_other_database(void)
{
    static const char ticket[] = "name: \"ticket\")";
    test_mistake("a table of another database is not looked for in our own", ticket,
                 "name: \"ticket\", database: \"care\")",
                 "Ticket: database care has no table ticket that Dossier's user may read");
    test_mistake("a database that cannot be read is named", ticket,
                 "name: \"ticket\", database: \"elsewhere\")",
                 "Ticket: database elsewhere has no table ticket");
    test_mistake("a column of another database's table is looked for there", "enum TicketState",
                 "type Order @table(name: \"orders\", database: \"care\") @public "
                 "{ id: ID! state: String! } enum TicketState",
                 "Order.state: table orders has no column state");
    struct str schema =
        str_printf(arena,
                   "%s type Order @table(name: \"orders\", database: \"care\") @public "
                   "{ id: ID! channel: String! }\n"
                   "extend type Query { orders(customerId: ID!): [Order!]! @many(key: "
                   "\"customer_id\", order: \"id\") }",
                   base_schema);
    struct loaded_schema loaded;
    struct str problem = load(schema.at, &loaded);
    TEST_TEXT("tables of two databases are one schema", problem, STR(""));
    const struct type *order = schema_type(loaded.schema, STR("Order"), 0),
                      *customer = schema_type(loaded.schema, STR("Customer"), 1);
    TEST_TEXT("a table of another database is named with it",
              ((const struct table *)order->binding)->quoted, STR("`care`.`orders`"));
    TEST_TEXT("one of our own without", ((const struct table *)customer->binding)->quoted,
              STR("`customer`"));
}

/* ---- what C code makes ---- */

static enum status made_batch(struct compute *compute)
{
    return STATUS_OK;
}

static enum status made_objects(struct resolve *resolve)
{
    return STATUS_OK;
}

static const char computed_field[] = "state: TicketState! due: Date @resolver(needs: [\"note\"])";

static void test_resolvers(void)
{
    const char *from = "state: TicketState!", *to = computed_field;
    test_mistake("a leaf of a row that nobody computes is named", from, to,
                 "Ticket.due: resolvers/index.c has no batch function for it");
    static const struct resolver objects[] = {{.coordinate = "Ticket.due", .objects = made_objects},
                                              {0}};
    resolvers = objects;
    test_mistake("a leaf cannot be made by a function of objects", from, to,
                 "Ticket.due: resolvers/index.c has no batch function for it");
    static const struct resolver batch[] = {{.coordinate = "Ticket.due", .batch = made_batch}, {0}};
    resolvers = batch;
    TEST("a leaf that C code computes of columns loads", load_with(from, to).len == 0);
    test_mistake("a needed column that is not there is named", from,
                 "state: TicketState! due: Date @resolver(needs: [\"notes\"])",
                 "Ticket.due: table ticket has no column notes");
    test_mistake("a function whose field is gone is named", from, from,
                 "Ticket.due: resolvers/index.c lists it, the schema has no such");
    test_mistake("a function whose field is a column is named", from,
                 "state: TicketState! due: String @column(name: \"note\")",
                 "Ticket.due: resolvers/index.c lists it, the schema has no such");
    test_mistake("a leaf of a type without rows has no function of its own", from,
                 "state: TicketState! due: Due @resolver } type Due @public { date: Date @resolver",
                 "Due.date: @resolver makes objects, and leaves of types with @table");
    static const struct resolver made[] = {{.coordinate = "Ticket.due", .objects = made_objects},
                                           {0}};
    resolvers = made;
    test_mistake("an object whose leaves nobody knows is named", from,
                 "state: TicketState! due: Due @resolver } type Due @public { date: Date",
                 "Ticket.due: resolvers/index.c has no leaf function for Due");
    static const struct resolver rootly[] = {
        {.coordinate = "Query.customer", .objects = made_objects}, {0}};
    resolvers = rootly;
    test_mistake("columns are needed of rows only", "id: ID!): Customer @one",
                 "id: ID!): Customer @resolver(needs: [\"id\"])",
                 "Query.customer: @resolver(needs:) names columns, and its type has no @table");
    resolvers = NULL;
}

/* ---- as of a moment ---- */

/* The base schema with Query.customer(asOf:), and Ticket's @table with something more. */
static struct str load_as_of(const char *argument, const char *ticket)
{
    const char *at = strstr(base_schema, "id: ID!): Customer");
    const char *table = strstr(base_schema, "\"ticket\"");
    const char *rest = table + strlen("\"ticket\"");
    struct str schema = str_printf(arena, "%.*s%s%.*s%s%s", (int)(at - base_schema), base_schema,
                                   argument, (int)(rest - at), at, ticket, rest);
    struct loaded_schema loaded;
    return load(schema.at, &loaded);
}

static void test_as_of_mistake(const char *sentence, const char *argument, const char *ticket,
                               const char *words)
{
    struct str problem = load_as_of(argument, ticket);
    if (!TEST(sentence, problem.len > 0 && strstr(str_copy(arena, problem).at, words) != NULL))
        printf("# got: " STR_FMT "\n", STR_ARG(problem));
}

static void test_as_of(void)
{
    static const char as_of[] = "asOf: DateTime @asOf, ";
    test_as_of_mistake("as of a moment, every table below needs a past", as_of, "",
                       "Ticket: Query.customer(asOf:) leads here, and table ticket keeps no "
                       "history: add WITH SYSTEM VERSIONING");
    TEST_TEXT("a table that never changes may say so", load_as_of(as_of, ", timeless: true"),
              STR(""));
    TEST_TEXT("a table that is only added to names when",
              load_as_of(as_of, ", recorded: \"opened_at\""), STR(""));
    test_as_of_mistake("when a row was written has to be a moment", as_of, ", recorded: \"state\"",
                       "Ticket: column state is state; @table(recorded:) needs a DATETIME");
    test_as_of_mistake("when a row was written has to be known", as_of, ", recorded: \"closed_at\"",
                       "Ticket: column closed_at is closed_at and may be NULL");
    test_as_of_mistake("a past of two kinds is refused", as_of,
                       ", recorded: \"opened_at\", timeless: true", "only one of these");
    test_as_of_mistake("a moment is a DateTime", "asOf: String @asOf, ", ", timeless: true",
                       "Query.customer(asOf:): @asOf needs a DateTime");
    test_as_of_mistake("a moment may be left out", "asOf: DateTime! @asOf, ", ", timeless: true",
                       "@asOf needs a DateTime that may be null");
    test_as_of_mistake("a moment has no default",
                       "asOf: DateTime = \"2026-10-01T00:00:00Z\" @asOf, ", ", timeless: true",
                       "@asOf takes no default");
    test_as_of_mistake("one moment is enough", "asOf: DateTime @asOf, at: DateTime @asOf, ",
                       ", timeless: true", "one argument with @asOf is enough");
    test_mistake("a leaf has no moment", "birthDate: Date", "birthDate(at: Date @asOf): Date",
                 "Customer.birthDate(at:): @asOf belongs to fields with @one, @many or @node");
}

/* ---- versions ---- */

static const char history_field[] = "name: String! history: CustomerVersionConnection! @history";

static const struct field *field_of(const struct loaded_schema *loaded, const char *type,
                                    const char *field)
{
    const struct type *found = schema_type(loaded->schema, str_of(type), UINT64_MAX);
    return found == NULL ? NULL : schema_field(loaded->schema, found, str_of(field), UINT64_MAX);
}

static void test_versions(void)
{
    const char *at = strstr(base_schema, "name: String! birthDate");
    struct str schema = str_printf(arena, "%.*s%s%s", (int)(at - base_schema), base_schema,
                                   history_field, at + strlen("name: String!"));
    struct loaded_schema loaded;
    TEST_TEXT("a type with a history loads", load(schema.at, &loaded), STR(""));
    const struct field *from = field_of(&loaded, "CustomerVersion", "validFrom"),
                       *id = field_of(&loaded, "CustomerVersion", "id"),
                       *partner = field_of(&loaded, "CustomerVersion", "partner");
    TEST("versions know since when they were true", from != NULL && partner != NULL);
    TEST("versions have no lists", field_of(&loaded, "CustomerVersion", "tickets") == NULL);
    TEST("versions give the id of what they are versions of",
         id != NULL && str_is(((const struct binding *)id->binding)->id_type, "Customer"));
    TEST("versions are as visible as the row",
         schema_type(loaded.schema, STR("CustomerVersionEdge"), 0) == NULL);
    const struct versions *versions = field_of(&loaded, "Customer", "history") == NULL
                                          ? NULL
                                          : ((const struct table *)from->parent->binding)->versions;
    TEST("versions differ by the columns of their fields",
         versions != NULL && versions->field_count == 4 && versions->column_count == 4);
    test_mistake("a history has to be kept", "state: TicketState!",
                 "state: TicketState! history: TicketVersionConnection! @history",
                 "Ticket: @history needs a table that keeps one: ticket is not WITH SYSTEM");
    test_mistake("versions have a name", "name: String! birthDate",
                 "name: String! history: CustomerConnection! @history birthDate",
                 "Customer.history: @history gives CustomerVersionConnection!");
    test_mistake("a field cannot be called like one of every version", "name: String! birthDate",
                 "name: String! changes: String history: CustomerVersionConnection! @history "
                 "birthDate",
                 "Customer.changes: versions of it have a field of that name");
    test_mistake("what has no rows has no versions", "type Query {",
                 "type Query { history: QueryVersionConnection! @history ",
                 "Query: @history belongs to types with @table");
}

static void test_good(void)
{
    struct loaded_schema loaded;
    struct str problem = load(base_schema, &loaded);
    if (!TEST("a schema that fits loads", problem.len == 0)) {
        printf("# " STR_FMT "\n", STR_ARG(problem));
        return;
    }
    const uint64_t account = 1, tickets = 8;
    const struct type *customer = schema_type(loaded.schema, STR("Customer"), account);
    TEST("a type is there for who has its right", customer != NULL);
    TEST("a type is not there for who lacks it",
         schema_type(loaded.schema, STR("Ticket"), account) == NULL);
    TEST("a field is not there for who lacks its right",
         schema_field(loaded.schema, customer, STR("tickets"), account) == NULL);
    TEST("a field is there for who has all rights",
         schema_field(loaded.schema, customer, STR("tickets"), account | tickets) != NULL);
    TEST("an enum is as visible as its uses",
         schema_type(loaded.schema, STR("TicketState"), account) == NULL);
    TEST("connection types are made",
         schema_type(loaded.schema, STR("CustomerConnection"), account) != NULL);
    TEST("connection types are as visible as their entries",
         schema_type(loaded.schema, STR("CustomerEdge"), 0) == NULL);
    const struct field *customers =
        schema_field(loaded.schema, loaded.schema->query, STR("customers"), account);
    TEST("a connection has the four page arguments",
         customers != NULL && customers->argument_count == 4);
    const struct binding *binding = customers->binding;
    TEST("an order ends in the key",
         binding->order_count == 2 && str_is(binding->order[1].column, "id"));
}

static void test_arguments(void)
{
    struct loaded_schema loaded;
    struct str problem =
        load_with_into("customers: CustomerConnection! @many(order: \"name\")",
                       "customers(born: Date @match(column: \"birth_date\")): "
                       "CustomerConnection! @many(order: \"name\")\n"
                       "found(born: Date! @match(column: \"birth_date\"), last: Int! @limit): "
                       "[Customer!]! @many(order: \"name\")",
                       &loaded);
    if (!TEST("arguments that size and narrow load", problem.len == 0)) {
        printf("# " STR_FMT "\n", STR_ARG(problem));
        return;
    }
    const struct type *query = loaded.schema->query;
    const uint64_t account = 1, tickets = 8;
    const struct field *customers = schema_field(loaded.schema, query, STR("customers"), account);
    const struct field *found = schema_field(loaded.schema, query, STR("found"), account | tickets);
    TEST("a list has its size and its match",
         found != NULL && ((struct binding *)found->binding)->match_count == 1 &&
             ((struct binding *)found->binding)->size_argument == &found->arguments[1]);
    TEST("a match needs what its column's field needs",
         customers != NULL && customers->arguments[0].needs == tickets);
    TEST("a field needs what an argument needs that has to be given",
         schema_field(loaded.schema, query, STR("found"), account) == NULL);
}

int main(void)
{
    arena = arena_create();
    if (mkdtemp(folder) == NULL)
        abort();
    make_catalogue();
    make_care();
    struct str directives = str_printf(arena, "cp schema/directives.graphql %s/", folder);
    write_file("scalars.graphql", "scalar Date scalar DateTime\n");
    TEST("the directives are at hand", system(directives.at) == 0);
    test_good();
    test_arguments();
    test_mistakes();
    test_as_of();
    test_versions();
    test_other_database();
    test_resolvers();
    struct str remove = str_printf(arena, "rm -r %s", folder);
    TEST("nothing is left behind", system(remove.at) == 0);
    arena_destroy(arena);
    return test_end();
}

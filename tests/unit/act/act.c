/* act: a change that would put its row out of sight is not made; one that others got in the way of
 * is made again, but not for ever. */
#include "act/act.h"
#include "base/arena.h"
#include "base/loop.h"
#include "base/viewer.h"
#include "graphql/coerce.h"
#include "mariadb/database.h"
#include "mariadb/private.h"
#include "run/call.h"
#include "run/engine_internal.h"
#include "unit/run/served.h"
#include "unit/test.h"
#include <stdlib.h>

static const char tables[] =
    "CREATE TABLE partner (id BIGINT PRIMARY KEY, path VARCHAR(80) NOT NULL);"
    "CREATE TABLE customer (id BIGINT PRIMARY KEY, partner_id BIGINT NULL, number VARCHAR(16) NOT "
    "NULL, "
    "merged_into_id BIGINT NULL);"
    "CREATE TABLE thing (id BIGINT PRIMARY KEY, customer_id BIGINT NOT NULL);"
    "CREATE TABLE idempotency_key (user_account_id BIGINT NOT NULL, idempotency_key VARCHAR(64) "
    "NOT NULL, input_digest CHAR(64) NOT NULL, object_id BIGINT NULL, customer_id BIGINT NULL, "
    "audit_record_id BIGINT NULL, created_at DATETIME(6) NOT NULL DEFAULT CURRENT_TIMESTAMP(6), "
    "PRIMARY KEY (user_account_id, idempotency_key));"
    "CREATE TABLE audit_record (id BIGINT PRIMARY KEY AUTO_INCREMENT, user_account_id BIGINT NOT "
    "NULL, mutation VARCHAR(64) NOT NULL, object_type VARCHAR(64) NOT NULL, object_id BIGINT NULL, "
    "customer_id BIGINT NULL, input MEDIUMTEXT NOT NULL, began_at DATETIME(6) NULL, held_at "
    "DATETIME(6) NULL, undoable_until DATETIME(6) NULL);"
    "CREATE TABLE policy (name VARCHAR(40) PRIMARY KEY, value BIGINT NOT NULL);"
    "INSERT INTO partner VALUES (1, '/1/'), (2, '/1/2/'), (3, '/1/3/');"
    "INSERT INTO customer VALUES (1, 2, '11', NULL), (2, 2, '12', NULL), (3, 3, '13', NULL), "
    "(4, 2, '14', 2);"
    "INSERT INTO thing VALUES (10, 1)";

static const char schema[] =
    "type Query { thing(id: ID!): Thing @one(key: \"id\") }\n"
    "type Mutation { moveThing(input: MoveThingInput!): MoveThingPayload! @resolver }\n"
    "input MoveThingInput { idempotencyKey: String! dryRun: Boolean! = false id: ID! to: Int! }\n"
    "type MoveThingPayload @public { thing: Thing @one userErrors: [UserError!]! @resolver dryRun: "
    "Boolean! replayed: Boolean! }\n"
    "type UserError @public { code: String! field: [String!] message: String! }\n"
    "type Partner @table(name: \"partner\") @scope(partner: \"id\") @right(tab: \"account\") { id: "
    "ID! }\n"
    "type Customer @table(name: \"customer\") @scope(customer: \"id\", partner: \"partner_id\") "
    "@right(tab: \"account\") { id: ID! }\n"
    "type Thing @table(name: \"thing\") @scope(customer: \"customer_id\") @right(tab: "
    "\"account\") { id: ID! customer: Customer @one }\n";

static struct served served;
static const struct viewer shop = {
    .kind = VIEWER_PARTNER, .rights = 7, .user_id = 5, .scope_id = 2, .scope_path = STR("/1/2/")};

/* ---- the mutation ---- */

static uint32_t conflicts_to_come, attempts;

static enum status perform(struct act *act)
{
    struct rows rows;
    attempts++;
    TRY(act_lock(act, "Thing", "id", "t.customer_id", &rows));
    if (rows.count == 0)
        return STATUS_OK;
    act->object = rows.cells[0].integer;
    act->customer = act_field(act, "to")->integer;
    const struct cell parameters[] = {cell_int(act->customer), cell_int(act->object)};
    TRY(act_run(act, "UPDATE thing SET customer_id = ? WHERE id = ?", parameters, 2, NULL));
    if (conflicts_to_come == 0)
        return STATUS_OK;
    conflicts_to_come--;
    return STATUS_CONFLICT;
}

static const struct action move = {.type = "Thing", .perform = perform};

static const struct resolver resolvers[] = {
    {.coordinate = "Mutation.moveThing", .objects = act_perform, .action = &move},
    {.coordinate = "MoveThingPayload", .leaf = act_payload_leaf},
    {.coordinate = "MoveThingPayload.userErrors", .objects = act_user_errors},
    {.coordinate = "UserError", .leaf = act_user_error_leaf},
    {0},
};

/* ---- a worker, on the thread of the test ---- */

static struct actor *actor;

static void on_performed(void *call)
{
    call_return(call);
}

static bool hand_over(void *context, struct call *call, struct loop *loop)
{
    (void)context;
    call_perform(call, actor_engine(actor));
    loop->ops->timer(loop, 0, on_performed, call);
    return true;
}

/* ---- tests ---- */

static struct str moved(const char *key, int to)
{
    struct str query = str_printf(
        served.arena,
        "mutation { moveThing(input: {idempotencyKey: \"%s\", id: 10, to: %d}) { thing { customer "
        "{ id } } userErrors { code } } }",
        key, to);
    attempts = 0;
    return served_answer(&served, &shop, query.at, NULL);
}

/* Whose the thing is, how many keys and how many records there are. */
static struct str state(void)
{
    const struct rows rows = served_rows(
        &served, STR("SELECT CONCAT((SELECT customer_id FROM thing), ' ', (SELECT COUNT(*) FROM "
                     "idempotency_key), ' ', (SELECT COUNT(*) FROM audit_record))"));
    return cell_str(&rows.cells[0]);
}

static void test_scope(void)
{
    TEST_TEXT("a row is moved to where it still is in sight", moved("one", 2),
              STR("{\"data\":{\"moveThing\":{\"thing\":{\"customer\":{\"id\":\"2\"}},"
                  "\"userErrors\":[]}}}"));
    TEST_TEXT("which leaves a key and a record", state(), STR("2 1 1"));
    TEST("it is not moved out of sight",
         strstr(moved("two", 3).at, "\"userErrors\":[{\"code\":\"OUT_OF_SCOPE\"}]") != NULL);
    TEST_TEXT("and nothing is left of that", state(), STR("2 1 1"));
    TEST("nor to a customer who was merged",
         strstr(moved("five", 4).at, "\"userErrors\":[{\"code\":\"NOT_ALLOWED\"}]") != NULL);
    TEST_TEXT("and nothing is left of that either", state(), STR("2 1 1"));
}

static void test_conflicts(void)
{
    conflicts_to_come = 3;
    TEST_TEXT("what others got in the way of is done again", moved("three", 1),
              STR("{\"data\":{\"moveThing\":{\"thing\":{\"customer\":{\"id\":\"1\"}},"
                  "\"userErrors\":[]}}}"));
    TEST("until it succeeds", attempts == 4);
    TEST_TEXT("and is done once", state(), STR("1 2 2"));
    conflicts_to_come = 100;
    TEST("but not for ever: then it is told, and",
         strstr(moved("four", 2).at, "\"userErrors\":[{\"code\":\"CONFLICT\"}]") != NULL);
    TEST("others have a turn", attempts == 5);
    TEST_TEXT("nothing is done", state(), STR("1 2 2"));
    conflicts_to_come = 0;
    TEST("the key is still good",
         strstr(moved("four", 2).at, "\"userErrors\":[]") != NULL && attempts == 1);
}

int main(void)
{
    struct str problem;
    served.resolvers = resolvers;
    served_open(&served, tables, schema);
    actor = actor_open(served.engine->engine, private_application(served.mariadb), served.arena,
                       &problem);
    if (actor == NULL) {
        fprintf(stderr, STR_FMT "\n", STR_ARG(problem));
        return 1;
    }
    engine_set_writers(served.engine->engine, hand_over, NULL);
    test_scope();
    test_conflicts();
    actor_close(actor);
    served_close(&served);
    return test_end();
}

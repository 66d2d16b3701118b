/* action_state: one statement says how all the things that are asked about stand; the functions
 * that mutations refuse with say the rest.
 *
 * Of a moment long past nothing can be done, and mutations that the viewer has no right to are not
 * there for them.
 */
#include "resolvers/action_state.h"

#include "base/arena.h"
#include "base/viewer.h"
#include "graphql/schema.h"
#include "resolvers/hindrance.h"
#include "resolvers/order_stand.h"
#include "resolvers/product_stand.h"
#include "run/door.h"
#include <stdlib.h>

/* Of one statement. */
enum { KEYS_AT_ONCE = 500, MUTATIONS = 5 };

struct action_state {
    struct str mutation;
    struct hindrances hindrances;
};

/* What is the same for all things of one type. */
struct subject {
    const char *mutations[MUTATIONS]; /* NULL behind the last */
    struct str (*sql)(struct arena *arena, uint32_t count);
    void (*judge)(const struct cell *row, uint32_t mutation, struct hindrances *out);
};

struct asking {
    struct resolve *resolve;
    const struct subject *subject;
    bool allowed[MUTATIONS];
    uint32_t part_count, open;
    struct part *parts;
};

/* Parents whose keys are in one statement. */
struct part {
    struct asking *asking;
    uint32_t from, count;
    struct source_request query;
};

/* ---- answered ---- */

static int compare(const void *a, const void *b)
{
    const struct cell *const *one = a, *const *other = b;
    return ((*one)->integer > (*other)->integer) - ((*one)->integer < (*other)->integer);
}

static void add_states(struct asking *asking, uint32_t parent, const struct cell *row)
{
    const struct source_request *request = asking->resolve->request;
    for (uint32_t i = 0; i < MUTATIONS && asking->subject->mutations[i] != NULL; i++) {
        if (!asking->allowed[i])
            continue;
        struct action_state *state = arena_new(request->arena, struct action_state);
        state->mutation = str_of(asking->subject->mutations[i]);
        hindrances_begin(&state->hindrances, request->arena, request->viewer->language);
        asking->subject->judge(row, i, &state->hindrances);
        resolve_add(asking->resolve, parent, state);
    }
}

static void add_part(struct part *part)
{
    const struct source_request *request = part->asking->resolve->request;
    const struct rows *rows = &part->query.rows;
    const struct cell **sorted = arena_array(request->arena, const struct cell *, rows->count + 1);
    for (uint32_t i = 0; i < rows->count; i++)
        sorted[i] = rows->cells + (size_t)i * rows->width;
    qsort(sorted, rows->count, sizeof(*sorted), compare);
    for (uint32_t i = 0; i < part->count; i++) {
        const struct cell *key = request->parents[part->from + i].object;
        const struct cell **row = bsearch(&key, sorted, rows->count, sizeof(*sorted), compare);
        if (row != NULL)
            add_states(part->asking, part->from + i, *row);
    }
}

/* What came of all statements. */
static enum status collect(struct asking *asking)
{
    for (uint32_t i = 0; i < asking->part_count; i++) {
        struct part *part = &asking->parts[i];
        if (part->query.status != STATUS_OK) {
            asking->resolve->request->problem = part->query.problem;
            return part->query.status;
        }
        add_part(part);
    }
    return STATUS_OK;
}

static void on_rows(struct source_request *request)
{
    struct part *part = request->context;
    if (--part->asking->open == 0)
        resolve_done(part->asking->resolve, collect(part->asking));
}

/* ---- asked ---- */

static void ask_part(struct part *part)
{
    struct source_request *request = part->asking->resolve->request;
    struct cell *keys = arena_array(request->arena, struct cell, part->count);
    for (uint32_t i = 0; i < part->count; i++)
        keys[i] = *(const struct cell *)request->parents[part->from + i].object;
    part->query =
        (struct source_request){.arena = request->arena,
                                .sql = part->asking->subject->sql(request->arena, part->count),
                                .parameters = keys,
                                .parameter_count = part->count,
                                .session = request->session,
                                .on_rows = on_rows,
                                .context = part};
    door_query(request->engine, &part->query);
}

static bool find_allowed(struct asking *asking)
{
    const struct source_request *request = asking->resolve->request;
    const struct schema *schema = door_schema(request->engine);
    uint64_t rights = request->viewer->rights;
    const struct type *root = schema_type(schema, STR("Mutation"), rights);
    bool any = false;
    for (uint32_t i = 0; i < MUTATIONS && asking->subject->mutations[i] != NULL && root != NULL;
         i++) {
        struct str name = str_of(asking->subject->mutations[i]);
        asking->allowed[i] = schema_field(schema, root, name, rights) != NULL;
        any |= asking->allowed[i];
    }
    return any;
}

static void ask(struct resolve *resolve, const struct subject *subject)
{
    const struct source_request *request = resolve->request;
    struct asking *asking = arena_new(request->arena, struct asking);
    *asking = (struct asking){.resolve = resolve, .subject = subject};
    asking->part_count = (request->parent_count + KEYS_AT_ONCE - 1) / KEYS_AT_ONCE;
    asking->parts = arena_array(request->arena, struct part, asking->part_count + 1);
    if (request->moment != NULL || asking->part_count == 0 || !find_allowed(asking)) {
        resolve_done(resolve, STATUS_OK);
        return;
    }
    asking->open = asking->part_count;
    for (uint32_t i = 0; i < asking->part_count; i++) {
        struct part *part = &asking->parts[i];
        part->asking = asking;
        part->from = i * KEYS_AT_ONCE;
        part->count = request->parent_count - part->from;
        if (part->count > KEYS_AT_ONCE)
            part->count = KEYS_AT_ONCE;
        ask_part(part);
    }
}

/* ---- of what ---- */

enum { CUSTOMER_STATUS = 1, CUSTOMER_HAS_ACCOUNT };

static void judge_customer(const struct cell *row, uint32_t mutation, struct hindrances *out)
{
    (void)mutation;
    order_stand_customer(cell_str(&row[CUSTOMER_STATUS]), true, out);
    order_stand_account(row[CUSTOMER_HAS_ACCOUNT].integer != 0, out);
}

void action_state_of_customers(struct resolve *resolve)
{
    static const struct subject subject = {
        .mutations = {"orderProduct"}, .sql = order_stand_customers_sql, .judge = judge_customer};
    ask(resolve, &subject);
}

static void judge_product(const struct cell *row, uint32_t mutation, struct hindrances *out)
{
    static const enum product_change changes[] = {PRODUCT_CHANGES_PLAN, PRODUCT_IS_SUSPENDED,
                                                  PRODUCT_IS_RESUMED, PRODUCT_IS_ENDED};
    struct product_stand stand;
    product_stand_read(row, &stand);
    product_stand_fits(&stand, changes[mutation], out);
    product_stand_idle(&stand, changes[mutation], out);
    order_stand_customer(stand.customer, false, out);
}

void action_state_of_products(struct resolve *resolve)
{
    static const struct subject subject = {
        .mutations = {"changePlan", "suspendProduct", "resumeProduct", "terminateProduct"},
        .sql = product_stand_sql,
        .judge = judge_product};
    ask(resolve, &subject);
}

static void judge_order(const struct cell *row, uint32_t mutation, struct hindrances *out)
{
    static const enum order_change changes[] = {ORDER_IS_AMENDED, ORDER_IS_CANCELLED};
    struct order_stand stand;
    order_stand_read(row, &stand);
    order_stand_hinders(&stand, changes[mutation], out);
}

void action_state_of_orders(struct resolve *resolve)
{
    static const struct subject subject = {
        .mutations = {"amendOrder", "cancelOrder"}, .sql = order_stand_sql, .judge = judge_order};
    ask(resolve, &subject);
}

/* ---- leaves ---- */

enum status action_state_reasons(struct resolve *resolve)
{
    for (uint32_t i = 0; i < resolve->request->parent_count; i++) {
        const struct action_state *state = resolve->request->parents[i].object;
        for (const struct hindrance *each = state->hindrances.first; each != NULL;
             each = each->next)
            resolve_add(resolve, i, each);
    }
    return STATUS_OK;
}

void action_state_leaf(const struct resolve *resolve, const void *object, const struct field *field,
                       struct cell *out)
{
    (void)resolve;
    const struct action_state *state = object;
    if (str_is(field->name, "mutation"))
        *out = cell_text(state->mutation);
}

void action_state_reason_leaf(const struct resolve *resolve, const void *object,
                              const struct field *field, struct cell *out)
{
    (void)resolve;
    const struct hindrance *hindrance = object;
    if (str_is(field->name, "code"))
        *out = cell_text(str_of(hindrance->code));
    else if (str_is(field->name, "label"))
        *out = cell_text(hindrance->label);
}

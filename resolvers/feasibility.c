/* feasibility: what a customer can have, asked before anything is ordered.
 *
 * All statements leave together; when the last of them is answered everything is judged in memory.
 * Whether the viewer may see the customer is the row rule in the statement about the customer:
 * without its row there is no answer, whatever the others brought.
 */
#include "resolvers/feasibility.h"

#include "base/arena.h"
#include "base/viewer.h"
#include "feasibility/load.h"
#include "graphql/schema.h"
#include "resolvers/day.h"
#include "resolvers/feasibility_shown.h"
#include "run/door.h"
#include "run/global_id.h"
#include <stdlib.h>

enum { OFFERINGS_LIMIT = 500 };

enum argument { CUSTOMER, PLACE, OFFERINGS, CATEGORY, TOGETHER, ON };

struct asking {
    struct resolve *resolve;
    struct arena *arena;
    const struct input *arguments;
    struct feasibility_request request;
    struct source_request queries[FEASIBILITY_STATEMENTS];
    uint32_t open; /* queries */
    struct feasibility_facts facts;
    struct feasibility_rules rules;
    struct feasibility_item *items;
    uint32_t item_count;
    struct shown_item *shown;
};

static bool is_given(const struct input *value)
{
    return value->kind != INPUT_ABSENT && value->kind != INPUT_NULL;
}

/* ---- what is asked about ---- */

static void add_item(struct asking *asking, const struct feasibility_offering *offering)
{
    for (uint32_t i = 0; i < asking->item_count; i++) {
        if (asking->items[i].offering == offering)
            return;
    }
    asking->items[asking->item_count++] =
        (struct feasibility_item){.action = FEASIBILITY_ADD,
                                  .offering = offering,
                                  .quantity = 1,
                                  .binding_until = FEASIBILITY_NO_DAY};
}

/* False: one of the ids is no offering's. */
static bool take_named(struct asking *asking)
{
    const struct input *ids = &asking->arguments[OFFERINGS];
    asking->items = arena_array(asking->arena, struct feasibility_item, ids->count + 1);
    for (uint32_t i = 0; i < ids->count; i++) {
        struct cell key;
        const struct feasibility_offering *offering = NULL;
        if (global_id_decode(asking->arena, STR("ProductOffering"), ids->items[i].text, &key))
            offering = feasibility_find(&asking->facts, key.integer);
        if (offering == NULL)
            return false;
        add_item(asking, offering);
    }
    return true;
}

static int compare(const void *a, const void *b)
{
    const struct feasibility_item *one = a, *other = b;
    int order = str_compare(one->offering->category, other->offering->category);
    return order != 0 ? order : str_compare(one->offering->name, other->offering->name);
}

static void take_all(struct asking *asking)
{
    const struct feasibility_facts *facts = &asking->facts;
    const struct input *category = &asking->arguments[CATEGORY];
    asking->items = arena_array(asking->arena, struct feasibility_item, facts->catalogue_count + 1);
    for (uint32_t i = 0; i < facts->catalogue_count && asking->item_count < OFFERINGS_LIMIT; i++) {
        const struct feasibility_offering *offering = &facts->catalogue[i];
        if (offering->on_sale &&
            (!is_given(category) || str_equal(category->text, offering->category)))
            add_item(asking, offering);
    }
    qsort(asking->items, asking->item_count, sizeof(*asking->items), compare);
}

/* ---- what comes of it ---- */

static void judge(struct asking *asking)
{
    const struct feasibility_facts *facts = &asking->facts;
    const struct feasibility_order order = {.items = asking->items, .count = asking->item_count};
    const struct feasibility_judgement *alone =
        feasibility_judge_catalogue(&asking->rules, facts, asking->arena);
    const struct feasibility_judgement *together =
        asking->arguments[TOGETHER].boolean
            ? feasibility_judge(&asking->rules, facts, &order, asking->arena)
            : NULL;
    asking->shown = arena_array(asking->arena, struct shown_item, asking->item_count + 1);
    for (uint32_t i = 0; i < asking->item_count; i++) {
        const struct feasibility_item *item = &asking->items[i];
        feasibility_show(
            facts, item,
            together != NULL ? &together[i] : &alone[item->offering - facts->catalogue], alone,
            asking->resolve->request->viewer->language, asking->arena, &asking->shown[i]);
    }
}

static void refuse(struct asking *asking, struct str why)
{
    asking->resolve->request->problem = why;
    resolve_done(asking->resolve, STATUS_INVALID);
}

static void finish(struct asking *asking)
{
    struct rows rows[FEASIBILITY_STATEMENTS];
    for (uint32_t i = 0; i < FEASIBILITY_STATEMENTS; i++) {
        rows[i] = asking->queries[i].rows;
        if (asking->queries[i].status != STATUS_OK) {
            asking->resolve->request->problem = asking->queries[i].problem;
            resolve_done(asking->resolve, asking->queries[i].status);
            return;
        }
    }
    if (!feasibility_read(&asking->request, rows, &asking->facts, &asking->rules, asking->arena)) {
        resolve_done(asking->resolve, STATUS_OK); /* nobody the viewer may see: null */
    } else if (asking->request.place != 0 && asking->facts.place == 0) {
        refuse(asking, STR("\"placeId\" names no address of this customer."));
    } else if (is_given(&asking->arguments[OFFERINGS]) && !take_named(asking)) {
        refuse(asking, STR("\"offeringIds\" names something that is no offering."));
    } else {
        if (!is_given(&asking->arguments[OFFERINGS]))
            take_all(asking);
        judge(asking);
        resolve_add(asking->resolve, 0, asking);
        resolve_done(asking->resolve, STATUS_OK);
    }
}

static void on_rows(struct source_request *request)
{
    struct asking *asking = request->context;
    if (--asking->open == 0)
        finish(asking);
}

/* ---- asked ---- */

static void send(struct asking *asking)
{
    asking->open = FEASIBILITY_STATEMENTS;
    for (uint32_t i = 0; i < FEASIBILITY_STATEMENTS; i++) {
        struct feasibility_query query =
            feasibility_query(&asking->request, (enum feasibility_statement)i, asking->arena);
        asking->queries[i] = (struct source_request){.arena = asking->arena,
                                                     .sql = query.sql,
                                                     .parameters = query.parameters,
                                                     .parameter_count = query.count,
                                                     .on_rows = on_rows,
                                                     .context = asking};
        door_query(asking->resolve->request->engine, &asking->queries[i]);
    }
}

static int64_t customer_asked(const struct asking *asking)
{
    struct cell key;
    bool usable =
        global_id_decode(asking->arena, STR("Customer"), asking->arguments[CUSTOMER].text, &key);
    return usable ? key.integer : 0;
}

static int64_t place_asked(const struct asking *asking)
{
    struct cell key;
    return plain_id_decode(asking->arguments[PLACE].text, &key) ? key.integer : 0;
}

static void take_viewer(struct asking *asking)
{
    const struct source_request *request = asking->resolve->request;
    const struct viewer *viewer = request->viewer;
    const struct type *customer =
        schema_type(door_schema(request->engine), STR("Customer"), UINT64_MAX);
    asking->request.row_rule =
        door_row_rule(request->engine, customer->binding, viewer->kind, asking->arena);
    asking->request.scope =
        viewer->kind == VIEWER_PARTNER ? cell_text(viewer->scope_path) : cell_int(viewer->scope_id);
}

void feasibility_qualify(struct resolve *resolve)
{
    struct source_request *request = resolve->request;
    struct asking *asking = arena_new(request->arena, struct asking);
    *asking = (struct asking){
        .resolve = resolve,
        .arena = request->arena,
        .arguments = request->arguments,
        .request = {.day = day_of(&request->arguments[ON], NULL)},
    };
    bool named = is_given(&asking->arguments[PLACE]);
    take_viewer(asking);
    asking->request.customer = customer_asked(asking);
    asking->request.place = named ? place_asked(asking) : 0;
    if (asking->arguments[OFFERINGS].count > OFFERINGS_LIMIT) {
        request->problem = STR("\"offeringIds\" takes at most 500 ids; ask in several requests.");
        resolve_done(resolve, STATUS_INVALID);
    } else if (named && asking->request.place == 0) {
        request->problem = STR("\"placeId\" names no address of this customer.");
        resolve_done(resolve, STATUS_INVALID);
    } else if (asking->request.customer == 0) {
        resolve_done(resolve, STATUS_OK); /* nobody has such an id: null */
    } else {
        send(asking);
    }
}

enum status feasibility_items(struct resolve *resolve)
{
    for (uint32_t i = 0; i < resolve->request->parent_count; i++) {
        const struct asking *asking = resolve->request->parents[i].object;
        for (uint32_t j = 0; j < asking->item_count; j++)
            resolve_add(resolve, i, &asking->shown[j]);
    }
    return STATUS_OK;
}

void feasibility_leaf(const struct resolve *resolve, const void *object, const struct field *field,
                      struct cell *out)
{
    const struct asking *asking = object;
    if (str_is(field->name, "day"))
        *out = (struct cell){.kind = CELL_DATE, .integer = asking->facts.day};
    else if (str_is(field->name, "place") && asking->facts.place != 0)
        *out = cell_int(asking->facts.place);
}

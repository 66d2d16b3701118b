/* feasibility_order: what is ordered, held against the rules within the order's transaction. */
#include "resolvers/feasibility_order.h"

#include "base/arena.h"
#include "base/viewer.h"
#include "db/dates.h"
#include "feasibility/keep.h"
#include "feasibility/load.h"
#include "mariadb/database.h"
#include <stdlib.h>

static enum status load(struct act *act, const struct ordered *ordered,
                        struct feasibility_verdict *verdict, bool *found)
{
    struct rows rows[FEASIBILITY_STATEMENTS] = {0};
    int64_t *without = arena_array(act->arena, int64_t, ordered->count + 1);
    struct feasibility_request request = {
        .customer = ordered->customer,
        .place = ordered->place,
        .day = ordered->day == 0 ? dates_today() : ordered->day,
        .ordering = true,
        .without = without,
    };
    for (uint32_t i = 0; i < ordered->count; i++) {
        const struct ordered_item *item = &ordered->items[i];
        if (item->product != 0 || item->set_up != 0)
            without[request.without_count++] = item->product != 0 ? item->product : item->set_up;
    }
    for (uint32_t i = 0; i < FEASIBILITY_STATEMENTS; i++) {
        struct feasibility_query query =
            feasibility_query(&request, (enum feasibility_statement)i, act->arena);
        TRY(database_run(act->database, act->arena, query.sql, query.parameters, query.count,
                         &rows[i]));
    }
    *found = feasibility_read(&request, rows, &verdict->facts, &verdict->rules, act->arena);
    return STATUS_OK;
}

/* The product is the customer's, for the caller has looked. */
static enum status read_binding(struct act *act, const struct ordered *ordered, int64_t product,
                                int64_t *until)
{
    const struct cell parameters[] = {cell_int(ordered->customer), cell_int(product)};
    struct rows rows = {0};
    *until = FEASIBILITY_NO_DAY;
    if (product == 0)
        return STATUS_OK;
    TRY(act_run(act, "SELECT binding_until FROM product WHERE customer_id = ? AND id = ?",
                parameters, 2, &rows));
    if (rows.count > 0 && rows.cells[0].kind != CELL_NULL)
        *until = rows.cells[0].integer;
    return STATUS_OK;
}

static enum status take_items(struct act *act, const struct ordered *ordered,
                              struct feasibility_verdict *verdict)
{
    verdict->items = arena_array(act->arena, struct feasibility_item, ordered->count + 1);
    for (uint32_t i = 0; i < ordered->count; i++) {
        const struct ordered_item *item = &ordered->items[i];
        const struct feasibility_offering *offering =
            feasibility_find(&verdict->facts, item->offering);
        if (offering == NULL) {
            act_error(act, "NOT_FOUND", item->field, "There is no such offering.");
            continue;
        }
        struct feasibility_item *taken = &verdict->items[verdict->order.count++];
        *taken = (struct feasibility_item){.action = item->action,
                                           .offering = offering,
                                           .quantity = item->quantity,
                                           .product = item->product};
        TRY(read_binding(act, ordered, item->product, &taken->binding_until));
    }
    verdict->ordered = ordered->items;
    verdict->order.items = verdict->items;
    verdict->order.final = true;
    return STATUS_OK;
}

static int compare_offerings(const void *a, const void *b)
{
    const struct feasibility_offering *const *one = a, *const *other = b;
    return ((*one)->id > (*other)->id) - ((*one)->id < (*other)->id);
}

/* What an order has of it already is there for it. */
static int64_t pieces_taken(const struct feasibility_verdict *verdict, int64_t offering)
{
    int64_t pieces = 0;
    for (uint32_t i = 0; i < verdict->order.count; i++) {
        const struct ordered_item *item = &verdict->ordered[i];
        if (item->taken && item->offering == offering)
            pieces += item->quantity;
    }
    return pieces;
}

/* What is counted, one after the other in the same order for all, so that two orders do not wait
 * for each other; each with the newest number, whatever this transaction saw before. */
static enum status lock_stock(struct act *act, struct feasibility_verdict *verdict)
{
    uint32_t count = 0;
    struct feasibility_offering **counted =
        arena_array(act->arena, struct feasibility_offering *, verdict->order.count + 1);
    for (uint32_t i = 0; i < verdict->order.count; i++) {
        const struct feasibility_offering *offering = verdict->items[i].offering;
        if (offering->counted && verdict->items[i].action != FEASIBILITY_DELETE)
            counted[count++] = &verdict->facts.catalogue[offering - verdict->facts.catalogue];
    }
    qsort(counted, count, sizeof(*counted), compare_offerings);
    for (uint32_t i = 0; i < count; i++) {
        const struct cell key = cell_int(counted[i]->id);
        struct rows rows = {0};
        TRY(act_run(act, "SELECT available FROM product_stock WHERE offering_id = ? FOR UPDATE",
                    &key, 1, &rows));
        counted[i]->available =
            pieces_taken(verdict, counted[i]->id) + (rows.count == 0 ? 0 : rows.cells[0].integer);
    }
    return STATUS_OK;
}

static void refuse(struct act *act, const struct ordered_item *ordered,
                   const struct feasibility_item *item,
                   const struct feasibility_judgement *judgement)
{
    struct str language = act->viewer->language;
    struct str words = feasibility_words(item, judgement->reasons, language, act->arena);
    struct user_error *error = act_error(act, "NOT_FEASIBLE", ordered->field, STR_FMT ": " STR_FMT,
                                         STR_ARG(item->offering->name), STR_ARG(words));
    for (const struct feasibility_reason *reason = judgement->reasons; reason != NULL;
         reason = reason->next) {
        if (!reason->rule->trial && reason->result == FEASIBILITY_UNQUALIFIED)
            act_reason(
                act, error,
                (struct user_reason){.code = feasibility_kind_name(reason->rule->kind),
                                     .label = feasibility_words(item, reason, language, act->arena),
                                     .rule = reason->rule->id,
                                     .version = reason->rule->version});
    }
}

enum status feasibility_of_order(struct act *act, const struct ordered *ordered,
                                 struct feasibility_verdict *verdict)
{
    bool found = false;
    *verdict = (struct feasibility_verdict){0};
    TRY(load(act, ordered, verdict, &found));
    if (!found || (ordered->place != 0 && verdict->facts.place == 0))
        act_error(act, "NOT_FOUND", NULL, "The order is for an address of the customer; name one.");
    if (act->errors != NULL)
        return STATUS_OK;
    TRY(take_items(act, ordered, verdict));
    TRY(lock_stock(act, verdict));
    if (act->errors != NULL)
        return STATUS_OK;
    verdict->judgements =
        feasibility_judge(&verdict->rules, &verdict->facts, &verdict->order, act->arena);
    for (uint32_t i = 0; i < verdict->order.count; i++) {
        if (verdict->judgements[i].result == FEASIBILITY_UNQUALIFIED)
            refuse(act, &ordered->items[i], &verdict->items[i], &verdict->judgements[i]);
    }
    verdict->inputs = feasibility_keep_inputs(&verdict->facts, &verdict->order, act->arena);
    verdict->results = feasibility_keep_results(&verdict->order, verdict->judgements, act->arena);
    return STATUS_OK;
}

enum status feasibility_keep(struct act *act, int64_t order,
                             const struct feasibility_verdict *verdict)
{
    const struct cell parameters[] = {cell_int(act->customer), cell_int(order),
                                      cell_text(verdict->inputs), cell_text(verdict->results)};
    return act_run(
        act,
        "INSERT INTO order_qualification\n"
        "    (customer_id, product_order_id, evaluated_at, inputs, results)\n"
        "VALUES (?, ?, UTC_TIMESTAMP(6), ?, ?)\n"
        "ON DUPLICATE KEY UPDATE evaluated_at = VALUES(evaluated_at), inputs = VALUES(inputs),\n"
        "    results = VALUES(results), version = version + 1",
        parameters, 4, NULL);
}

/* milestones: ways by what is done and what kind of product it is. */
#include "order/milestones.h"

enum { LENGTH = 4 };

/* The first row that fits; a way begins with what is reached at once. */
static const struct {
    const char *action;
    const char *category; /* NULL: any */
    const char *codes[LENGTH];
} ways[] = {
    {"ADD", "MOBILE", {"RECEIVED", "CHECKED", "SHIPPED", "ACTIVATED"}},
    {"ADD", "DEVICE", {"RECEIVED", "CHECKED", "SHIPPED"}},
    {"ADD", "CONTENT", {"RECEIVED", "CHECKED", "ACTIVATED"}},
    {"ADD", "ADD_ON", {"RECEIVED", "CHECKED", "ACTIVATED"}},
    {"ADD", NULL, {"RECEIVED", "CHECKED", "INSTALLED", "ACTIVATED"}},
    {"MODIFY", NULL, {"RECEIVED", "CHECKED", "CHANGED"}},
    {"DELETE", NULL, {"RECEIVED", "CHECKED", "ENDED"}},
    {"NO_CHANGE", NULL, {NULL}},
};

enum { WAYS = sizeof(ways) / sizeof(*ways) };

static const char *const *way_of(const struct order_item *item)
{
    uint32_t i = 0;
    while (i < WAYS - 1 &&
           (!work_is(item, ways[i].action) ||
            (ways[i].category != NULL && !str_is(item->category, ways[i].category))))
        i++;
    return ways[i].codes;
}

enum status milestones_plan(const struct order_work *work, const struct order_item *item)
{
    const char *const *codes = way_of(item);
    for (int i = 0; i < LENGTH && codes[i] != NULL; i++) {
        const struct cell now = cell_int(i == 0);
        const struct cell parameters[] = {cell_int(item->id),
                                          cell_int(i + 1),
                                          cell_text(str_of(codes[i])),
                                          now,
                                          now,
                                          now,
                                          cell_int(work->customer),
                                          cell_int(work->order)};
        TRY(work_run(work,
                     "INSERT INTO order_milestone\n"
                     "    (customer_id, product_order_id, product_order_item_id, position, code,\n"
                     "     state, planned_at, reached_at)\n"
                     "SELECT customer_id, id, ?, ?, ?, IF(?, 'REACHED', 'PLANNED'),\n"
                     "    IF(?, NULL, expected_date), IF(?, NOW(6), NULL)\n"
                     "FROM product_order WHERE customer_id = ? AND id = ?",
                     parameters, sizeof(parameters) / sizeof(*parameters), NULL));
    }
    return STATUS_OK;
}

enum status milestones_reach(const struct order_work *work, const struct order_item *item,
                             const char *code)
{
    const struct cell parameters[] = {
        cell_int(work->customer), cell_int(work->order), cell_int(item->id),
        cell_text(code == NULL ? STR("") : str_of(code)), cell_int(code == NULL)};
    return work_run(work,
                    "UPDATE order_milestone\n"
                    "SET state = 'REACHED', reached_at = NOW(6), version = version + 1\n"
                    "WHERE customer_id = ? AND product_order_id = ? AND product_order_item_id = ?\n"
                    "    AND state = 'PLANNED' AND (code = ? OR ?)",
                    parameters, 5, NULL);
}

enum status milestones_close(const struct order_work *work, const struct order_item *item,
                             const char *state)
{
    const struct cell parameters[] = {cell_text(str_of(state)), cell_int(work->customer),
                                      cell_int(work->order), cell_int(item->id)};
    return work_run(work,
                    "UPDATE order_milestone SET state = ?, version = version + 1\n"
                    "WHERE customer_id = ? AND product_order_id = ? AND product_order_item_id = ?\n"
                    "    AND state = 'PLANNED'",
                    parameters, 4, NULL);
}

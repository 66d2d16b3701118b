/* order_rows: what the items of generated orders are to be, and the steps on their way.
 *
 * Everything follows from order and item, so nothing is drawn. What an order of long ago was in
 * detail is forgotten, as it is in real systems: it would be the largest table of all.
 */
#include "order_rows.h"

#include "base/arena.h"
#include "catalogue.h"
#include "cells.h"
#include "db/batch.h"
#include "db/dates.h"
#include "resources.h"
#include "specifications.h"
#include <inttypes.h>

enum { CHARACTERISTIC, MILESTONE, TABLES };
enum { REMEMBERED_DAYS = 180, STEPS = 5, KEPT = DEMO_IDS - 2 * STEPS };

/* As the migration numbers them. */
enum characteristic {
    TELEPHONE_NUMBER = 1,
    LINE_NUMBER,
    DOWNLOAD_SPEED,
    UPLOAD_SPEED,
    EMBEDDED_SIM,
    BOUND_UNTIL,
};

static const int64_t STEP = (int64_t)4 * 3600 * 1000000;

/* clang-format off */
static const struct batch_table tables[TABLES] = {
    [CHARACTERISTIC] = {.name = "order_item_characteristic",
                        .columns = "id, customer_id, product_order_id, product_order_item_id, specification_id,"
                                   " value_type, value"},
    [MILESTONE]      = {.name = "order_milestone",
                        .columns = "id, customer_id, product_order_id, product_order_item_id, position, code, state,"
                                   " planned_at, reached_at"},
};

/* NULL stands for any; the first that fits counts. */
static const struct way {
    const char *action, *category, *state;
    const char *steps[STEPS];
} ways[] = {
    {"ADD",    "FIBRE",     "HELD", {"RECEIVED", "CHECKED", "CIVIL_WORKS", "INSTALLED", "ACTIVATED"}},
    {"ADD",    "FIBRE",     NULL,   {"RECEIVED", "CHECKED", "INSTALLED", "ACTIVATED"}},
    {"ADD",    "BROADBAND", NULL,   {"RECEIVED", "CHECKED", "INSTALLED", "ACTIVATED"}},
    {"ADD",    "MOBILE",    NULL,   {"RECEIVED", "CHECKED", "SHIPPED", "ACTIVATED"}},
    {"ADD",    "DEVICE",    NULL,   {"RECEIVED", "SHIPPED"}},
    {"ADD",    NULL,        NULL,   {"RECEIVED", "ACTIVATED"}},
    {"MODIFY", NULL,        NULL,   {"RECEIVED", "CHANGED"}},
    {"DELETE", NULL,        NULL,   {"RECEIVED", "CHECKED", "ENDED"}},
};

/* How many steps of an item in this state were reached; of one that is done all of them. */
static const struct {
    const char *state;
    int reached;
    const char *next, *others; /* what became of the rest */
} progress[] = {
    {"ACKNOWLEDGED",           1,     "PLANNED",   "PLANNED"},
    {"PENDING",                1,     "PLANNED",   "PLANNED"},
    {"HELD",                   2,     "PLANNED",   "PLANNED"},
    {"IN_PROGRESS",            2,     "PLANNED",   "PLANNED"},
    {"ASSESSING_CANCELLATION", 2,     "PLANNED",   "PLANNED"},
    {"PENDING_CANCELLATION",   2,     "CANCELLED", "CANCELLED"},
    {"CANCELLED",              1,     "CANCELLED", "CANCELLED"},
    {"REJECTED",               1,     "FAILED",    "CANCELLED"},
    {"FAILED",                 1,     "FAILED",    "CANCELLED"},
    {"COMPLETED",              STEPS, "REACHED",   "REACHED"},
};
/* clang-format on */

struct order_rows {
    struct arena *arena;
    struct batch batches[TABLES];
    /* of the customer at hand */
    const struct demo_customer *customer;
    int counts[TABLES];
};

struct order_rows *order_rows_create(struct arena *arena)
{
    struct order_rows *rows = arena_new(arena, struct order_rows);
    rows->arena = arena;
    for (int i = 0; i < TABLES; i++)
        batch_init(&rows->batches[i], &tables[i], arena);
    return rows;
}

/* ---- how an item is to be ---- */

static void add_characteristic(struct order_rows *rows, int item, enum characteristic which,
                               const char *type, struct str value)
{
    const struct demo_customer *customer = rows->customer;
    const struct cell cells[] = {
        id_of(customer, rows->counts[CHARACTERISTIC]++),
        cell_int(customer->ordinal),
        id_of(customer, customer->items[item].order),
        id_of(customer, item),
        cell_int(which),
        word(type),
        cell_text(value),
    };
    memcpy(batch_row(&rows->batches[CHARACTERISTIC]), cells, sizeof(cells));
}

static void add_number(struct order_rows *rows, int item, enum characteristic which, int number)
{
    if (number != 0)
        add_characteristic(rows, item, which, "INTEGER", str_printf(rows->arena, "%d", number));
}

static void add_sim(struct order_rows *rows, int item)
{
    const struct demo_resources *resources = rows->customer->resources;
    for (int i = 0; i < resources->sim_count; i++) {
        if (resources->sims[i].product == rows->customer->items[item].product) {
            add_characteristic(rows, item, EMBEDDED_SIM, "BOOLEAN",
                               resources->sims[i].embedded ? STR("true") : STR("false"));
            return;
        }
    }
}

static void add_characteristics(struct order_rows *rows, int position)
{
    const struct demo_item *item = &rows->customer->items[position];
    if (strcmp(item->action, "ADD") != 0 || item->product == DEMO_NONE)
        return;
    const struct demo_product *product = &rows->customer->products[item->product];
    struct str service = product->service_identifier;
    if (service.at != NULL)
        add_characteristic(rows, position, service.at[0] == '+' ? TELEPHONE_NUMBER : LINE_NUMBER,
                           "TEXT", service);
    add_number(rows, position, DOWNLOAD_SPEED, specifications_download_mbit(item->offering));
    add_number(rows, position, UPLOAD_SPEED, specifications_upload_mbit(item->offering));
    add_sim(rows, position);
    if (product->binding_until != 0)
        add_characteristic(rows, position, BOUND_UNTIL, "DATE",
                           dates_text(rows->arena, product->binding_until));
}

/* ---- how far it is ---- */

static const struct way *way_of(const struct demo_item *item)
{
    for (size_t i = 0; i < sizeof(ways) / sizeof(ways[0]); i++) {
        const struct way *way = &ways[i];
        const char *category = catalogue[item->offering].offering.category;
        if (strcmp(way->action, item->action) == 0 &&
            (way->category == NULL || strcmp(way->category, category) == 0) &&
            (way->state == NULL || strcmp(way->state, item->state) == 0))
            return way;
    }
    return NULL;
}

/* What it was or is to be, from the first of them to the last. */
struct course {
    int64_t from, planned_until, reached_until; /* planned_until 0: nobody said */
    int count, reached;
    const char *next, *others;
};

static struct course course_of(const struct demo_customer *customer, const struct demo_item *item,
                               const struct way *way)
{
    const struct demo_order *order = &customer->orders[item->order];
    int64_t now = dates_midnight(customer->world->day);
    int64_t planned = order->expected_date != 0 ? order->expected_date : order->requested_date;
    struct course course = {
        .from = order->ordered_at,
        .planned_until = planned == 0 ? 0 : dates_midnight(planned + 1) - STEP,
        .reached_until = order->completed_at,
    };
    while (course.count < STEPS && way->steps[course.count] != NULL)
        course.count++;
    for (size_t i = 0; i < sizeof(progress) / sizeof(progress[0]); i++) {
        if (strcmp(progress[i].state, item->state) != 0)
            continue;
        course.reached = progress[i].reached;
        course.next = progress[i].next;
        course.others = progress[i].others;
    }
    assert(course.reached > 0);
    /* What is not done has a step before it. */
    if (strcmp(course.next, "REACHED") != 0 && course.reached >= course.count)
        course.reached = course.count - 1;
    if (course.reached_until == 0)
        course.reached_until = now < course.from + STEP ? now : course.from + STEP;
    if (course.planned_until != 0 && course.planned_until < course.from)
        course.planned_until = course.from;
    return course;
}

static int64_t moment_of(int64_t from, int64_t until, int step, int count)
{
    return until < from ? from : from + (until - from) / (count - 1) * step;
}

static void add_milestone(struct order_rows *rows, int position, const struct course *course,
                          int step, const char *code)
{
    const struct demo_customer *customer = rows->customer;
    bool reached = step < course->reached;
    const char *state = reached                   ? "REACHED"
                        : step == course->reached ? course->next
                                                  : course->others;
    bool known = course->planned_until != 0 && step > 0; /* nobody plans to receive an order */
    const struct cell cells[] = {
        id_of(customer, rows->counts[MILESTONE]++),
        cell_int(customer->ordinal),
        id_of(customer, customer->items[position].order),
        id_of(customer, position),
        cell_int(step + 1),
        word(code),
        word(state),
        known ? moment_or_null(moment_of(course->from, course->planned_until, step, course->count))
              : null_cell,
        reached
            ? moment_or_null(moment_of(course->from, course->reached_until, step, course->count))
            : null_cell,
    };
    memcpy(batch_row(&rows->batches[MILESTONE]), cells, sizeof(cells));
}

static void add_milestones(struct order_rows *rows, int position)
{
    const struct demo_item *item = &rows->customer->items[position];
    const struct way *way = way_of(item);
    if (way == NULL)
        return;
    struct course course = course_of(rows->customer, item, way);
    for (int i = 0; i < course.count; i++)
        add_milestone(rows, position, &course, i, way->steps[i]);
}

void order_rows_add(struct order_rows *rows, const struct demo_customer *customer)
{
    int64_t since = dates_midnight(customer->world->day - REMEMBERED_DAYS);
    rows->customer = customer;
    memset(rows->counts, 0, sizeof(rows->counts));
    for (int i = 0; i < customer->item_count; i++) {
        const struct demo_order *order = &customer->orders[customer->items[i].order];
        bool open = order->completed_at == 0;
        if (!open && order->ordered_at < since)
            continue;
        if (rows->counts[CHARACTERISTIC] >= KEPT || rows->counts[MILESTONE] >= KEPT)
            return;
        add_characteristics(rows, i);
        add_milestones(rows, i);
    }
}

enum status order_rows_send(struct order_rows *rows, struct database *database)
{
    for (int i = 0; i < TABLES; i++)
        TRY(batch_send(&rows->batches[i], database, NULL));
    return STATUS_OK;
}

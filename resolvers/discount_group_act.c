/* discount_group_act: customers join and leave groups who pay less, and what that makes of a month.
 *
 * The two sums are of the same day, the first one that is different: without the change and with
 * it.
 */
#include "resolvers/discount_group_act.h"

#include "base/arena.h"
#include "db/dates.h"
#include "db/recurring.h"
#include "graphql/coerce.h"
#include "graphql/schema.h"
#include "mariadb/calendar.h"
#include "mariadb/database.h"
#include "resolvers/change_undo.h"
#include "resolvers/conflict.h"
#include "resolvers/day.h"
#include "resolvers/hindrance.h"

struct sum {
    struct str currency;
    int64_t minor;
};

struct monthly {
    struct sum before, after;
    int64_t day;
};

static bool is_given(const struct input *input)
{
    return input != NULL && input->kind != INPUT_NULL;
}

static struct cell day_cell(const struct input *input)
{
    return is_given(input) ? (struct cell){.kind = CELL_DATE, .integer = day_of(input, NULL)}
                           : (struct cell){.kind = CELL_NULL};
}

/* The calendar of the database ends with the year 9999. */
static int64_t day_after(int64_t day)
{
    return day < calendar_days(9999, 12, 31) ? day + 1 : day;
}

static int64_t later(int64_t a, int64_t b)
{
    return a > b ? a : b;
}

/* ---- what a month comes to ---- */

/* In the currency of the customer's first account; without one nothing is charged. Only a dry run
 * says so: what is repeated would not know what was before. */
static enum status begin_sums(struct act *act, int64_t day, struct monthly **out)
{
    const struct cell customer = cell_int(act->customer);
    struct rows rows = {0};
    *out = NULL;
    if (!act->dry_run)
        return STATUS_OK;
    TRY(act_run(act,
                "SELECT currency FROM billing_account WHERE customer_id = ? ORDER BY id LIMIT 1",
                &customer, 1, &rows));
    if (rows.count == 0)
        return STATUS_OK;
    struct monthly *monthly = arena_new(act->arena, struct monthly);
    monthly->day = day;
    monthly->before.currency = monthly->after.currency = cell_str(&rows.cells[0]);
    *out = monthly;
    return recurring_month(act->database, act->arena, act->customer, monthly->before.currency, day,
                           &monthly->before.minor);
}

static enum status end_sums(struct act *act, struct monthly *monthly)
{
    act->result = monthly;
    if (monthly == NULL)
        return STATUS_OK;
    return recurring_month(act->database, act->arena, act->customer, monthly->after.currency,
                           monthly->day, &monthly->after.minor);
}

/* ---- joined ---- */

struct joining {
    struct act *act;
    struct cell group, from, until;
};

static enum status find_group(struct joining *joining)
{
    struct act *act = joining->act;
    const struct cell code = cell_text(act_field(act, "code")->text);
    struct rows rows = {0};
    TRY(act_run(act,
                "SELECT id, valid_from, valid_until FROM discount_group\n"
                "WHERE code = ? LOCK IN SHARE MODE",
                &code, 1, &rows));
    if (rows.count == 0) {
        act_error(act, "NOT_FOUND", "code", "There is no discount group of this code.");
        return STATUS_OK;
    }
    joining->group = rows.cells[0];
    const struct cell *from = &rows.cells[1], *until = &rows.cells[2];
    if (joining->from.integer < from->integer)
        act_error(act, "INVALID", "from", "The group begins later.");
    if (until->kind != CELL_NULL && joining->from.integer > until->integer)
        act_error(act, "INVALID", "from", "The group has ended by then.");
    return STATUS_OK;
}

/* Once at a time: a second membership of the same days would say nothing. */
static enum status check_apart(struct joining *joining)
{
    struct act *act = joining->act;
    const struct cell parameters[] = {cell_int(act->customer), joining->group, joining->until,
                                      joining->until, joining->from};
    struct rows rows = {0};
    TRY(act_run(act,
                "SELECT 1 FROM customer_discount_group\n"
                "WHERE customer_id = ? AND discount_group_id = ?\n"
                "    AND (? IS NULL OR valid_from <= ?) AND COALESCE(valid_until >= ?, TRUE)\n"
                "FOR UPDATE",
                parameters, 5, &rows));
    if (rows.count > 0)
        act_error(act, "INVALID", "code", "The customer belongs to this group in that time.");
    return STATUS_OK;
}

static enum status insert(struct joining *joining)
{
    struct act *act = joining->act;
    const struct cell parameters[] = {cell_int(act->customer), joining->group, joining->from,
                                      joining->until};
    TRY(act_run(act,
                "INSERT INTO customer_discount_group\n"
                "    (customer_id, discount_group_id, valid_from, valid_until)\n"
                "VALUES (?, ?, ?, ?)",
                parameters, 4, NULL));
    act->object = (int64_t)database_insert_id(act->database);
    return STATUS_OK;
}

static enum status join(struct act *act)
{
    struct rows rows;
    struct monthly *monthly;
    struct joining joining = {.act = act,
                              .from = {.kind = CELL_DATE, .integer = dates_today()},
                              .until = day_cell(act_field(act, "until"))};
    if (is_given(act_field(act, "from")))
        joining.from = day_cell(act_field(act, "from"));
    if (joining.until.kind != CELL_NULL && joining.until.integer < joining.from.integer)
        act_error(act, "INVALID", "until", "It cannot end before it begins.");
    TRY(act_lock(act, "Customer", "customerId", "", &rows));
    if (rows.count == 0)
        return STATUS_OK;
    act->customer = rows.cells[0].integer;
    TRY(find_group(&joining));
    if (act->errors == NULL)
        TRY(check_apart(&joining));
    if (act->errors != NULL)
        return STATUS_OK;
    TRY(begin_sums(act, later(joining.from.integer, dates_today()), &monthly));
    TRY(insert(&joining));
    return end_sums(act, monthly);
}

/* Who left a group may have joined it anew since. */
static enum status stay_apart(struct act *act)
{
    const struct cell parameters[] = {cell_int(act->customer), cell_int(act->object)};
    struct rows rows = {0};
    TRY(act_run(act,
                "SELECT 1 FROM customer_discount_group AS m\n"
                "JOIN customer_discount_group AS o ON o.customer_id = m.customer_id\n"
                "    AND o.discount_group_id = m.discount_group_id AND o.id <> m.id\n"
                "    AND COALESCE(o.valid_from <= m.valid_until, TRUE)\n"
                "    AND COALESCE(o.valid_until >= m.valid_from, TRUE)\n"
                "WHERE m.customer_id = ? AND m.id = ? LIMIT 1 FOR UPDATE",
                parameters, 2, &rows));
    if (rows.count > 0)
        change_undo_refuse(act);
    return STATUS_OK;
}

static const struct undo undo = {.rows = {{"customer_discount_group", "customer_id", "id"}},
                                 .after = stay_apart};

const struct action discount_group_join = {
    .type = "CustomerDiscountGroup", .perform = join, .undo = &undo};

/* ---- left ---- */

/* What has ended is not ended later: whoever comes back joins anew. */
void discount_group_hinders(const struct cell *until, struct hindrances *out)
{
    if (until->kind != CELL_NULL && until->integer < dates_today())
        hindrance_refuse(out, "It has ended; have the customer join anew.",
                         "Es ist beendet; nehmen Sie den Kunden neu auf.");
}

enum { ID, CUSTOMER, FROM, UNTIL, VERSION };

static const struct conflict_rows conflicts = {
    .table = "customer_discount_group",
    .owner = "customer_id",
    .mutation = "leaveDiscountGroup",
    .members = {{"until", "valid_until", .is_told = true, .is_set = true}}};

static enum status leave(struct act *act)
{
    struct rows rows;
    struct hindrances hindrances;
    struct monthly *monthly;
    TRY(act_lock(act, "CustomerDiscountGroup", "id",
                 "t.customer_id, t.valid_from, t.valid_until, t.version", &rows));
    if (rows.count == 0)
        return STATUS_OK;
    const struct cell *now = rows.cells;
    const struct input *given = act_field(act, "until");
    int64_t last = is_given(given) ? day_of(given, NULL) : dates_today();
    act->object = now[ID].integer;
    act->customer = now[CUSTOMER].integer;
    const struct cell next = {.kind = CELL_DATE, .integer = last};
    TRY(conflict_check(act, &conflicts, &now[VERSION], &now[UNTIL], &next));
    hindrances_of(&hindrances, act);
    discount_group_hinders(&now[UNTIL], &hindrances);
    hindrances_refuse(&hindrances, act, "id");
    if (last < now[FROM].integer)
        act_error(act, "INVALID", "until", "It cannot end before it begins.");
    if (act->errors != NULL)
        return STATUS_OK;
    TRY(begin_sums(act, later(day_after(last), dates_today()), &monthly));
    const struct cell parameters[] = {next, now[CUSTOMER], now[ID]};
    TRY(act_run(act,
                "UPDATE customer_discount_group SET valid_until = ?, version = version + 1\n"
                "WHERE customer_id = ? AND id = ?",
                parameters, 3, NULL));
    return end_sums(act, monthly);
}

const struct action discount_group_leave = {
    .type = "CustomerDiscountGroup", .perform = leave, .undo = &undo};

/* ---- what is answered ---- */

static const struct monthly *monthly_of(const void *object)
{
    const struct act *act = object;
    return act->errors == NULL ? act->result : NULL;
}

void discount_group_leaf(const struct resolve *resolve, const void *object,
                         const struct field *field, struct cell *out)
{
    const struct monthly *monthly = monthly_of(object);
    if (!str_is(field->name, "from"))
        act_payload_leaf(resolve, object, field, out);
    else if (monthly != NULL)
        *out = (struct cell){.kind = CELL_DATE, .integer = monthly->day};
}

static enum status add_sums(struct resolve *resolve, bool after)
{
    for (uint32_t i = 0; i < resolve->request->parent_count; i++) {
        const struct monthly *monthly = monthly_of(resolve->request->parents[i].object);
        if (monthly != NULL)
            resolve_add(resolve, i, after ? &monthly->after : &monthly->before);
    }
    return STATUS_OK;
}

enum status discount_group_before(struct resolve *resolve)
{
    return add_sums(resolve, false);
}

enum status discount_group_after(struct resolve *resolve)
{
    return add_sums(resolve, true);
}

void discount_group_sum_leaf(const struct resolve *resolve, const void *object,
                             const struct field *field, struct cell *out)
{
    (void)resolve;
    const struct sum *sum = object;
    *out = str_is(field->name, "minor") ? cell_int(sum->minor) : cell_text(sum->currency);
}

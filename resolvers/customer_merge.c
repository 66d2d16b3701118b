/* customer_merge: a customer who was there twice becomes one.
 *
 * The survivor has everything afterwards; the duplicate's row stays, closed, and leads to them.
 * What forbids it is looked for first, as nothing of it can be taken back by the pieces. A dry run
 * does the same and says what it did: that is the preview.
 */
#include "resolvers/customer_merge.h"

#include "base/arena.h"
#include "graphql/coerce.h"
#include "resolvers/merge.h"

enum { SURVIVOR, DUPLICATE };
enum { ID, NUMBER, KIND, PARTNER, MERGED_INTO, VERSION };
enum { LEVELS_MOST = 5, LEVELS_OF_A_LOOP = 8 };

enum status merge_run(struct merge *merge, const char *sql, struct rows *rows)
{
    return act_run(merge->act, sql, merge->pair, 2, rows);
}

/* ---- what forbids it ---- */

static void check_not_merged(struct act *act, const char *member, const struct cell *customer)
{
    if (customer[MERGED_INTO].kind != CELL_NULL)
        act_error(act, "NOT_ALLOWED", member,
                  "Customer " STR_FMT " was merged before; open the account that has everything.",
                  STR_ARG(cell_str(&customer[NUMBER])));
}

static void check_version(struct act *act, const char *member, const struct cell *customer)
{
    const struct input *expected = act_field(act, member);
    if (expected != NULL && expected->kind == INPUT_INT &&
        expected->integer != customer[VERSION].integer)
        act_error(act, "CONFLICT", member,
                  "Customer " STR_FMT " has changed meanwhile; look at the preview again.",
                  STR_ARG(cell_str(&customer[NUMBER])));
}

static void check_pair(struct act *act, const struct cell *survivor, const struct cell *duplicate)
{
    if (survivor[ID].integer == duplicate[ID].integer) {
        act_error(act, "INVALID", "duplicateId", "Name two customers; these are the same one.");
        return;
    }
    check_not_merged(act, "survivorId", survivor);
    check_not_merged(act, "duplicateId", duplicate);
    if (!cell_equal(&survivor[KIND], &duplicate[KIND]))
        act_error(act, "NOT_ALLOWED", "duplicateId",
                  "One of them is a person and one is not, so they are not the same.");
    if (!cell_equal(&survivor[PARTNER], &duplicate[PARTNER]))
        act_error(act, "NOT_ALLOWED", "duplicateId",
                  "They are looked after by different partners; one of those has to hand over "
                  "theirs first.");
    check_version(act, "survivorVersion", survivor);
    check_version(act, "duplicateVersion", duplicate);
}

/* What is under way outside of this transaction, and knows whose it is. */
static const struct {
    const char *sql; /* of survivor and duplicate: gives what it is called */
    const char *words;
} obstacles[] = {
    {"SELECT number FROM product_order\n"
     "WHERE customer_id <> ? AND customer_id = ? AND completed_at IS NULL ORDER BY id LIMIT 1",
     "Order " STR_FMT " of this customer is being worked off; merge them once it has ended, or "
     "cancel it."},
    {"SELECT number FROM number_port\n"
     "WHERE customer_id <> ? AND customer_id = ? AND is_open ORDER BY id LIMIT 1",
     "The number " STR_FMT " of this customer is moving between operators; merge them once it "
     "has."},
    {"SELECT reference FROM message_delivery\n"
     "WHERE customer_id <> ? AND customer_id = ? AND state = 'SENDING' LIMIT 1",
     "A message (" STR_FMT ") is being sent to this customer; try again in a minute."},
    {"SELECT d.currency FROM billing_account AS s\n"
     "JOIN billing_account AS d ON d.currency <> s.currency\n"
     "WHERE s.customer_id = ? AND d.customer_id = ? LIMIT 1",
     "This customer is billed in " STR_FMT ", and the other one is not; what both owe could not "
     "be added up."},
};

static enum status check_obstacles(struct merge *merge)
{
    for (size_t i = 0; i < sizeof(obstacles) / sizeof(*obstacles); i++) {
        struct rows rows;
        TRY(merge_run(merge, obstacles[i].sql, &rows));
        if (rows.count == 0)
            continue;
        char words[400];
        struct str what = cell_str(&rows.cells[0]);
        snprintf(words, sizeof(words), obstacles[i].words, STR_ARG(what));
        act_error(merge->act, "NOT_ALLOWED", "duplicateId", "%s", words);
    }
    return STATUS_OK;
}

/* Afterwards: whom the duplicate's parts are parts of is the survivor. */
static enum status check_tree(struct merge *merge)
{
    const struct cell parameters[] = {merge->pair[SURVIVOR], cell_int(LEVELS_OF_A_LOOP),
                                      merge->pair[SURVIVOR], cell_int(LEVELS_OF_A_LOOP)};
    struct rows rows;
    TRY(act_run(merge->act,
                "WITH RECURSIVE up AS (\n"
                "    SELECT parent_id, 1 AS level FROM customer WHERE id = ?\n"
                "    UNION ALL SELECT c.parent_id, up.level + 1\n"
                "    FROM up JOIN customer AS c ON c.id = up.parent_id WHERE up.level < ?),\n"
                "down AS (\n"
                "    SELECT id, 1 AS level FROM customer WHERE id = ?\n"
                "    UNION ALL SELECT c.id, down.level + 1\n"
                "    FROM down JOIN customer AS c ON c.parent_id = down.id WHERE down.level < ?)\n"
                "SELECT (SELECT MAX(level) FROM up), (SELECT MAX(level) FROM down)",
                parameters, 4, &rows));
    int64_t above = rows.cells[0].integer, below = rows.cells[1].integer;
    if (above >= LEVELS_OF_A_LOOP || below >= LEVELS_OF_A_LOOP)
        act_error(merge->act, "NOT_ALLOWED", "duplicateId",
                  "The customer who stays is a part of this one; merge the other way round.");
    else if (above + below - 1 > LEVELS_MOST)
        act_error(merge->act, "NOT_ALLOWED", "duplicateId",
                  "Their parts would be parts of others at more than %d levels; move some of them "
                  "up first.",
                  LEVELS_MOST);
    return STATUS_OK;
}

/* ---- done ---- */

static enum status write_merge(struct merge *merge)
{
    TRY(merge_fields_choose(merge));
    TRY(merge_doubles_settle(merge));
    TRY(merge_usage(merge));
    if (merge->act->errors != NULL)
        return STATUS_OK;
    TRY(merge_rows_move(merge));
    TRY(merge_fields_write(merge));
    TRY(merge_doubles_limit(merge));
    TRY(merge_rows_terms(merge));
    return check_tree(merge);
}

static struct merge_result *new_result(struct act *act)
{
    struct merge_result *result = arena_new(act->arena, struct merge_result);
    result->last_moved = &result->moved;
    result->last_difference = &result->differences;
    result->last_settled = &result->settled;
    return result;
}

static enum status perform(struct act *act)
{
    struct rows survivor, duplicate;
    static const char columns[] = "t.number, t.kind, t.partner_id, t.merged_into_id, t.version";
    TRY(act_lock(act, "Customer", "survivorId", columns, &survivor));
    TRY(act_lock(act, "Customer", "duplicateId", columns, &duplicate));
    if (survivor.count == 0 || duplicate.count == 0)
        return STATUS_OK;
    act->object = act->customer = survivor.cells[ID].integer;
    check_pair(act, survivor.cells, duplicate.cells);
    if (act->errors != NULL)
        return STATUS_OK;
    const struct cell *partner = &survivor.cells[PARTNER];
    struct merge_result *result = new_result(act);
    result->versions[SURVIVOR] = survivor.cells[VERSION];
    result->versions[DUPLICATE] = duplicate.cells[VERSION];
    struct merge merge = {.act = act,
                          .pair = {survivor.cells[ID], duplicate.cells[ID]},
                          .partner = partner->kind == CELL_NULL ? 0 : partner->integer,
                          .result = result};
    TRY(check_obstacles(&merge));
    TRY(merge_rows_count(&merge));
    TRY(merge_fields_compare(&merge));
    act->result = act->dry_run ? result : NULL;
    return act->errors == NULL ? write_merge(&merge) : STATUS_OK;
}

const struct action customer_merge = {.type = "Customer", .perform = perform};

/* ---- what it says ---- */

/* Only a preview has one: what was done is told the same, however often it is sent. */
static const struct merge_result *result_of(const struct resolve *resolve, uint32_t parent)
{
    const struct act *act = resolve->request->parents[parent].object;
    return act->result;
}

void customer_merge_leaf(const struct resolve *resolve, const void *object,
                         const struct field *field, struct cell *out)
{
    const struct act *act = object;
    const struct merge_result *result = act->result;
    if (str_is(field->name, "survivorVersion") || str_is(field->name, "duplicateVersion")) {
        int which = str_is(field->name, "survivorVersion") ? SURVIVOR : DUPLICATE;
        *out = result == NULL ? (struct cell){.kind = CELL_NULL} : result->versions[which];
    } else {
        act_payload_leaf(resolve, object, field, out);
    }
}

enum status customer_merge_moved(struct resolve *resolve)
{
    for (uint32_t i = 0; i < resolve->request->parent_count; i++) {
        const struct merge_result *result = result_of(resolve, i);
        for (const struct merge_moved *each = result == NULL ? NULL : result->moved; each != NULL;
             each = each->next)
            resolve_add(resolve, i, each);
    }
    return STATUS_OK;
}

enum status customer_merge_differences(struct resolve *resolve)
{
    for (uint32_t i = 0; i < resolve->request->parent_count; i++) {
        const struct merge_result *result = result_of(resolve, i);
        for (const struct merge_difference *each = result == NULL ? NULL : result->differences;
             each != NULL; each = each->next)
            resolve_add(resolve, i, each);
    }
    return STATUS_OK;
}

enum status customer_merge_settled(struct resolve *resolve)
{
    for (uint32_t i = 0; i < resolve->request->parent_count; i++) {
        const struct merge_result *result = result_of(resolve, i);
        for (const struct merge_settled *each = result == NULL ? NULL : result->settled;
             each != NULL; each = each->next)
            resolve_add(resolve, i, each);
    }
    return STATUS_OK;
}

void customer_merge_moved_leaf(const struct resolve *resolve, const void *object,
                               const struct field *field, struct cell *out)
{
    (void)resolve;
    const struct merge_moved *moved = object;
    *out = str_is(field->name, "kind") ? cell_text(str_of(moved->kind)) : cell_int(moved->count);
}

void customer_merge_difference_leaf(const struct resolve *resolve, const void *object,
                                    const struct field *field, struct cell *out)
{
    (void)resolve;
    const struct merge_difference *difference = object;
    if (str_is(field->name, "field"))
        *out = cell_text(str_of(difference->field));
    else if (str_is(field->name, "survivor"))
        *out = difference->survivor;
    else if (str_is(field->name, "duplicate"))
        *out = difference->duplicate;
    else if (str_is(field->name, "taken"))
        *out = cell_int(difference->taken);
}

void customer_merge_settled_leaf(const struct resolve *resolve, const void *object,
                                 const struct field *field, struct cell *out)
{
    (void)resolve;
    const struct merge_settled *settled = object;
    if (str_is(field->name, "rule"))
        *out = cell_text(str_of(settled->rule));
    else if (str_is(field->name, "count"))
        *out = cell_int(settled->count);
    else if (str_is(field->name, "what"))
        *out = settled->what;
}

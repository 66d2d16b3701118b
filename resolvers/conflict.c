/* conflict: what others have changed of a row since the version that a change begins from. */
#include "resolvers/conflict.h"

#include "base/arena.h"
#include "base/buf.h"
#include "base/viewer.h"
#include "graphql/coerce.h"
#include "resolvers/day.h"

static bool is_among(const struct conflict_rows *rows, uint32_t i)
{
    return i < CONFLICT_MEMBERS && rows->members[i].field != NULL;
}

/* The columns of the members, and since when they are no longer so. */
static enum status read_then(struct act *act, const struct conflict_rows *rows, int64_t version,
                             struct rows *then)
{
    struct buf sql;
    const struct cell parameters[] = {cell_int(act->customer), cell_int(act->object),
                                      cell_int(version)};
    buf_init(&sql, act->arena, 512);
    buf_add(&sql, STR("SELECT "));
    for (uint32_t i = 0; is_among(rows, i); i++)
        buf_printf(&sql, "t.%s, ", rows->members[i].column);
    buf_printf(&sql,
               "t.row_end FROM %s FOR SYSTEM_TIME ALL AS t\n"
               "WHERE t.%s = ? AND t.id = ? AND t.version = ? ORDER BY t.row_start DESC LIMIT 1",
               rows->table, rows->owner);
    return act_run(act, str_copy(act->arena, buf_str(&sql)).at, parameters, 3, then);
}

enum status conflict_who(struct act *act, const char *mutation, const char *member,
                         const struct cell *since, struct str *who)
{
    struct rows found = {0};
    const struct cell parameters[] = {cell_int(act->customer), cell_int(act->object),
                                      cell_text(str_of(mutation)), *since,
                                      cell_text(str_printf(act->arena, "$.%s", member))};
    *who = STR("Somebody else");
    if (act->viewer->kind != VIEWER_OPERATOR)
        return STATUS_OK;
    TRY(act_run(act,
                "SELECT u.display_name FROM audit_record AS a\n"
                "JOIN user_account AS u ON u.id = a.user_account_id\n"
                "WHERE a.customer_id = ? AND a.object_id = ? AND a.mutation = ?\n"
                "    AND a.recorded_at >= ? AND JSON_EXISTS(a.input, ?)\n"
                "ORDER BY a.id DESC LIMIT 1",
                parameters, 5, &found));
    if (found.count > 0)
        *who = cell_str(&found.cells[0]);
    return STATUS_OK;
}

/* For people: what stands there now. */
static struct str words_of(struct arena *arena, const struct cell *cell)
{
    if (cell->kind == CELL_NULL)
        return STR("nothing");
    if (cell->kind == CELL_DATE)
        return day_text(arena, cell->integer);
    return str_printf(arena, "\"" STR_FMT "\"", STR_ARG(cell_str(cell)));
}

static enum status tell(struct act *act, const struct conflict_rows *rows,
                        const struct conflict_member *member, const struct cell *since,
                        const struct cell *now)
{
    struct str who;
    TRY(conflict_who(act, rows->mutation, member->field, since, &who));
    if (member->is_told)
        act_error(act, "CONFLICT", member->field,
                  STR_FMT " changed it meanwhile: now it is " STR_FMT ".", STR_ARG(who),
                  STR_ARG(words_of(act->arena, now)));
    else
        act_error(act, "CONFLICT", member->field, STR_FMT " changed it meanwhile.", STR_ARG(who));
    return STATUS_OK;
}

enum status conflict_check(struct act *act, const struct conflict_rows *rows,
                           const struct cell *version, const struct cell *now,
                           const struct cell *next)
{
    const struct input *expected = act_field(act, "expectedVersion");
    struct rows then = {0};
    if (expected == NULL || expected->kind == INPUT_NULL || expected->integer == version->integer)
        return STATUS_OK;
    TRY(read_then(act, rows, expected->integer, &then));
    if (then.count == 0)
        act_error(act, "CONFLICT", "expectedVersion",
                  "There never was such a version of it; read it again.");
    for (uint32_t i = 0; is_among(rows, i) && then.count > 0; i++) {
        const struct conflict_member *member = &rows->members[i];
        bool is_set = member->is_set || act_field(act, member->field) != NULL;
        if (is_set && !cell_equal(&then.cells[i], &now[i]) && !cell_equal(&next[i], &now[i]))
            TRY(tell(act, rows, member, &then.cells[then.width - 1], &now[i]));
    }
    return STATUS_OK;
}

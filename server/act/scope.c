/* scope: the row rule, as it is in every statement that reads, for rows that are written. */
#include "act/internal.h"

#include "base/buf.h"
#include "base/viewer.h"
#include "graphql/coerce.h"
#include "graphql/schema.h"
#include "plan/binding.h"
#include "run/door.h"
#include "run/global_id.h"

static const struct table *table_of(const struct act *act, const char *type)
{
    return schema_type(door_schema(act->engine), str_of(type), UINT64_MAX)->binding;
}

/* Reads the row of that key, if the viewer may see it; the key first, and last the moment when it
 * was read: after waiting for those who held it, which NOW() is not. */
static enum status read_visible(struct act *act, const struct table *table, int64_t key,
                                const char *columns, const char *end, struct rows *rows)
{
    const struct viewer *viewer = act->viewer;
    struct str rule = door_row_rule(act->engine, table, viewer->kind, act->arena);
    struct cell parameters[2] = {cell_int(key), viewer->kind == VIEWER_PARTNER
                                                    ? cell_text(viewer->scope_path)
                                                    : cell_int(viewer->scope_id)};
    struct buf sql;
    buf_init(&sql, act->arena, 256);
    buf_printf(&sql,
               "SELECT t.`" STR_FMT "`%s%s, SYSDATE(6) FROM " STR_FMT " AS t WHERE t.`" STR_FMT
               "` = ?",
               STR_ARG(table->primary_key), columns[0] == '\0' ? "" : ", ", columns,
               STR_ARG(table->quoted), STR_ARG(table->primary_key));
    if (rule.len > 0)
        buf_printf(&sql, " AND " STR_FMT, STR_ARG(rule));
    buf_add(&sql, str_of(end));
    return database_run(act->database, act->arena, buf_str(&sql), parameters, rule.len > 0 ? 2 : 1,
                        rows);
}

enum status act_may_see(struct act *act, const char *type, int64_t key, bool *visible)
{
    struct rows rows = {0};
    TRY(read_visible(act, table_of(act, type), key, "", "", &rows));
    *visible = rows.count > 0;
    return STATUS_OK;
}

enum status scope_check(struct act *act, bool *visible)
{
    return act_may_see(act, act->action->type, act->object, visible);
}

enum status act_lock(struct act *act, const char *type, const char *member, const char *columns,
                     struct rows *rows)
{
    const struct table *table = table_of(act, type);
    struct str id = act_field(act, member)->text;
    struct cell key = {0};
    bool usable = table->global_ids ? global_id_decode(act->arena, table->type->name, id, &key)
                                    : plain_id_decode(id, &key);
    *rows = (struct rows){0};
    if (usable)
        TRY(read_visible(act, table, key.integer, columns, " FOR UPDATE", rows));
    if (rows->count > 0)
        act->held_at = rows->cells[rows->width - 1];
    else
        act_error(act, "NOT_FOUND", member, "There is nothing by this id, or nothing you may see.");
    return STATUS_OK;
}

enum status act_find_own(struct act *act, const char *type, const char *member,
                         struct cell customer, const char *columns, bool held, struct rows *rows)
{
    const struct schema *schema = door_schema(act->engine);
    const struct table *table = table_of(act, type);
    struct cell key;
    *rows = (struct rows){0};
    if (schema_type(schema, str_of(type), act->viewer->rights) == NULL ||
        !global_id_decode(act->arena, table->type->name, act_field(act, member)->text, &key))
        return STATUS_OK;
    const struct cell parameters[] = {customer, key};
    struct str sql = str_printf(
        act->arena, "SELECT id%s%s FROM " STR_FMT " WHERE customer_id = ? AND id = ?%s",
        columns[0] == '\0' ? "" : ", ", columns, STR_ARG(table->quoted), held ? " FOR UPDATE" : "");
    return database_run(act->database, act->arena, sql, parameters, 2, rows);
}

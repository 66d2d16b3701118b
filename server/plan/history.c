/* history: SQL over the versions of rows: which differ, from when until when.
 *
 * A version begins when the one before ends, so the version before `t` is the row `b` with the same
 * key whose end is t's beginning. What changed from b to t is a number with a bit for each field;
 * the run gives the bits of those fields that the viewer sees. A version in which none of these
 * changed does not exist for that viewer: it belongs to the version before.
 */
#include "plan/planner.h"

#include "base/arena.h"
#include "base/buf.h"

/* `customer` FOR SYSTEM_TIME ALL AS t */
static void add_versions(struct buf *out, const struct table *table, const char *alias)
{
    buf_printf(out, STR_FMT " FOR SYSTEM_TIME ALL AS %s", STR_ARG(table->quoted), alias);
}

/* The version, joined with the one before it of the same owner. */
static void add_pair(struct buf *out, const struct table *table, const char *alias,
                     const char *before)
{
    const struct versions *versions = table->versions;
    add_versions(out, table, alias);
    buf_add(out, STR("\nLEFT JOIN "));
    add_versions(out, table, before);
    buf_printf(out,
               " ON %s.`" STR_FMT "` = %s.`" STR_FMT "` AND %s.`" STR_FMT "` = %s.`" STR_FMT "`",
               before, STR_ARG(table->primary_key), alias, STR_ARG(table->primary_key), before,
               STR_ARG(table->row_end), alias, STR_ARG(table->row_start));
    if (versions->owner.len > 0)
        buf_printf(out, " AND %s.`" STR_FMT "` <=> %s.`" STR_FMT "`", before,
                   STR_ARG(versions->owner), alias, STR_ARG(versions->owner));
}

/* Bytes are compared: a collation would not see that an accent was put right. */
static void add_changes(struct buf *out, const struct table *table, const char *alias,
                        const char *before)
{
    const struct versions *versions = table->versions;
    buf_printf(out, "((%s.`" STR_FMT "` IS NULL) << %d", before, STR_ARG(table->primary_key),
               VERSION_BEGAN_BIT);
    for (uint32_t i = 0; i < versions->column_count; i++) {
        struct str column = versions->columns[i].name;
        buf_printf(out, " | (NOT BINARY %s.`" STR_FMT "` <=> BINARY %s.`" STR_FMT "`) << %u", alias,
                   STR_ARG(column), before, STR_ARG(column), versions->columns[i].bit);
    }
    buf_add_char(out, ')');
}

/* The end of the last of the versions that are one for the viewer: before the next in which
 * something changed that they see, or before a gap, or of all. One parameter: the mask. */
static void add_until(struct buf *out, const struct table *table)
{
    struct str key = table->primary_key, row_start = table->row_start, row_end = table->row_end;
    buf_printf(out, "(SELECT MAX(m.`" STR_FMT "`) FROM ", STR_ARG(row_end));
    add_versions(out, table, "m");
    buf_printf(out,
               " WHERE m.`" STR_FMT "` = t.`" STR_FMT "` AND m.`" STR_FMT "` >= t.`" STR_FMT
               "` AND m.`" STR_FMT "` <= COALESCE((SELECT s.`" STR_FMT "` FROM ",
               STR_ARG(key), STR_ARG(key), STR_ARG(row_end), STR_ARG(row_end), STR_ARG(row_end),
               STR_ARG(row_start));
    add_pair(out, table, "s", "p");
    buf_printf(
        out, " WHERE s.`" STR_FMT "` = t.`" STR_FMT "` AND s.`" STR_FMT "` > t.`" STR_FMT "` AND ",
        STR_ARG(key), STR_ARG(key), STR_ARG(row_end), STR_ARG(row_end));
    add_changes(out, table, "s", "p");
    buf_printf(out, " & ? <> 0 ORDER BY s.`" STR_FMT "` LIMIT 1), m.`" STR_FMT "`))",
               STR_ARG(row_end), STR_ARG(row_end));
}

void history_add_from(struct buf *out, const struct table *table)
{
    add_pair(out, table, "t", "b");
}

struct str history_condition(struct planner *planner, const struct table *table)
{
    struct buf out;
    buf_init(&out, planner->arena, 512);
    add_changes(&out, table, "t", "b");
    buf_add(&out, STR(" & ? <> 0"));
    return buf_str(&out);
}

struct str history_until(struct planner *planner, const struct table *table)
{
    return str_printf(planner->arena, "t.`" STR_FMT "` <= ?", STR_ARG(table->row_start));
}

void history_part_build(struct planner *planner, struct site site, const struct binding *binding,
                        struct shape_field *out)
{
    struct buf text;
    buf_init(&text, planner->arena, 512);
    bool until = binding->kind == BIND_VALID_UNTIL;
    if (until)
        add_until(&text, binding->target);
    else
        add_changes(&text, binding->target, "t", "b");
    struct row_column column = {.name = buf_str(&text), .computed = true, .mask_bound = until};
    out->kind = until ? SHAPE_VALID_UNTIL : SHAPE_CHANGES;
    out->form = shape_form(out->type->named);
    out->column = fetch_column(planner, site.fetch, column);
}

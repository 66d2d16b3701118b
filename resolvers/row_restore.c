/* row_restore: rows become again what they were before a change, out of their own history.
 *
 * Of each row three versions count: the one before the change, the one after it, and the one of
 * now. Columns in which the first two differ are put back, where the last two do not differ. So
 * what others have done meanwhile to other columns stays, and a counter of theirs is not lost.
 */
#include "resolvers/row_restore.h"

#include "base/arena.h"
#include "base/buf.h"
#include "mariadb/database.h"

/* Behind the columns of a version. */
enum { VERSION_START, VERSION_END, IS_BEFORE, IS_AFTER, IS_NOW, FLAGS };

/* Errors of MariaDB. */
enum { ROW_IS_REFERENCED = 1451, NO_REFERENCED_ROW = 1452 };

enum { COLUMN_NAME, IS_KEY, COLUMN_WIDTH };

struct columns {
    const struct cell *cells; /* those of the primary key first */
    uint32_t count;
    uint32_t keys;
};

/* The versions of one row; NULL: there is none. */
struct versions_of_row {
    const struct cell *before, *after, *now, *last;
};

struct restoring {
    struct act *act;
    struct row_restore *restore;
    struct columns columns;
};

static struct str column_name(const struct columns *columns, uint32_t i)
{
    return cell_str(&columns->cells[(size_t)i * COLUMN_WIDTH + COLUMN_NAME]);
}

static bool counts_changes(const struct columns *columns, uint32_t i)
{
    return str_is(column_name(columns, i), "version");
}

/* ---- what there is ---- */

static enum status read_columns(struct restoring *restoring)
{
    struct columns *columns = &restoring->columns;
    struct rows rows = {0};
    const struct cell table = cell_text(str_of(restoring->restore->rows->table));
    TRY(act_run(restoring->act,
                "SELECT column_name, column_key = 'PRI' FROM information_schema.columns\n"
                "WHERE table_schema = DATABASE() AND table_name = ?\n"
                "    AND generation_expression IS NULL\n"
                "ORDER BY column_key = 'PRI' DESC, ordinal_position",
                &table, 1, &rows));
    *columns = (struct columns){.cells = rows.cells, .count = rows.count};
    while (columns->keys < rows.count &&
           rows.cells[(size_t)columns->keys * COLUMN_WIDTH + IS_KEY].integer != 0)
        columns->keys++;
    return STATUS_OK;
}

static const char *text_of(struct buf *sql)
{
    buf_add_char(sql, '\0');
    return sql->at;
}

static void add_names(struct buf *sql, const struct columns *columns, uint32_t count)
{
    for (uint32_t i = 0; i < count; i++)
        buf_printf(sql, "%s`" STR_FMT "`", i == 0 ? "" : ", ", STR_ARG(column_name(columns, i)));
}

/* Which rows; with one or two parameters. */
static void add_owner(struct buf *sql, const struct undo_rows *rows)
{
    buf_printf(sql, "`%s` = ?", rows->owner);
    if (rows->object != NULL)
        buf_printf(sql, " AND `%s` = ?", rows->object);
}

/* Nobody else changes them from here on. */
static enum status hold(struct restoring *restoring)
{
    const struct row_restore *restore = restoring->restore;
    const struct cell parameters[] = {restore->customer, restore->object};
    struct rows rows = {0};
    struct buf sql;
    buf_init(&sql, restoring->act->arena, 128);
    buf_printf(&sql, "SELECT 1 FROM `%s` WHERE ", restore->rows->table);
    add_owner(&sql, restore->rows);
    buf_add(&sql, STR(" FOR UPDATE"));
    return act_run(restoring->act, text_of(&sql), parameters, restore->rows->object == NULL ? 1 : 2,
                   &rows);
}

/* All versions since the change began, those of a row together, the oldest first. */
static enum status read_versions(struct restoring *restoring, struct rows *out)
{
    const struct row_restore *restore = restoring->restore;
    struct cell parameters[] = {restore->from,     restore->until,  restore->until,
                                restore->customer, restore->object, restore->from};
    struct buf sql;
    buf_init(&sql, restoring->act->arena, 1024);
    buf_add(&sql, STR("SELECT "));
    add_names(&sql, &restoring->columns, restoring->columns.count);
    buf_printf(&sql,
               ",\n    row_start, row_end, row_start < ?, row_start <= ? AND row_end > ?,\n"
               "    row_end > NOW(6) + INTERVAL 1 DAY\n"
               "FROM `%s` FOR SYSTEM_TIME ALL\nWHERE ",
               restore->rows->table);
    add_owner(&sql, restore->rows);
    buf_add(&sql, STR(" AND row_end >= ?\nORDER BY "));
    add_names(&sql, &restoring->columns, restoring->columns.keys);
    buf_add(&sql, STR(", row_start"));
    uint32_t count = sizeof(parameters) / sizeof(*parameters);
    if (restore->rows->object == NULL)
        parameters[--count - 1] = restore->from;
    *out = (struct rows){0};
    return act_run(restoring->act, text_of(&sql), parameters, count, out);
}

/* ---- one row ---- */

static const struct cell *flags_of(const struct restoring *restoring, const struct cell *version)
{
    return version + restoring->columns.count;
}

static void note_version(const struct restoring *restoring, const struct cell *version,
                         struct versions_of_row *row)
{
    const struct cell *flags = flags_of(restoring, version);
    if (flags[IS_BEFORE].integer != 0)
        row->before = version;
    if (flags[IS_AFTER].integer != 0)
        row->after = version;
    if (flags[IS_NOW].integer != 0)
        row->now = version;
    row->last = version;
}

static bool same_row(const struct columns *columns, const struct cell *a, const struct cell *b)
{
    for (uint32_t i = 0; i < columns->keys; i++) {
        if (!cell_equal(&a[i], &b[i]))
            return false;
    }
    return true;
}

/* Adds `a` = ? AND `b` = ?. */
static void add_key(struct buf *sql, const struct columns *columns)
{
    for (uint32_t i = 0; i < columns->keys; i++)
        buf_printf(sql, "%s`" STR_FMT "` = ?", i == 0 ? "" : " AND ",
                   STR_ARG(column_name(columns, i)));
}

static enum status write_row(struct restoring *restoring, struct buf *sql,
                             const struct cell *parameters, uint32_t count)
{
    struct act *act = restoring->act;
    enum status status = act_run(act, text_of(sql), parameters, count, NULL);
    unsigned error = status == STATUS_OK ? 0 : database_error_number(act->database);
    restoring->restore->tied |= error == ROW_IS_REFERENCED || error == NO_REFERENCED_ROW;
    return restoring->restore->tied ? STATUS_OK : status;
}

/* It was added: it goes. */
static enum status take_away(struct restoring *restoring, const struct versions_of_row *row)
{
    struct buf sql;
    buf_init(&sql, restoring->act->arena, 128);
    buf_printf(&sql, "DELETE FROM `%s` WHERE ", restoring->restore->rows->table);
    add_key(&sql, &restoring->columns);
    return write_row(restoring, &sql, row->now, restoring->columns.keys);
}

/* It was taken away: it comes back. */
static enum status bring_back(struct restoring *restoring, const struct versions_of_row *row)
{
    const struct columns *columns = &restoring->columns;
    struct buf sql;
    buf_init(&sql, restoring->act->arena, 512);
    buf_printf(&sql, "INSERT INTO `%s` (", restoring->restore->rows->table);
    add_names(&sql, columns, columns->count);
    buf_add(&sql, STR(")\nVALUES ("));
    for (uint32_t i = 0; i < columns->count; i++)
        buf_add(&sql, str_of(i == 0 ? "?" : ", ?"));
    buf_add_char(&sql, ')');
    return write_row(restoring, &sql, row->before, columns->count);
}

static enum status put_back(struct restoring *restoring, const struct versions_of_row *row)
{
    const struct columns *columns = &restoring->columns;
    struct cell *parameters = arena_array(restoring->act->arena, struct cell, columns->count);
    uint32_t count = 0;
    struct buf sql;
    buf_init(&sql, restoring->act->arena, 512);
    buf_printf(&sql, "UPDATE `%s` SET ", restoring->restore->rows->table);
    for (uint32_t i = columns->keys; i < columns->count; i++) {
        struct str name = column_name(columns, i);
        if (counts_changes(columns, i)) {
            buf_add(&sql, STR("version = version + 1, "));
        } else if (!cell_equal(&row->before[i], &row->after[i])) {
            buf_printf(&sql, "`" STR_FMT "` = ?, ", STR_ARG(name));
            parameters[count++] = row->before[i];
        }
    }
    if (count == 0)
        return STATUS_OK;
    sql.len -= strlen(", ");
    buf_add(&sql, STR(" WHERE "));
    add_key(&sql, columns);
    memcpy(parameters + count, row->before, columns->keys * sizeof(*parameters));
    return write_row(restoring, &sql, parameters, count + columns->keys);
}

/* ---- who was there since ---- */

/* Whether now is what the change left, wherever it matters. */
static bool is_as_left(const struct restoring *restoring, const struct versions_of_row *row)
{
    if (row->now == NULL || row->after == NULL)
        return row->now == row->after;
    for (uint32_t i = restoring->columns.keys; i < restoring->columns.count; i++) {
        bool changed = row->before == NULL || !cell_equal(&row->before[i], &row->after[i]);
        if (changed && !counts_changes(&restoring->columns, i) &&
            !cell_equal(&row->after[i], &row->now[i]))
            return false;
    }
    return true;
}

static enum status restore_row(struct restoring *restoring, const struct versions_of_row *row)
{
    if (row->before == row->after)
        return STATUS_OK;
    if (!is_as_left(restoring, row)) {
        const struct cell *flags = flags_of(restoring, row->last);
        restoring->restore->changed_at = flags[row->now == NULL ? VERSION_END : VERSION_START];
        return STATUS_OK;
    }
    if (row->before == NULL)
        return take_away(restoring, row);
    return row->after == NULL ? bring_back(restoring, row) : put_back(restoring, row);
}

enum status row_restore(struct act *act, struct row_restore *restore)
{
    struct restoring restoring = {.act = act, .restore = restore};
    struct rows rows;
    restore->changed_at = (struct cell){.kind = CELL_NULL};
    restore->tied = false;
    TRY(hold(&restoring));
    TRY(read_columns(&restoring));
    TRY(read_versions(&restoring, &rows));
    for (uint32_t i = 0; i < rows.count;) {
        const struct cell *first = rows.cells + (size_t)i * rows.width, *version = first;
        struct versions_of_row row = {0};
        while (i < rows.count && same_row(&restoring.columns, first, version)) {
            note_version(&restoring, version, &row);
            version = rows.cells + (size_t)++i * rows.width;
        }
        TRY(restore_row(&restoring, &row));
    }
    return STATUS_OK;
}

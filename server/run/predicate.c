/* predicate: pieces of a condition: texts only from the schema, values only as parameters. */
#include "run/run.h"

#include "base/arena.h"
#include "base/buf.h"

void predicate_text(struct predicate *out, struct str text)
{
    buf_add(out->sql, text);
}

void predicate_column(struct predicate *out, struct str column)
{
    buf_printf(out->sql, "t.`" STR_FMT "`", STR_ARG(column));
}

void predicate_parameter(struct predicate *out, struct cell value)
{
    if (out->parameter_count == out->parameter_limit) {
        uint32_t limit = out->parameter_limit == 0 ? 8 : out->parameter_limit * 2;
        struct cell *parameters = arena_array(out->sql->arena, struct cell, limit);
        if (out->parameter_count > 0)
            memcpy(parameters, out->parameters, out->parameter_count * sizeof(*parameters));
        out->parameters = parameters;
        out->parameter_limit = limit;
    }
    out->parameters[out->parameter_count++] = value;
}

static void add_value(struct predicate *out, const struct compared *compared, struct cell value)
{
    predicate_text(out, operand_place(compared->operand));
    predicate_parameter(out, value);
}

void predicate_compare(struct predicate *out, const struct compared *compared, const char *how,
                       const struct input *value)
{
    struct cell cell;
    if (!operand_cell(out->sql->arena, compared, value, &cell)) {
        predicate_text(out, STR("FALSE"));
        return;
    }
    predicate_column(out, compared->column);
    buf_printf(out->sql, " %s ", how);
    add_value(out, compared, cell);
}

void predicate_in(struct predicate *out, const struct compared *compared, const struct input *list)
{
    uint32_t count = 0, padded = 1;
    struct arena *arena = out->sql->arena;
    struct cell *cells = arena_array(arena, struct cell, list->count);
    for (uint32_t i = 0; i < list->count; i++) {
        bool null = list->items[i].kind == INPUT_NULL;
        count += !null && operand_cell(arena, compared, &list->items[i], &cells[count]);
    }
    if (count == 0) {
        predicate_text(out, STR("FALSE"));
        return;
    }
    while (padded < count)
        padded *= 2;
    predicate_column(out, compared->column);
    predicate_text(out, STR(" IN ("));
    for (uint32_t i = 0; i < padded; i++) {
        if (i > 0)
            buf_add_char(out->sql, ',');
        add_value(out, compared, cells[i < count ? i : count - 1]);
    }
    buf_add_char(out->sql, ')');
}

/* Wildcards in the text are plain characters. */
void predicate_like(struct predicate *out, const struct compared *compared, const char *before,
                    struct str text)
{
    struct buf pattern;
    buf_init(&pattern, out->sql->arena, text.len + 8);
    buf_add(&pattern, str_of(before));
    buf_add_like(&pattern, text);
    buf_add_char(&pattern, '%');
    predicate_column(out, compared->column);
    predicate_text(out, STR(" LIKE ? ESCAPE '!'"));
    predicate_parameter(out, cell_text(buf_str(&pattern)));
}

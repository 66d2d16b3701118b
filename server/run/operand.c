/* operand: values of arguments as parameters that are compared with columns. */
#include "run/run.h"

#include "base/arena.h"
#include <stdlib.h>

struct str operand_place(enum operand operand)
{
    /* A DECIMAL would be compared with a text as a double. */
    return operand == OPERAND_DECIMAL ? STR("CAST(? AS DECIMAL(65,30))") : STR("?");
}

/* 2026-10-01T12:30:00Z as MariaDB reads it; it is in UTC, as the session is. */
static struct cell date_time_cell(struct arena *arena, struct str canonical)
{
    struct str text = str_copy(arena, canonical);
    char *end = memchr(text.at, 'T', text.len);
    if (end != NULL) {
        *end = ' ';
        text.len--; /* the Z */
    }
    return cell_text(text);
}

static bool id_cell(struct arena *arena, const struct compared *compared, struct str id,
                    struct cell *cell)
{
    if (compared->id_type.len > 0)
        return global_id_decode(arena, compared->id_type, id, cell);
    return plain_id_decode(id, cell);
}

bool operand_cell(struct arena *arena, const struct compared *compared, const struct input *value,
                  struct cell *cell)
{
    switch (compared->operand) {
    case OPERAND_INTEGER:
        *cell = cell_int(value->kind == INPUT_BOOLEAN ? value->boolean
                         : value->kind == INPUT_STRING
                             ? strtoll(str_copy(arena, value->text).at, NULL, 10)
                             : value->integer);
        return true;
    case OPERAND_REAL:
        *cell = (struct cell){.kind = CELL_DOUBLE, .real = value->real};
        return true;
    case OPERAND_DATE_TIME:
        *cell = date_time_cell(arena, value->text);
        return true;
    case OPERAND_ID:
        return id_cell(arena, compared, value->text, cell);
    case OPERAND_DECIMAL:
    case OPERAND_TEXT:
        break;
    }
    *cell =
        (struct cell){.kind = CELL_TEXT, .len = (uint32_t)value->text.len, .text = value->text.at};
    return true;
}

/* kinds: of which type each row of an interface's or union's table is. */
#include "run/batch.h"

#include "base/arena.h"

bool kind_is(const struct cell *cell, const struct cell *value)
{
    if (value->kind == CELL_TEXT)
        return str_equal(cell_str(cell), cell_str(value));
    return cell->kind != CELL_NULL && cell->kind != CELL_TEXT && cell->integer == value->integer;
}

static const struct table *kind_of(const struct table *table, const struct cell *cell)
{
    for (uint32_t i = 0; i < table->kind_count; i++) {
        if (kind_is(cell, &table->kinds[i].value))
            return table->kinds[i].table;
    }
    return NULL;
}

void batch_find_types(struct batch *batch)
{
    const struct fetch *fetch = batch->fetch;
    if (fetch->kind != FETCH_ROWS || !fetch->has_types)
        return;
    batch->types = arena_array(batch->run->arena, const struct type *, batch->rows.count);
    for (uint32_t i = 0; i < batch->rows.count; i++) {
        const struct cell *row = batch->rows.cells + (size_t)i * batch->rows.width;
        const struct table *table = kind_of(fetch->binding->target, &row[fetch->type_column]);
        batch->types[i] = table == NULL ? NULL : table->type;
    }
    if (batch->wanted != NULL && batch->rows.count > 0 && batch->types[0] != batch->wanted)
        batch->rows.count = batch->first[1] = 0; /* an id of a type that the row is not of */
}

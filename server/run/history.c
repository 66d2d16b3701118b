/* history: versions of rows as far as the viewer sees them. */
#include "base/viewer.h"
#include "run/writer.h"

/* What MariaDB writes for the end of a row that is still there: the last moment that fits, in its
 * releases until 11.4 and from 11.5 on. */
static const int64_t still_there[] = {2147483647999999, 4294967295999999};

static bool sees(const struct batch *batch, const struct field *field)
{
    return needs_met(field->needs, batch->run->call->viewer->rights);
}

struct cell history_mask(const struct batch *batch)
{
    const struct versions *versions = batch->fetch->binding->target->versions;
    uint64_t mask = UINT64_C(1) << VERSION_BEGAN_BIT;
    for (uint32_t i = 0; i < versions->field_count; i++)
        mask |= (uint64_t)sees(batch, versions->fields[i]) << i;
    return (struct cell){.kind = CELL_UINT, .integer = (int64_t)mask};
}

bool history_equal(const struct batch *a, const struct batch *b)
{
    return a->fetch->binding->target->versions == NULL ||
           history_mask(a).integer == history_mask(b).integer;
}

/* As of a moment, what ended later has not ended yet. */
bool write_valid_until(struct writer *writer, const struct shape_field *field, struct place place,
                       const struct path_step *path)
{
    const struct cell *cell = &write_cells(place.batch, place.row)[field->column];
    const struct cell *moment = moment_of(place.batch);
    bool ended = moment == NULL || cell->integer <= moment->integer;
    for (size_t i = 0; i < sizeof(still_there) / sizeof(*still_there); i++)
        ended &= cell->integer != still_there[i];
    return ended ? write_leaf(writer, field, field->type, cell, path)
                 : write_null(writer, field->type);
}

bool write_changes(struct writer *writer, const struct shape_field *field, struct place place)
{
    const struct versions *versions = place.batch->fetch->binding->target->versions;
    uint64_t changed = (uint64_t)write_cells(place.batch, place.row)[field->column].integer;
    bool began = changed >> VERSION_BEGAN_BIT & 1, first = true;
    buf_add_char(&writer->out, '[');
    for (uint32_t i = 0; i < versions->field_count && !began; i++) {
        if (!(changed >> i & 1) || !sees(place.batch, versions->fields[i]))
            continue;
        if (!first)
            buf_add_char(&writer->out, ',');
        buf_add_json_string(&writer->out, versions->fields[i]->name);
        first = false;
    }
    buf_add_char(&writer->out, ']');
    return true;
}

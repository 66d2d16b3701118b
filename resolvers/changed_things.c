/* changed_things: the changes of an account by what has changed, with what came of all of them. */
#include "resolvers/changes_since.h"

#include "base/arena.h"
#include "graphql/schema.h"

/* Something that has changed, once or several times. */
struct changed_thing {
    const struct customer_change **changes; /* the newest first; one at least */
    uint32_t count;
    struct changed_field *fields;
    uint32_t field_count;
};

/* ---- what came of all of them ---- */

static bool same_words(struct str one, struct str other)
{
    return (one.at == NULL) == (other.at == NULL) && str_equal(one, other);
}

static void add_field(struct changed_thing *thing, const struct changed_field *field)
{
    for (uint32_t i = 0; i < thing->field_count; i++) {
        if (!str_equal(thing->fields[i].name, field->name))
            continue;
        thing->fields[i].after = field->after;
        return;
    }
    thing->fields[thing->field_count++] = *field;
}

/* From the first value to the last one; what is again what it was is no difference. */
static void sum_up(struct arena *arena, struct changed_thing *thing)
{
    uint32_t room = 0, kept = 0;
    const struct customer_change *oldest = thing->changes[thing->count - 1];
    for (uint32_t i = 0; i < thing->count; i++)
        room += thing->changes[i]->field_count;
    thing->fields = arena_array(arena, struct changed_field, room + 1);
    for (uint32_t i = thing->count; i-- > 0 && !oldest->began;)
        for (uint32_t j = 0; j < thing->changes[i]->field_count; j++)
            add_field(thing, &thing->changes[i]->fields[j]);
    for (uint32_t i = 0; i < thing->field_count; i++)
        if (thing->count == 1 || !same_words(thing->fields[i].before, thing->fields[i].after))
            thing->fields[kept++] = thing->fields[i];
    thing->field_count = kept;
}

/* All who did something of it, the last one first, each once. */
static struct str everybody(struct arena *arena, const struct changed_thing *thing)
{
    struct str names = thing->changes[0]->by;
    for (uint32_t i = 1; i < thing->count; i++) {
        struct str name = thing->changes[i]->by;
        bool known = name.at == NULL;
        for (uint32_t j = 0; j < i && !known; j++)
            known = str_equal(thing->changes[j]->by, name);
        if (!known)
            names = names.at == NULL
                        ? name
                        : str_printf(arena, STR_FMT ", " STR_FMT, STR_ARG(names), STR_ARG(name));
    }
    return names;
}

static bool is_undone(const struct changed_thing *thing)
{
    uint32_t undone = 0;
    while (undone < thing->count && thing->changes[undone]->undone)
        undone++;
    return undone == thing->count;
}

/* ---- by what has changed ---- */

static struct changed_thing *thing_of(struct changed_thing *things, uint32_t *count,
                                      const struct customer_change *change)
{
    for (uint32_t i = 0; i < *count; i++)
        if (things[i].changes[0]->id == change->id &&
            str_equal(things[i].changes[0]->type, change->type))
            return &things[i];
    return &things[(*count)++];
}

enum status changes_since_things(struct resolve *resolve)
{
    struct arena *arena = resolve->request->arena;
    for (uint32_t i = 0; i < resolve->request->parent_count; i++) {
        const struct changes_since *changes = resolve->request->parents[i].object;
        struct changed_thing *things = arena_array(arena, struct changed_thing, changes->count + 1);
        uint32_t count = 0;
        for (uint32_t j = 0; j < changes->count; j++) {
            struct changed_thing *thing = thing_of(things, &count, &changes->changes[j]);
            if (thing->count == 0)
                thing->changes =
                    arena_array(arena, const struct customer_change *, changes->count - j);
            thing->changes[thing->count++] = &changes->changes[j];
        }
        for (uint32_t j = 0; j < count; j++) {
            sum_up(arena, &things[j]);
            resolve_add(resolve, i, &things[j]);
        }
    }
    return STATUS_OK;
}

/* ---- for clients ---- */

enum status changed_thing_fields(struct resolve *resolve)
{
    for (uint32_t i = 0; i < resolve->request->parent_count; i++) {
        const struct changed_thing *thing = resolve->request->parents[i].object;
        for (uint32_t j = 0; j < thing->field_count; j++)
            resolve_add(resolve, i, &thing->fields[j]);
    }
    return STATUS_OK;
}

enum status changed_thing_changes(struct resolve *resolve)
{
    for (uint32_t i = 0; i < resolve->request->parent_count; i++) {
        const struct changed_thing *thing = resolve->request->parents[i].object;
        for (uint32_t j = 0; j < thing->count; j++)
            resolve_add(resolve, i, thing->changes[j]);
    }
    return STATUS_OK;
}

/* What changed once is like that change; of what changed oftener each change says for itself
 * whether it can be undone. */
void changed_thing_leaf(const struct resolve *resolve, const void *object,
                        const struct field *field, struct cell *out)
{
    const struct changed_thing *thing = object;
    const struct customer_change *latest = thing->changes[0];
    if (str_is(field->name, "kind"))
        *out = cell_text(thing->changes[thing->count - 1]->began ? STR("ADDED") : STR("CHANGED"));
    else if (str_is(field->name, "by"))
        *out = cell_text(everybody(resolve->request->arena, thing));
    else if (str_is(field->name, "changeCount"))
        *out = cell_int(thing->count);
    else if (str_is(field->name, "undoable"))
        *out = cell_int(thing->count == 1 && latest->undoable);
    else if (str_is(field->name, "undone"))
        *out = cell_int(is_undone(thing));
    else
        customer_change_leaf(resolve, latest, field, out);
}

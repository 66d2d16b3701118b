/* action_state: their own rows, and one statement for all that are asked about, say how things
 * stand; the functions that mutations refuse with say the rest.
 *
 * Of a moment long past nothing can be done, and mutations that the viewer has no right to are not
 * there for them.
 */
#include "resolvers/action_state.h"

#include "base/arena.h"
#include "base/viewer.h"
#include "graphql/schema.h"
#include "resolvers/hindrance.h"
#include "run/door.h"
#include <stdlib.h>

/* Of one statement. */
enum { KEYS_AT_ONCE = 500 };

struct action_state {
    struct str mutation;
    struct hindrances hindrances;
};

struct asking {
    struct resolve *resolve;
    const struct action_subject *subject;
    bool allowed[ACTION_MUTATIONS];
    uint32_t *asked, asked_count; /* the parents whose rows do not say all, by their places */
    uint32_t part_count, open;
    struct part *parts;
};

/* Parents whose keys are in one statement. */
struct part {
    struct asking *asking;
    struct cell *keys;
    uint32_t count;
    bool is_quick; /* it is the cheaper statement that is asked */
    struct source_request query;
};

/* ---- answered ---- */

static int compare(const void *a, const void *b)
{
    const struct cell *const *one = a, *const *other = b;
    return ((*one)->integer > (*other)->integer) - ((*one)->integer < (*other)->integer);
}

static void add_states(struct asking *asking, uint32_t parent, const struct cell *row)
{
    const struct source_request *request = asking->resolve->request;
    const struct action_subject *subject = asking->subject;
    struct action_thing thing = {
        .needs = request->parents[parent].object, .row = row, .viewer = request->viewer};
    for (uint32_t i = 0; i < ACTION_MUTATIONS && subject->mutations[i] != NULL; i++) {
        if (!asking->allowed[i])
            continue;
        struct action_state *state = arena_new(request->arena, struct action_state);
        state->mutation = str_of(subject->mutations[i]);
        hindrances_begin(&state->hindrances, request->arena, request->viewer->language);
        if (subject->judge == NULL || subject->judge(&thing, i, &state->hindrances))
            resolve_add(asking->resolve, parent, state);
    }
}

/* The rows of all statements, by their keys. */
static const struct cell **sort_rows(const struct asking *asking, uint32_t *count)
{
    const struct cell **sorted =
        arena_array(asking->resolve->request->arena, const struct cell *, asking->asked_count + 1);
    for (uint32_t i = 0; i < asking->part_count; i++) {
        const struct rows *rows = &asking->parts[i].query.rows;
        for (uint32_t j = 0; j < rows->count && *count < asking->asked_count; j++)
            sorted[(*count)++] = rows->cells + (size_t)j * rows->width;
    }
    qsort(sorted, *count, sizeof(*sorted), compare);
    return sorted;
}

/* What came of all statements. A thing that is not there any more has no states. */
static enum status collect(struct asking *asking)
{
    struct source_request *request = asking->resolve->request;
    uint32_t count = 0, next = 0;
    for (uint32_t i = 0; i < asking->part_count; i++) {
        if (asking->parts[i].query.status != STATUS_OK) {
            request->problem = asking->parts[i].query.problem;
            return asking->parts[i].query.status;
        }
    }
    const struct cell **sorted = sort_rows(asking, &count);
    for (uint32_t i = 0; i < request->parent_count; i++) {
        const struct cell *key = request->parents[i].object;
        if (next == asking->asked_count || asking->asked[next] != i) {
            add_states(asking, i, NULL);
            continue;
        }
        const struct cell **row = bsearch(&key, sorted, count, sizeof(*sorted), compare);
        if (row != NULL)
            add_states(asking, i, *row);
        next++;
    }
    return STATUS_OK;
}

/* Whether the cheaper statement leaves something open. */
static bool leaves_open(const struct part *part)
{
    const struct rows *rows = &part->query.rows;
    for (uint32_t i = 0; part->is_quick && i < rows->count; i++) {
        if (rows->cells[(size_t)(i + 1) * rows->width - 1].integer != 0)
            return true;
    }
    return false;
}

static void on_rows(struct source_request *request);

static void send(struct part *part)
{
    const struct action_subject *subject = part->asking->subject;
    const struct source_request *request = part->asking->resolve->request;
    part->query = (struct source_request){
        .arena = request->arena,
        .sql = (part->is_quick ? subject->quick_sql : subject->sql)(request->arena, part->count),
        .parameters = part->keys,
        .parameter_count = part->count,
        .session = request->session,
        .on_rows = on_rows,
        .context = part};
    door_query(request->engine, &part->query);
}

static void on_rows(struct source_request *request)
{
    struct part *part = request->context;
    if (request->status == STATUS_OK && leaves_open(part)) {
        part->is_quick = false;
        send(part);
    } else if (--part->asking->open == 0) {
        resolve_done(part->asking->resolve, collect(part->asking));
    }
}

/* ---- asked ---- */

static void ask_part(struct part *part, uint32_t from)
{
    const struct asking *asking = part->asking;
    const struct source_request *request = asking->resolve->request;
    uint32_t left = asking->asked_count - from;
    part->count = left > KEYS_AT_ONCE ? KEYS_AT_ONCE : left;
    part->keys = arena_array(request->arena, struct cell, part->count);
    for (uint32_t i = 0; i < part->count; i++)
        part->keys[i] = *(const struct cell *)request->parents[asking->asked[from + i]].object;
    part->is_quick = asking->subject->quick_sql != NULL;
    send(part);
}

static bool find_allowed(struct asking *asking)
{
    const struct source_request *request = asking->resolve->request;
    const struct schema *schema = door_schema(request->engine);
    uint64_t rights = request->viewer->rights;
    const struct type *root = schema_type(schema, STR("Mutation"), rights);
    bool any = false;
    const char *const *mutations = asking->subject->mutations;
    for (uint32_t i = 0; i < ACTION_MUTATIONS && mutations[i] != NULL && root != NULL; i++) {
        struct str name = str_of(mutations[i]);
        asking->allowed[i] = schema_field(schema, root, name, rights) != NULL;
        any |= asking->allowed[i];
    }
    return any;
}

/* Those of whom their rows say all need no statement. */
static void find_asked(struct asking *asking)
{
    const struct source_request *request = asking->resolve->request;
    const struct action_subject *subject = asking->subject;
    asking->asked = arena_array(request->arena, uint32_t, request->parent_count + 1);
    for (uint32_t i = 0; i < request->parent_count && subject->sql != NULL; i++) {
        if (subject->is_open == NULL || subject->is_open(request->parents[i].object))
            asking->asked[asking->asked_count++] = i;
    }
}

void action_state_ask(struct resolve *resolve, const struct action_subject *subject)
{
    const struct source_request *request = resolve->request;
    struct asking *asking = arena_new(request->arena, struct asking);
    *asking = (struct asking){.resolve = resolve, .subject = subject};
    if (request->moment != NULL || !find_allowed(asking)) {
        resolve_done(resolve, STATUS_OK);
        return;
    }
    find_asked(asking);
    asking->part_count = (asking->asked_count + KEYS_AT_ONCE - 1) / KEYS_AT_ONCE;
    asking->parts = arena_array(request->arena, struct part, asking->part_count + 1);
    asking->open = asking->part_count;
    if (asking->part_count == 0)
        resolve_done(resolve, collect(asking));
    for (uint32_t i = 0, count = asking->part_count; i < count; i++) {
        asking->parts[i].asking = asking;
        ask_part(&asking->parts[i], i * KEYS_AT_ONCE);
    }
}

/* ---- leaves ---- */

enum status action_state_reasons(struct resolve *resolve)
{
    for (uint32_t i = 0; i < resolve->request->parent_count; i++) {
        const struct action_state *state = resolve->request->parents[i].object;
        for (const struct hindrance *each = state->hindrances.first; each != NULL;
             each = each->next)
            resolve_add(resolve, i, each);
    }
    return STATUS_OK;
}

void action_state_leaf(const struct resolve *resolve, const void *object, const struct field *field,
                       struct cell *out)
{
    (void)resolve;
    const struct action_state *state = object;
    if (str_is(field->name, "mutation"))
        *out = cell_text(state->mutation);
}

void action_state_reason_leaf(const struct resolve *resolve, const void *object,
                              const struct field *field, struct cell *out)
{
    (void)resolve;
    const struct hindrance *hindrance = object;
    if (str_is(field->name, "code"))
        *out = cell_text(str_of(hindrance->code));
    else if (str_is(field->name, "label"))
        *out = cell_text(hindrance->label);
}

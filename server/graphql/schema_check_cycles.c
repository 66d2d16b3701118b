/* schema_check_cycles: input objects that contain themselves (specification §3.10). */
#include "base/arena.h"
#include "base/buf.h"
#include "graphql/schema_checking.h"

/* What is known of an input object while looking for those that no finite text can give. */
struct finite_state {
    bool finite;
    bool visited;
    uint32_t path_index; /* from 1; 0: not in the path */
};

struct finite_check {
    struct schema_checking *checking;
    struct finite_state *states; /* by type index */
    const struct input_value **path;
    const struct type **path_types;
    uint32_t path_count;
};

/* The input object that must be finite for this field to be so; NULL: none. */
static const struct type *target_of(const struct type *type, const struct input_value *input)
{
    const struct type_use *use = input->type;
    if (!type->one_of) {
        if (use->kind != USE_NON_NULL)
            return NULL;
        use = use->of;
    }
    return use->kind == USE_NAMED && use->named->kind == TYPE_INPUT_OBJECT ? use->named : NULL;
}

/* One field that can be given is enough for OneOf; others need all that are required. */
static bool can_be_finite(struct finite_check *check, const struct type *type)
{
    bool any_free = type->input_count == 0;
    bool all_free = true;
    for (uint32_t i = 0; i < type->input_count; i++) {
        const struct type *target = target_of(type, &type->inputs[i]);
        bool free = target == NULL || check->states[target->index].finite;
        any_free = any_free || free;
        all_free = all_free && free;
    }
    return type->one_of ? any_free : all_free;
}

static void find_finite(struct finite_check *check)
{
    const struct schema *schema = check->checking->schema;
    bool found = true;
    while (found) {
        found = false;
        for (uint32_t i = 0; i < schema->type_count; i++) {
            const struct type *type = schema->types[i];
            if (type->kind != TYPE_INPUT_OBJECT || check->states[i].finite ||
                !can_be_finite(check, type))
                continue;
            check->states[i].finite = true;
            found = true;
        }
    }
}

static void report_path(struct finite_check *check, const struct type *type, uint32_t start)
{
    struct schema_checking *checking = check->checking;
    struct buf message;
    buf_init(&message, checking->arena, 256);
    buf_printf(&message,
               "Input Object " STR_FMT
               " cannot be provided a finite value because it references itself through fields: ",
               STR_ARG(type->name));
    for (uint32_t i = start; i < check->path_count; i++)
        buf_printf(&message, "%s" STR_FMT, i == start ? "" : ", ",
                   STR_ARG(check->path[i]->coordinate));
    buf_add_char(&message, '.');
    struct error *error = checking_report(checking, buf_str(&message));
    for (uint32_t i = start; i < check->path_count; i++)
        checking_at(checking, error, checking_document(check->path_types[i], check->path[i]->ast),
                    check->path[i]->ast->at);
}

static void report_cycles(struct finite_check *check, const struct type *type)
{
    struct finite_state *state = &check->states[type->index];
    if (state->visited)
        return;
    state->visited = true;
    state->path_index = check->path_count + 1;
    for (uint32_t i = 0; i < type->input_count; i++) {
        const struct type *target = target_of(type, &type->inputs[i]);
        if (target == NULL || check->states[target->index].finite)
            continue;
        check->path_types[check->path_count] = type;
        check->path[check->path_count++] = &type->inputs[i];
        if (check->states[target->index].path_index == 0)
            report_cycles(check, target);
        else
            report_path(check, target, check->states[target->index].path_index - 1);
        check->path_count--;
    }
    state->path_index = 0;
}

void checking_finite(struct schema_checking *checking)
{
    const struct schema *schema = checking->schema;
    struct finite_check check = {
        .checking = checking,
        .states = arena_array(checking->arena, struct finite_state, schema->type_count),
        .path = arena_array(checking->arena, const struct input_value *, schema->type_count + 1),
        .path_types = arena_array(checking->arena, const struct type *, schema->type_count + 1),
    };
    find_finite(&check);
    for (uint32_t i = 0; i < schema->type_count; i++) {
        if (schema->types[i]->kind == TYPE_INPUT_OBJECT && !check.states[i].finite)
            report_cycles(&check, schema->types[i]);
    }
}

/* An input field on the way from default to default. */
struct default_step {
    const struct type *type;
    const struct input_value *input;
    uint32_t path_index; /* from 1; 0: not in the path any more */
};

struct default_cycles {
    struct schema_checking *checking;
    struct map visited; /* struct default_step by coordinate */
    struct default_step **path;
    uint32_t path_count;
    uint32_t path_capacity;
};

struct default_cycles *checking_default_cycles_create(struct schema_checking *checking)
{
    struct default_cycles *cycles = arena_new(checking->arena, struct default_cycles);
    cycles->checking = checking;
    map_init(&cycles->visited, checking->arena, 32);
    return cycles;
}

static void push_step(struct default_cycles *cycles, struct default_step *step)
{
    if (cycles->path_count == cycles->path_capacity) {
        cycles->path_capacity = cycles->path_capacity == 0 ? 8 : cycles->path_capacity * 2;
        struct default_step **grown =
            arena_array(cycles->checking->arena, struct default_step *, cycles->path_capacity);
        for (uint32_t i = 0; i < cycles->path_count; i++)
            grown[i] = cycles->path[i];
        cycles->path = grown;
    }
    cycles->path[cycles->path_count++] = step;
    step->path_index = cycles->path_count;
}

static void report_default_cycle(struct default_cycles *cycles, const struct default_step *step)
{
    struct schema_checking *checking = cycles->checking;
    struct buf message;
    buf_init(&message, checking->arena, 256);
    buf_printf(&message,
               "Invalid circular reference. The default value of Input Object field " STR_FMT
               " references itself",
               STR_ARG(step->input->coordinate));
    for (uint32_t i = step->path_index; i < cycles->path_count; i++)
        buf_printf(&message, "%s" STR_FMT,
                   i == step->path_index ? " via the default values of: " : ", ",
                   STR_ARG(cycles->path[i]->input->coordinate));
    buf_add_char(&message, '.');
    struct error *error = checking_report(checking, buf_str(&message));
    for (uint32_t i = step->path_index - 1; i < cycles->path_count; i++) {
        const struct default_step *each = cycles->path[i];
        checking_at(checking, error, checking_document(each->type, each->input->ast),
                    each->input->default_value->at);
    }
}

static void follow_literal(struct default_cycles *cycles, const struct type *type,
                           const struct ast_value *literal);

static void follow_default(struct default_cycles *cycles, const struct type *type,
                           const struct input_value *input)
{
    if (input->default_value == NULL)
        return;
    struct default_step *step = map_get(&cycles->visited, input->coordinate);
    if (step != NULL) {
        if (step->path_index != 0)
            report_default_cycle(cycles, step);
        return;
    }
    step = arena_new(cycles->checking->arena, struct default_step);
    *step = (struct default_step){.type = type, .input = input};
    map_put(&cycles->visited, input->coordinate, step);
    push_step(cycles, step);
    follow_literal(cycles, input->type->named, input->default_value);
    cycles->path_count--;
    step->path_index = 0;
}

static const struct ast_value *given_value(const struct ast_value *literal, struct str name)
{
    for (uint32_t i = literal->count; i > 0; i--) {
        if (str_equal(literal->fields[i - 1].name.text, name))
            return &literal->fields[i - 1].value;
    }
    return NULL;
}

/* Fields that the literal gives lead on with their literals, the others with their defaults. */
static void follow_literal(struct default_cycles *cycles, const struct type *type,
                           const struct ast_value *literal)
{
    if (literal->kind == AST_VALUE_LIST) {
        for (uint32_t i = 0; i < literal->count; i++)
            follow_literal(cycles, type, &literal->items[i]);
        return;
    }
    if (literal->kind != AST_VALUE_OBJECT)
        return;
    for (uint32_t i = 0; i < type->input_count; i++) {
        const struct input_value *input = &type->inputs[i];
        if (input->type->named->kind != TYPE_INPUT_OBJECT)
            continue;
        const struct ast_value *given = given_value(literal, input->name);
        if (given != NULL)
            follow_literal(cycles, input->type->named, given);
        else
            follow_default(cycles, type, input);
    }
}

void checking_default_cycles(struct default_cycles *cycles, const struct type *type)
{
    static const struct ast_value empty = {.kind = AST_VALUE_OBJECT};
    follow_literal(cycles, type, &empty);
}

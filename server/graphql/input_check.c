/* input_check: literals against types, with the words of graphql-js. */
#include "graphql/input_check.h"

#include "base/arena.h"
#include "base/buf.h"
#include "graphql/coerce.h"
#include "graphql/printer.h"

bool input_value_required(const struct input_value *input)
{
    return input->type->kind == USE_NON_NULL && input->default_value == NULL;
}

bool input_value_visible(const struct input_value *input, uint64_t rights)
{
    return needs_met(input->needs | input->type->named->needs, rights);
}

static void write_path(struct buf *buf, const struct path_step *step)
{
    if (step == NULL)
        return;
    write_path(buf, step->parent);
    if (step->key.at != NULL)
        buf_printf(buf, "." STR_FMT, STR_ARG(step->key));
    else
        buf_printf(buf, "[%u]", step->index);
}

struct str input_path_text(struct arena *arena, const struct path_step *path)
{
    if (path == NULL)
        return STR("");
    struct buf buf;
    buf_init(&buf, arena, 64);
    buf_add(&buf, STR(" at "));
    write_path(&buf, path);
    return buf_str(&buf);
}

struct str type_use_text(struct arena *arena, const struct type_use *use)
{
    if (use->kind == USE_NAMED)
        return use->named->name;
    struct buf buf;
    buf_init(&buf, arena, 64);
    print_type_use(&buf, use);
    return buf_str(&buf);
}

struct str input_problem_one_of(struct arena *arena, const struct type *type)
{
    return str_printf(arena,
                      "Within OneOf Input Object type \"" STR_FMT
                      "\", exactly one field must be specified, "
                      "and the value for that field must be non-null.",
                      STR_ARG(type->name));
}

struct str input_problem_null(struct arena *arena, const struct type_use *use)
{
    return str_printf(arena, "Expected value of non-null type \"" STR_FMT "\" not to be null.",
                      STR_ARG(type_use_text(arena, use)));
}

static struct str literal_text(const struct input_check *check, const struct ast_value *literal)
{
    struct buf buf;
    buf_init(&buf, check->arena, 64);
    print_value(&buf, literal);
    return buf_str(&buf);
}

static void check_value(const struct input_check *check, const struct ast_value *literal,
                        const struct type_use *use, const struct path_step *path);

static void check_scalar(const struct input_check *check, const struct ast_value *literal,
                         const struct type *type, const struct path_step *path)
{
    struct input ignored;
    struct str problem;
    if (!type->scalar->from_literal(type->scalar, check->arena, literal, &ignored, &problem))
        check->report(check->context, problem, literal->at, path);
}

static void check_enum(const struct input_check *check, const struct ast_value *literal,
                       const struct type *type, const struct path_step *path)
{
    const char *format = "Enum \"" STR_FMT "\" cannot represent non-enum value: " STR_FMT ".";
    if (literal->kind == AST_VALUE_ENUM) {
        const struct enum_value *value = type_value(type, literal->text);
        if (value != NULL && needs_met(value->needs, check->rights))
            return;
        check->report(check->context,
                      str_printf(check->arena,
                                 "Value \"" STR_FMT "\" does not exist in \"" STR_FMT "\" enum.",
                                 STR_ARG(literal->text), STR_ARG(type->name)),
                      literal->at, path);
        return;
    }
    check->report(check->context,
                  str_printf(check->arena, format, STR_ARG(type->name),
                             STR_ARG(literal_text(check, literal))),
                  literal->at, path);
}

/* The last one by that name, as it is the one that counts; another rule tells of the others. */
static const struct ast_object_field *find_field(const struct ast_value *literal, struct str name)
{
    for (uint32_t i = literal->count; i > 0; i--) {
        if (str_equal(literal->fields[i - 1].name.text, name))
            return &literal->fields[i - 1];
    }
    return NULL;
}

static void check_known_fields(const struct input_check *check, const struct ast_value *literal,
                               const struct type *type, const struct path_step *path)
{
    for (uint32_t i = 0; i < type->input_count; i++) {
        const struct input_value *input = &type->inputs[i];
        const struct ast_object_field *field =
            input_value_visible(input, check->rights) ? find_field(literal, input->name) : NULL;
        if (field != NULL) {
            struct path_step step = {.parent = path, .key = input->name};
            check_value(check, &field->value, input->type, &step);
        } else if (input_value_required(input)) {
            check->report(check->context,
                          str_printf(check->arena,
                                     "Expected value of type \"" STR_FMT
                                     "\" to include required field \"" STR_FMT "\", found: " STR_FMT
                                     ".",
                                     STR_ARG(type->name), STR_ARG(input->name),
                                     STR_ARG(literal_text(check, literal))),
                          literal->at, path);
        }
    }
}

/* Returns how many fields are known; the last of them is put into *known. */
static uint32_t check_unknown_fields(const struct input_check *check,
                                     const struct ast_value *literal, const struct type *type,
                                     const struct path_step *path,
                                     const struct ast_object_field **known)
{
    uint32_t known_count = 0;
    for (uint32_t i = 0; i < literal->count; i++) {
        const struct ast_object_field *field = &literal->fields[i];
        const struct input_value *input = type_input(type, field->name.text);
        if (input != NULL && input_value_visible(input, check->rights)) {
            *known = field;
            known_count++;
            continue;
        }
        check->report(check->context,
                      str_printf(check->arena,
                                 "Expected value of type \"" STR_FMT
                                 "\" not to include unknown field \"" STR_FMT "\", found: " STR_FMT
                                 ".",
                                 STR_ARG(type->name), STR_ARG(field->name.text),
                                 STR_ARG(literal_text(check, literal))),
                      field->name.at, path);
    }
    return known_count;
}

static void check_object(const struct input_check *check, const struct ast_value *literal,
                         const struct type *type, const struct path_step *path)
{
    if (literal->kind != AST_VALUE_OBJECT) {
        check->report(check->context,
                      str_printf(check->arena,
                                 "Expected value of type \"" STR_FMT
                                 "\" to be an object, found: " STR_FMT ".",
                                 STR_ARG(type->name), STR_ARG(literal_text(check, literal))),
                      literal->at, path);
        return;
    }
    check_known_fields(check, literal, type, path);
    const struct ast_object_field *known = NULL;
    uint32_t known_count = check_unknown_fields(check, literal, type, path, &known);
    if (!type->one_of)
        return;
    if (known_count != 1) {
        check->report(check->context, input_problem_one_of(check->arena, type), literal->at, path);
    } else if (known->value.kind == AST_VALUE_NULL) {
        struct path_step step = {.parent = path, .key = known->name.text};
        check->report(check->context, input_problem_one_of(check->arena, type), literal->at, &step);
    }
}

static void check_list(const struct input_check *check, const struct ast_value *literal,
                       const struct type_use *of, const struct path_step *path)
{
    if (literal->kind != AST_VALUE_LIST) {
        check_value(check, literal, of, path);
        return;
    }
    for (uint32_t i = 0; i < literal->count; i++) {
        struct path_step step = {.parent = path, .index = i};
        check_value(check, &literal->items[i], of, &step);
    }
}

static void check_value(const struct input_check *check, const struct ast_value *literal,
                        const struct type_use *use, const struct path_step *path)
{
    if (literal->kind == AST_VALUE_VARIABLE)
        return;
    if (use->kind == USE_NON_NULL) {
        if (literal->kind == AST_VALUE_NULL) {
            check->report(check->context, input_problem_null(check->arena, use), literal->at, path);
            return;
        }
        use = use->of;
    }
    if (literal->kind == AST_VALUE_NULL)
        return;
    if (use->kind == USE_LIST)
        check_list(check, literal, use->of, path);
    else if (use->named->kind == TYPE_INPUT_OBJECT)
        check_object(check, literal, use->named, path);
    else if (use->named->kind == TYPE_ENUM)
        check_enum(check, literal, use->named, path);
    else
        check_scalar(check, literal, use->named, path);
}

void input_check_literal(const struct input_check *check, const struct ast_value *literal,
                         const struct type_use *use)
{
    check_value(check, literal, use, NULL);
}

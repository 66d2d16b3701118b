/* coerce_json: all problems of a value are reported, as graphql-js words them. */
#include "graphql/coerce_json.h"

#include "base/arena.h"
#include "base/buf.h"
#include "graphql/coerce_literal.h"
#include "graphql/input_check.h"
#include "graphql/scalars.h"

static bool coerce_value(const struct coerce_json *coerce, const json_t *json,
                         const struct type_use *use, const struct path_step *path,
                         struct input *out);

static bool report(const struct coerce_json *coerce, struct str message,
                   const struct path_step *path)
{
    coerce->report(coerce->context, message, path);
    return false;
}

static struct str inspected(const struct coerce_json *coerce, const json_t *json)
{
    struct buf buf;
    buf_init(&buf, coerce->arena, 64);
    inspect_json(&buf, json);
    return buf_str(&buf);
}

static bool coerce_enum(const struct coerce_json *coerce, const json_t *json,
                        const struct type *type, const struct path_step *path, struct input *out)
{
    if (!json_is_string(json))
        return report(coerce,
                      str_printf(coerce->arena,
                                 "Enum \"" STR_FMT "\" cannot represent non-string value: " STR_FMT
                                 ".",
                                 STR_ARG(type->name), STR_ARG(inspected(coerce, json))),
                      path);
    struct str name = {.at = json_string_value(json), .len = json_string_length(json)};
    const struct enum_value *value = type_value(type, name);
    if (value == NULL || !needs_met(value->needs, coerce->rights))
        return report(coerce,
                      str_printf(coerce->arena,
                                 "Value \"" STR_FMT "\" does not exist in \"" STR_FMT "\" enum.",
                                 STR_ARG(name), STR_ARG(type->name)),
                      path);
    *out = (struct input){.kind = INPUT_STRING, .text = value->name};
    return true;
}

static bool coerce_scalar(const struct coerce_json *coerce, const json_t *json,
                          const struct type *type, const struct path_step *path, struct input *out)
{
    struct str problem;
    if (type->scalar->from_json(type->scalar, coerce->arena, json, out, &problem))
        return true;
    return report(coerce, problem, path);
}

static bool coerce_fields(const struct coerce_json *coerce, const json_t *json,
                          const struct type *type, const struct path_step *path, struct input *out)
{
    bool good = true;
    for (uint32_t i = 0; i < type->input_count; i++) {
        const struct input_value *input = &type->inputs[i];
        struct input_field *field = &out->fields[i];
        field->definition = input;
        const json_t *given = input_value_visible(input, coerce->rights)
                                  ? json_object_getn(json, input->name.at, input->name.len)
                                  : NULL;
        if (given != NULL) {
            struct path_step step = {.parent = path, .key = input->name};
            good = coerce_value(coerce, given, input->type, &step, &field->value) && good;
        } else if (input_value_required(input)) {
            good = report(coerce,
                          str_printf(coerce->arena,
                                     "Expected value of type \"" STR_FMT
                                     "\" to include required field \"" STR_FMT "\", found: " STR_FMT
                                     ".",
                                     STR_ARG(type->name), STR_ARG(input->name),
                                     STR_ARG(inspected(coerce, json))),
                          path);
        } else {
            coerce_literal_default(coerce->arena, input, &field->value);
        }
    }
    return good;
}

/* The fields that the type has: how many are given, and the first of them. */
struct known_fields {
    uint32_t count;
    struct str first;
    const json_t *value;
};

static bool refuse_unknown_fields(const struct coerce_json *coerce, const json_t *json,
                                  const struct type *type, const struct path_step *path,
                                  struct known_fields *known)
{
    bool good = true;
    const char *key;
    json_t *value;
    json_object_foreach((json_t *)json, key, value)
    {
        const struct input_value *input = type_input(type, str_of(key));
        if (input != NULL && input_value_visible(input, coerce->rights)) {
            if (known->count++ == 0) {
                known->first = input->name;
                known->value = value;
            }
            continue;
        }
        good = report(coerce,
                      str_printf(coerce->arena,
                                 "Expected value of type \"" STR_FMT
                                 "\" not to include unknown field \"%s\", found: " STR_FMT ".",
                                 STR_ARG(type->name), key, STR_ARG(inspected(coerce, json))),
                      path);
    }
    return good;
}

static bool coerce_object(const struct coerce_json *coerce, const json_t *json,
                          const struct type *type, const struct path_step *path, struct input *out)
{
    if (!json_is_object(json))
        return report(coerce,
                      str_printf(coerce->arena,
                                 "Expected value of type \"" STR_FMT
                                 "\" to be an object, found: " STR_FMT ".",
                                 STR_ARG(type->name), STR_ARG(inspected(coerce, json))),
                      path);
    *out = (struct input){
        .kind = INPUT_OBJECT,
        .count = type->input_count,
        .fields = arena_array(coerce->arena, struct input_field, type->input_count),
    };
    struct known_fields known = {0};
    bool good = coerce_fields(coerce, json, type, path, out);
    good = refuse_unknown_fields(coerce, json, type, path, &known) && good;
    if (type->one_of && known.count != 1)
        good = report(coerce, input_problem_one_of(coerce->arena, type), path);
    if (type->one_of && json_is_null(known.value)) {
        struct path_step step = {.parent = path, .key = known.first};
        good = report(coerce, input_problem_one_of(coerce->arena, type), &step);
    }
    return good;
}

/* A value that is not a list is a list of one (specification §3.11). */
static bool coerce_list(const struct coerce_json *coerce, const json_t *json,
                        const struct type_use *of, const struct path_step *path, struct input *out)
{
    bool list = json_is_array(json);
    *out = (struct input){.kind = INPUT_LIST, .count = list ? (uint32_t)json_array_size(json) : 1};
    out->items = arena_array(coerce->arena, struct input, out->count);
    if (!list)
        return coerce_value(coerce, json, of, path, &out->items[0]);
    bool good = true;
    for (uint32_t i = 0; i < out->count; i++) {
        struct path_step step = {.parent = path, .index = i};
        good = coerce_value(coerce, json_array_get(json, i), of, &step, &out->items[i]) && good;
    }
    return good;
}

static bool coerce_value(const struct coerce_json *coerce, const json_t *json,
                         const struct type_use *use, const struct path_step *path,
                         struct input *out)
{
    if (use->kind == USE_NON_NULL) {
        if (json == NULL)
            return report(coerce,
                          str_printf(coerce->arena,
                                     "Expected a value of non-null type \"" STR_FMT
                                     "\" to be provided.",
                                     STR_ARG(type_use_text(coerce->arena, use))),
                          path);
        if (json_is_null(json))
            return report(coerce, input_problem_null(coerce->arena, use), path);
        use = use->of;
    }
    if (json == NULL || json_is_null(json)) {
        *out = (struct input){.kind = json == NULL ? INPUT_ABSENT : INPUT_NULL};
        return true;
    }
    if (use->kind == USE_LIST)
        return coerce_list(coerce, json, use->of, path, out);
    if (use->named->kind == TYPE_INPUT_OBJECT)
        return coerce_object(coerce, json, use->named, path, out);
    if (use->named->kind == TYPE_ENUM)
        return coerce_enum(coerce, json, use->named, path, out);
    return coerce_scalar(coerce, json, use->named, path, out);
}

bool coerce_json_value(const struct coerce_json *coerce, const json_t *json,
                       const struct type_use *use, struct input *out)
{
    return coerce_value(coerce, json, use, NULL, out);
}

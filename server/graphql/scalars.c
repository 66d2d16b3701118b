/* scalars: the five of the specification (§3.5) and the one that accepts everything. */
#include "graphql/scalars.h"

#include "base/arena.h"
#include "base/buf.h"
#include "graphql/json_literal.h"
#include "graphql/printer.h"
#include <errno.h>
#include <math.h>
#include <stdlib.h>

static bool refuse_json(struct arena *arena, const char *message, const json_t *json,
                        struct str *problem)
{
    struct buf buf;
    buf_init(&buf, arena, 96);
    buf_add(&buf, str_of(message));
    inspect_json(&buf, json);
    *problem = buf_str(&buf);
    return false;
}

static bool refuse_literal(struct arena *arena, const char *message,
                           const struct ast_value *literal, struct str *problem)
{
    struct buf buf;
    buf_init(&buf, arena, 96);
    buf_add(&buf, str_of(message));
    print_value(&buf, literal);
    *problem = buf_str(&buf);
    return false;
}

static struct str json_text(const json_t *json)
{
    return (struct str){.at = json_string_value(json), .len = json_string_length(json)};
}

static struct input text_input(struct str text)
{
    return (struct input){.kind = INPUT_STRING, .text = text};
}

static bool is_int32(int64_t value)
{
    return value >= INT32_MIN && value <= INT32_MAX;
}

/* A number without a fraction is an integer, however it was written. */
static bool int_from_json(const struct scalar *scalar, struct arena *arena, const json_t *json,
                          struct input *out, struct str *problem)
{
    bool whole = json_is_real(json) && trunc(json_real_value(json)) == json_real_value(json);
    if (!json_is_integer(json) && !whole)
        return refuse_json(arena, "Int cannot represent non-integer value: ", json, problem);
    if (whole ? fabs(json_real_value(json)) > 1e10 : !is_int32(json_integer_value(json)))
        return refuse_json(arena, "Int cannot represent non 32-bit signed integer value: ", json,
                           problem);
    int64_t value = whole ? (int64_t)json_real_value(json) : json_integer_value(json);
    if (!is_int32(value))
        return refuse_json(arena, "Int cannot represent non 32-bit signed integer value: ", json,
                           problem);
    *out = (struct input){.kind = INPUT_INT, .integer = value};
    return true;
}

/* The digits of an IntValue, which has no leading zeros; false when it is not of 64 bits. */
static bool read_integer(struct str digits, int64_t *value)
{
    char text[24];
    if (digits.len >= sizeof(text))
        return false;
    memcpy(text, digits.at, digits.len);
    text[digits.len] = '\0';
    errno = 0;
    *value = strtoll(text, NULL, 10);
    return errno == 0;
}

static bool int_from_literal(const struct scalar *scalar, struct arena *arena,
                             const struct ast_value *literal, struct input *out,
                             struct str *problem)
{
    int64_t value;
    if (literal->kind != AST_VALUE_INT)
        return refuse_literal(arena, "Int cannot represent non-integer value: ", literal, problem);
    if (!read_integer(literal->text, &value) || !is_int32(value))
        return refuse_literal(
            arena, "Int cannot represent non 32-bit signed integer value: ", literal, problem);
    *out = (struct input){.kind = INPUT_INT, .integer = value};
    return true;
}

static bool float_from_json(const struct scalar *scalar, struct arena *arena, const json_t *json,
                            struct input *out, struct str *problem)
{
    if (!json_is_number(json) || !isfinite(json_number_value(json)))
        return refuse_json(arena, "Float cannot represent non numeric value: ", json, problem);
    *out = (struct input){.kind = INPUT_FLOAT, .real = json_number_value(json)};
    return true;
}

static bool float_from_literal(const struct scalar *scalar, struct arena *arena,
                               const struct ast_value *literal, struct input *out,
                               struct str *problem)
{
    if (literal->kind != AST_VALUE_FLOAT && literal->kind != AST_VALUE_INT)
        return refuse_literal(arena, "Float cannot represent non numeric value: ", literal,
                              problem);
    double value = strtod(str_copy(arena, literal->text).at, NULL);
    if (!isfinite(value))
        return refuse_literal(arena, "Float cannot represent non numeric value: ", literal,
                              problem);
    *out = (struct input){.kind = INPUT_FLOAT, .real = value};
    return true;
}

static bool string_from_json(const struct scalar *scalar, struct arena *arena, const json_t *json,
                             struct input *out, struct str *problem)
{
    if (!json_is_string(json))
        return refuse_json(arena, "String cannot represent a non string value: ", json, problem);
    *out = text_input(json_text(json));
    return true;
}

static bool string_from_literal(const struct scalar *scalar, struct arena *arena,
                                const struct ast_value *literal, struct input *out,
                                struct str *problem)
{
    if (literal->kind != AST_VALUE_STRING)
        return refuse_literal(arena, "String cannot represent a non string value: ", literal,
                              problem);
    *out = text_input(literal->text);
    return true;
}

static bool boolean_from_json(const struct scalar *scalar, struct arena *arena, const json_t *json,
                              struct input *out, struct str *problem)
{
    if (!json_is_boolean(json))
        return refuse_json(arena, "Boolean cannot represent a non boolean value: ", json, problem);
    *out = (struct input){.kind = INPUT_BOOLEAN, .boolean = json_is_true(json)};
    return true;
}

static bool boolean_from_literal(const struct scalar *scalar, struct arena *arena,
                                 const struct ast_value *literal, struct input *out,
                                 struct str *problem)
{
    if (literal->kind != AST_VALUE_BOOLEAN)
        return refuse_literal(arena, "Boolean cannot represent a non boolean value: ", literal,
                              problem);
    *out = (struct input){.kind = INPUT_BOOLEAN, .boolean = literal->boolean};
    return true;
}

/* Numbers beyond 2^53 are only exact as integers. */
static bool id_from_json(const struct scalar *scalar, struct arena *arena, const json_t *json,
                         struct input *out, struct str *problem)
{
    if (json_is_string(json)) {
        *out = text_input(json_text(json));
        return true;
    }
    double real = json_is_real(json) ? json_real_value(json) : 0.5;
    bool whole = trunc(real) == real && fabs(real) <= 9007199254740992.0;
    if (!json_is_integer(json) && !whole)
        return refuse_json(arena, "ID cannot represent value: ", json, problem);
    long long value = whole ? (long long)real : json_integer_value(json);
    *out = text_input(str_printf(arena, "%lld", value));
    return true;
}

static bool id_from_literal(const struct scalar *scalar, struct arena *arena,
                            const struct ast_value *literal, struct input *out, struct str *problem)
{
    if (literal->kind != AST_VALUE_STRING && literal->kind != AST_VALUE_INT)
        return refuse_literal(
            arena, "ID cannot represent a non-string and non-integer value: ", literal, problem);
    *out = text_input(literal->text);
    return true;
}

static bool any_from_json(const struct scalar *scalar, struct arena *arena, const json_t *json,
                          struct input *out, struct str *problem)
{
    struct buf buf;
    buf_init(&buf, arena, 64);
    json_literal_write_json(&buf, json);
    *out = (struct input){.kind = INPUT_JSON, .text = buf_str(&buf)};
    return true;
}

static bool any_from_literal(const struct scalar *scalar, struct arena *arena,
                             const struct ast_value *literal, struct input *out,
                             struct str *problem)
{
    struct buf buf;
    buf_init(&buf, arena, 64);
    json_literal_write(&buf, literal, NULL);
    *out = (struct input){.kind = INPUT_JSON, .text = buf_str(&buf)};
    return true;
}

static const struct scalar any = {"", NULL, any_from_json, any_from_literal};

static const struct scalar standard[] = {
    {"Int", NULL, int_from_json, int_from_literal},
    {"Float", NULL, float_from_json, float_from_literal},
    {"String", NULL, string_from_json, string_from_literal},
    {"Boolean", NULL, boolean_from_json, boolean_from_literal},
    {"ID", NULL, id_from_json, id_from_literal},
};

const struct scalar *scalar_any(void)
{
    return &any;
}

const struct scalar *scalar_find(struct str name)
{
    for (size_t i = 0; i < sizeof(standard) / sizeof(standard[0]); i++) {
        if (str_is(name, standard[i].name))
            return &standard[i];
    }
    const struct scalar *own = scalar_own_find(name);
    return own != NULL ? own : &any;
}

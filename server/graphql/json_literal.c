/* json_literal: every literal has a JSON value; an enum value is its name. */
#include "graphql/json_literal.h"

#include "base/buf.h"

static void write_members(struct buf *buf, const struct ast_value *literal,
                          const struct variables *variables)
{
    bool list = literal->kind == AST_VALUE_LIST;
    buf_add_char(buf, list ? '[' : '{');
    for (uint32_t i = 0; i < literal->count; i++) {
        if (i > 0)
            buf_add_char(buf, ',');
        if (!list) {
            buf_add_json_string(buf, literal->fields[i].name.text);
            buf_add_char(buf, ':');
        }
        json_literal_write(buf, list ? &literal->items[i] : &literal->fields[i].value, variables);
    }
    buf_add_char(buf, list ? ']' : '}');
}

static void write_variable(struct buf *buf, struct str name, const struct variables *variables)
{
    const struct input *value = variables == NULL ? NULL : variable_value(variables, name);
    if (value == NULL)
        buf_add(buf, STR("null"));
    else
        json_literal_write_input(buf, value);
}

void json_literal_write(struct buf *buf, const struct ast_value *literal,
                        const struct variables *variables)
{
    switch (literal->kind) {
    case AST_VALUE_VARIABLE:
        write_variable(buf, literal->text, variables);
        break;
    case AST_VALUE_STRING:
    case AST_VALUE_ENUM:
        buf_add_json_string(buf, literal->text);
        break;
    case AST_VALUE_LIST:
    case AST_VALUE_OBJECT:
        write_members(buf, literal, variables);
        break;
    case AST_VALUE_INT:
    case AST_VALUE_FLOAT:
    case AST_VALUE_BOOLEAN:
    case AST_VALUE_NULL:
        buf_add(buf, literal->text);
        break;
    }
}

static void write_json_members(struct buf *buf, const json_t *json)
{
    const char *key, *before = "";
    json_t *value;
    size_t index;
    if (json_is_array(json)) {
        buf_add_char(buf, '[');
        json_array_foreach(json, index, value)
        {
            buf_add(buf, str_of(index == 0 ? "" : ","));
            json_literal_write_json(buf, value);
        }
        buf_add_char(buf, ']');
        return;
    }
    buf_add_char(buf, '{');
    json_object_foreach((json_t *)json, key, value)
    {
        buf_add(buf, str_of(before));
        buf_add_json_string(buf, str_of(key));
        buf_add_char(buf, ':');
        json_literal_write_json(buf, value);
        before = ",";
    }
    buf_add_char(buf, '}');
}

void json_literal_write_json(struct buf *buf, const json_t *json)
{
    switch (json_typeof(json)) {
    case JSON_NULL:
        buf_add(buf, STR("null"));
        break;
    case JSON_TRUE:
    case JSON_FALSE:
        buf_add(buf, json_is_true(json) ? STR("true") : STR("false"));
        break;
    case JSON_INTEGER:
        buf_add_int(buf, json_integer_value(json));
        break;
    case JSON_REAL:
        buf_add_double(buf, json_real_value(json));
        break;
    case JSON_STRING:
        buf_add_json_string(
            buf, (struct str){.at = json_string_value(json), .len = json_string_length(json)});
        break;
    case JSON_ARRAY:
    case JSON_OBJECT:
        write_json_members(buf, json);
        break;
    }
}

static void write_input_members(struct buf *buf, const struct input *input)
{
    bool list = input->kind == INPUT_LIST;
    const char *before = "";
    buf_add_char(buf, list ? '[' : '{');
    for (uint32_t i = 0; i < input->count; i++) {
        if (!list && input->fields[i].value.kind == INPUT_ABSENT)
            continue;
        buf_add(buf, str_of(before));
        before = ",";
        if (!list) {
            buf_add_json_string(buf, input->fields[i].definition->name);
            buf_add_char(buf, ':');
        }
        json_literal_write_input(buf, list ? &input->items[i] : &input->fields[i].value);
    }
    buf_add_char(buf, list ? ']' : '}');
}

void json_literal_write_input(struct buf *buf, const struct input *input)
{
    switch (input->kind) {
    case INPUT_ABSENT:
    case INPUT_NULL:
        buf_add(buf, STR("null"));
        break;
    case INPUT_INT:
        buf_add_int(buf, input->integer);
        break;
    case INPUT_FLOAT:
        buf_add_double(buf, input->real);
        break;
    case INPUT_STRING:
        buf_add_json_string(buf, input->text);
        break;
    case INPUT_BOOLEAN:
        buf_add(buf, input->boolean ? STR("true") : STR("false"));
        break;
    case INPUT_LIST:
    case INPUT_OBJECT:
        write_input_members(buf, input);
        break;
    case INPUT_JSON:
        buf_add(buf, input->text);
        break;
    }
}

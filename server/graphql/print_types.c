/* print_types: the schema language, as it was written but for layout. */
#include "graphql/print_types.h"

#include "base/buf.h"
#include "graphql/print_values.h"
#include "graphql/printer.h"

static void print_input_value(struct buf *buf, const struct ast_input_value *input, uint32_t level)
{
    print_written_description(buf, input->description, input->description_is_block, level);
    buf_add(buf, input->name.text);
    buf_add(buf, STR(": "));
    print_type(buf, input->type);
    if (input->default_value != NULL) {
        buf_add(buf, STR(" = "));
        print_indented_value(buf, input->default_value, level);
    }
    print_directives(buf, &input->directives, level);
}

static void print_inputs(struct buf *buf, const struct ast_input_value *inputs, uint32_t count,
                         uint32_t level, bool in_lines)
{
    buf_add_char(buf, '(');
    for (uint32_t i = 0; i < count; i++) {
        if (in_lines)
            print_line(buf, level + 1);
        else if (i > 0)
            buf_add(buf, STR(", "));
        print_input_value(buf, &inputs[i], in_lines ? level + 1 : level);
    }
    if (in_lines)
        print_line(buf, level);
    buf_add_char(buf, ')');
}

/* On lines of their own when one of them takes more than one line. */
static void print_argument_definitions(struct buf *buf, const struct ast_input_value *inputs,
                                       uint32_t count, uint32_t level)
{
    if (count == 0)
        return;
    size_t begin = buf->len;
    print_inputs(buf, inputs, count, level, false);
    if (memchr(buf->at + begin, '\n', buf->len - begin) == NULL)
        return;
    buf->len = begin;
    print_inputs(buf, inputs, count, level, true);
}

static void print_names(struct buf *buf, const char *before, const char *between,
                        const struct name *names, uint32_t count)
{
    for (uint32_t i = 0; i < count; i++) {
        buf_add(buf, str_of(i == 0 ? before : between));
        buf_add(buf, names[i].text);
    }
}

static void print_member(struct buf *buf, const struct ast_type_system *definition,
                         enum ast_definition_kind kind, uint32_t i)
{
    static const char *const words[] = {"query", "mutation", "subscription"};
    if (kind == AST_SCHEMA) {
        buf_add(buf, str_of(words[definition->operations[i].operation]));
        buf_add(buf, STR(": "));
        buf_add(buf, definition->operations[i].type.text);
    } else if (kind == AST_ENUM_TYPE) {
        print_written_description(buf, definition->values[i].description,
                                  definition->values[i].description_is_block, 1);
        buf_add(buf, definition->values[i].name.text);
        print_directives(buf, &definition->values[i].directives, 1);
    } else if (kind == AST_INPUT_OBJECT_TYPE) {
        print_input_value(buf, &definition->inputs[i], 1);
    } else {
        const struct ast_field_definition *field = &definition->fields[i];
        print_written_description(buf, field->description, field->description_is_block, 1);
        buf_add(buf, field->name.text);
        print_argument_definitions(buf, field->arguments, field->argument_count, 1);
        buf_add(buf, STR(": "));
        print_type(buf, field->type);
        print_directives(buf, &field->directives, 1);
    }
}

static void print_members(struct buf *buf, const struct ast_definition *definition)
{
    const struct ast_type_system *parts = &definition->type_system;
    uint32_t count = definition->kind == AST_SCHEMA              ? parts->operation_count
                     : definition->kind == AST_ENUM_TYPE         ? parts->value_count
                     : definition->kind == AST_INPUT_OBJECT_TYPE ? parts->input_count
                                                                 : parts->field_count;
    if (count == 0)
        return;
    buf_add(buf, STR(" {"));
    for (uint32_t i = 0; i < count; i++) {
        print_line(buf, 1);
        print_member(buf, parts, definition->kind, i);
    }
    buf_add(buf, STR("\n}"));
}

static void print_directive_definition(struct buf *buf, const struct ast_type_system *directive)
{
    buf_add(buf, STR("directive @"));
    buf_add(buf, directive->name.text);
    print_argument_definitions(buf, directive->inputs, directive->input_count, 0);
    if (directive->repeatable)
        buf_add(buf, STR(" repeatable"));
    print_names(buf, " on ", " | ", directive->locations, directive->location_count);
}

void print_type_system(struct buf *buf, const struct ast_definition *definition)
{
    static const char *const words[] = {
        [AST_SCHEMA] = "schema",
        [AST_SCALAR_TYPE] = "scalar ",
        [AST_OBJECT_TYPE] = "type ",
        [AST_INTERFACE_TYPE] = "interface ",
        [AST_UNION_TYPE] = "union ",
        [AST_ENUM_TYPE] = "enum ",
        [AST_INPUT_OBJECT_TYPE] = "input ",
    };
    const struct ast_type_system *parts = &definition->type_system;
    print_written_description(buf, parts->description, parts->description_is_block, 0);
    if (definition->kind == AST_DIRECTIVE) {
        print_directive_definition(buf, parts);
        return;
    }
    if (parts->extension)
        buf_add(buf, STR("extend "));
    buf_add(buf, str_of(words[definition->kind]));
    buf_add(buf, parts->name.text);
    if (definition->kind != AST_UNION_TYPE)
        print_names(buf, " implements ", " & ", parts->interfaces, parts->interface_count);
    print_directives(buf, &parts->directives, 0);
    if (definition->kind == AST_UNION_TYPE)
        print_names(buf, " = ", " | ", parts->interfaces, parts->interface_count);
    print_members(buf, definition);
}

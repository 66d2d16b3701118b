/* parse_types: schemas, types and directives as the schema language writes them (specification §3). */
#include "graphql/parse_types.h"

#include "base/arena.h"
#include "graphql/parse_executable.h"
#include "graphql/parse_values.h"

bool parse_types_keyword(struct str keyword, enum ast_definition_kind *kind)
{
    static const char *const keywords[] = {
        [AST_SCHEMA] = "schema",         [AST_SCALAR_TYPE] = "scalar",      [AST_OBJECT_TYPE] = "type",
        [AST_INTERFACE_TYPE] = "interface", [AST_UNION_TYPE] = "union",     [AST_ENUM_TYPE] = "enum",
        [AST_INPUT_OBJECT_TYPE] = "input", [AST_DIRECTIVE] = "directive",
    };
    for (int each = AST_SCHEMA; each <= AST_DIRECTIVE; each++) {
        if (str_is(keyword, keywords[each])) {
            *kind = (enum ast_definition_kind)each;
            return true;
        }
    }
    return false;
}

/* InputValueDefinition: an argument, or a field of an input object. */
static void parse_input_value(struct cursor *cursor, struct ast_input_value *input)
{
    *input = (struct ast_input_value){.at = cursor->token.at};
    input->description = parse_description(cursor);
    input->name = cursor_expect_name(cursor);
    cursor_expect(cursor, TOKEN_COLON);
    input->type = parse_type(cursor);
    if (cursor_accept(cursor, TOKEN_EQUALS)) {
        input->default_value = arena_new(cursor->arena, struct ast_value);
        parse_value(cursor, input->default_value, true);
    }
    parse_directives(cursor, &input->directives, true);
}

static struct ast_input_value *parse_input_values(struct cursor *cursor, enum token_kind open, enum token_kind close,
                                                  uint32_t *count)
{
    *count = 0;
    if (!cursor_accept(cursor, open))
        return NULL;
    size_t mark = cursor_mark(cursor);
    do {
        struct ast_input_value input;
        parse_input_value(cursor, &input);
        cursor_push(cursor, &input, sizeof(input));
    } while (!cursor_failed(cursor) && !cursor_accept(cursor, close));
    return cursor_take(cursor, mark, sizeof(struct ast_input_value), count);
}

static void parse_fields(struct cursor *cursor, struct ast_type_system *definition)
{
    if (!cursor_accept(cursor, TOKEN_BRACE_OPEN))
        return;
    size_t mark = cursor_mark(cursor);
    do {
        struct ast_field_definition field = {.at = cursor->token.at};
        field.description = parse_description(cursor);
        field.name = cursor_expect_name(cursor);
        field.arguments = parse_input_values(cursor, TOKEN_PAREN_OPEN, TOKEN_PAREN_CLOSE, &field.argument_count);
        cursor_expect(cursor, TOKEN_COLON);
        field.type = parse_type(cursor);
        parse_directives(cursor, &field.directives, true);
        cursor_push(cursor, &field, sizeof(field));
    } while (!cursor_failed(cursor) && !cursor_accept(cursor, TOKEN_BRACE_CLOSE));
    definition->fields = cursor_take(cursor, mark, sizeof(*definition->fields), &definition->field_count);
}

/* Names with a delimiter between them, and one before the first if one likes. */
static struct name *parse_names(struct cursor *cursor, enum token_kind delimiter, uint32_t *count)
{
    cursor_accept(cursor, delimiter);
    size_t mark = cursor_mark(cursor);
    do {
        struct name name = cursor_expect_name(cursor);
        cursor_push(cursor, &name, sizeof(name));
    } while (cursor_accept(cursor, delimiter));
    return cursor_take(cursor, mark, sizeof(struct name), count);
}

static void parse_interfaces(struct cursor *cursor, struct ast_type_system *definition)
{
    if (cursor_accept_keyword(cursor, "implements"))
        definition->interfaces = parse_names(cursor, TOKEN_AMPERSAND, &definition->interface_count);
}

static void parse_members(struct cursor *cursor, struct ast_type_system *definition)
{
    if (cursor_accept(cursor, TOKEN_EQUALS))
        definition->interfaces = parse_names(cursor, TOKEN_PIPE, &definition->interface_count);
}

static void parse_enum_values(struct cursor *cursor, struct ast_type_system *definition)
{
    if (!cursor_accept(cursor, TOKEN_BRACE_OPEN))
        return;
    size_t mark = cursor_mark(cursor);
    do {
        struct ast_enum_value value = {.at = cursor->token.at};
        value.description = parse_description(cursor);
        struct str name = cursor->token.text;
        if (str_is(name, "true") || str_is(name, "false") || str_is(name, "null"))
            cursor_refuse(cursor, cursor->token.at, STR_FMT " is reserved and cannot be used for an enum value.",
                          STR_ARG(cursor_describe(cursor, cursor->token)));
        value.name = cursor_expect_name(cursor);
        parse_directives(cursor, &value.directives, true);
        cursor_push(cursor, &value, sizeof(value));
    } while (!cursor_failed(cursor) && !cursor_accept(cursor, TOKEN_BRACE_CLOSE));
    definition->values = cursor_take(cursor, mark, sizeof(*definition->values), &definition->value_count);
}

/* Required in a definition, may be missing in an extension. */
static void parse_root_operations(struct cursor *cursor, struct ast_type_system *definition)
{
    if (definition->extension && !cursor_peek(cursor, TOKEN_BRACE_OPEN))
        return;
    cursor_expect(cursor, TOKEN_BRACE_OPEN);
    size_t mark = cursor_mark(cursor);
    do {
        struct ast_root_operation root = {.at = cursor->token.at};
        root.operation = parse_operation_kind(cursor);
        cursor_expect(cursor, TOKEN_COLON);
        root.type = cursor_expect_name(cursor);
        cursor_push(cursor, &root, sizeof(root));
    } while (!cursor_failed(cursor) && !cursor_accept(cursor, TOKEN_BRACE_CLOSE));
    definition->operations = cursor_take(cursor, mark, sizeof(*definition->operations), &definition->operation_count);
}

static bool is_directive_location(struct str name)
{
    static const char *const names[] = {
        "QUERY", "MUTATION", "SUBSCRIPTION", "FIELD", "FRAGMENT_DEFINITION", "FRAGMENT_SPREAD",
        "INLINE_FRAGMENT", "VARIABLE_DEFINITION", "SCHEMA", "SCALAR", "OBJECT", "FIELD_DEFINITION",
        "ARGUMENT_DEFINITION", "INTERFACE", "UNION", "ENUM", "ENUM_VALUE", "INPUT_OBJECT",
        "INPUT_FIELD_DEFINITION",
    };
    for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
        if (str_is(name, names[i]))
            return true;
    }
    return false;
}

static void parse_locations(struct cursor *cursor, struct ast_type_system *definition)
{
    cursor_accept(cursor, TOKEN_PIPE);
    size_t mark = cursor_mark(cursor);
    do {
        struct token token = cursor->token;
        struct name location = cursor_expect_name(cursor);
        if (!cursor_failed(cursor) && !is_directive_location(location.text))
            cursor_unexpected(cursor, token);
        cursor_push(cursor, &location, sizeof(location));
    } while (cursor_accept(cursor, TOKEN_PIPE));
    definition->locations = cursor_take(cursor, mark, sizeof(*definition->locations), &definition->location_count);
}

static void parse_directive_body(struct cursor *cursor, struct ast_type_system *definition)
{
    cursor_expect(cursor, TOKEN_AT);
    definition->name = cursor_expect_name(cursor);
    definition->inputs = parse_input_values(cursor, TOKEN_PAREN_OPEN, TOKEN_PAREN_CLOSE, &definition->input_count);
    definition->repeatable = cursor_accept_keyword(cursor, "repeatable");
    cursor_expect_keyword(cursor, "on");
    parse_locations(cursor, definition);
}

/* What follows the keyword. */
static void parse_body(struct cursor *cursor, enum ast_definition_kind kind, struct ast_type_system *definition)
{
    if (kind == AST_DIRECTIVE) {
        parse_directive_body(cursor, definition);
        return;
    }
    if (kind != AST_SCHEMA)
        definition->name = cursor_expect_name(cursor);
    if (kind == AST_OBJECT_TYPE || kind == AST_INTERFACE_TYPE)
        parse_interfaces(cursor, definition);
    parse_directives(cursor, &definition->directives, true);
    if (kind == AST_SCHEMA)
        parse_root_operations(cursor, definition);
    else if (kind == AST_OBJECT_TYPE || kind == AST_INTERFACE_TYPE)
        parse_fields(cursor, definition);
    else if (kind == AST_UNION_TYPE)
        parse_members(cursor, definition);
    else if (kind == AST_ENUM_TYPE)
        parse_enum_values(cursor, definition);
    else if (kind == AST_INPUT_OBJECT_TYPE)
        definition->inputs = parse_input_values(cursor, TOKEN_BRACE_OPEN, TOKEN_BRACE_CLOSE, &definition->input_count);
}

void parse_type_definition(struct cursor *cursor, enum ast_definition_kind kind, struct ast_type_system *definition)
{
    *definition = (struct ast_type_system){.document = cursor->document, .at = cursor->token.at};
    definition->description = parse_description(cursor);
    cursor_advance(cursor);
    parse_body(cursor, kind, definition);
}

static bool extends_nothing(const struct ast_type_system *extension)
{
    return extension->directives.count == 0 && extension->interface_count == 0 && extension->field_count == 0 &&
           extension->input_count == 0 && extension->value_count == 0 && extension->operation_count == 0;
}

void parse_type_extension(struct cursor *cursor, enum ast_definition_kind *kind, struct ast_type_system *extension)
{
    *extension = (struct ast_type_system){
        .document = cursor->document, .at = cursor->token.at, .extension = true};
    struct token keyword = cursor_lookahead(cursor);
    if (keyword.kind != TOKEN_NAME || !parse_types_keyword(keyword.text, kind) || *kind == AST_DIRECTIVE) {
        cursor_unexpected(cursor, keyword);
        return;
    }
    cursor_advance(cursor);
    cursor_advance(cursor);
    parse_body(cursor, *kind, extension);
    if (!cursor_failed(cursor) && extends_nothing(extension))
        cursor_unexpected(cursor, cursor->token);
}

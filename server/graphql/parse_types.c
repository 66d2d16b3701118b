/* parse_types: schemas, types and directives in the schema language (specification §3). */
#include "graphql/parse_types.h"

#include "base/arena.h"
#include "graphql/parse_executable.h"
#include "graphql/parse_values.h"
#include "graphql/schema.h"

bool parse_types_keyword(struct str keyword, enum ast_definition_kind *kind)
{
    static const char *const keywords[] = {
        [AST_SCHEMA] = "schema",           [AST_SCALAR_TYPE] = "scalar",
        [AST_OBJECT_TYPE] = "type",        [AST_INTERFACE_TYPE] = "interface",
        [AST_UNION_TYPE] = "union",        [AST_ENUM_TYPE] = "enum",
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
static void parse_input_value(struct tokens *tokens, struct ast_input_value *input)
{
    *input = (struct ast_input_value){.at = tokens->token.at};
    input->description = parse_description(tokens, &input->description_is_block);
    input->name = tokens_expect_name(tokens);
    tokens_expect(tokens, TOKEN_COLON);
    input->type = parse_type(tokens);
    if (tokens_accept(tokens, TOKEN_EQUALS)) {
        input->default_value = arena_new(tokens->arena, struct ast_value);
        parse_value(tokens, input->default_value, true);
    }
    parse_directives(tokens, &input->directives, true);
}

static struct ast_input_value *parse_input_values(struct tokens *tokens, enum token_kind open,
                                                  enum token_kind close, uint32_t *count)
{
    *count = 0;
    if (!tokens_accept(tokens, open))
        return NULL;
    size_t mark = tokens_mark(tokens);
    do {
        struct ast_input_value input;
        parse_input_value(tokens, &input);
        tokens_push(tokens, &input, sizeof(input));
    } while (!tokens_failed(tokens) && !tokens_accept(tokens, close));
    return tokens_take(tokens, mark, sizeof(struct ast_input_value), count);
}

static void parse_fields(struct tokens *tokens, struct ast_type_system *definition)
{
    if (!tokens_accept(tokens, TOKEN_BRACE_OPEN))
        return;
    size_t mark = tokens_mark(tokens);
    do {
        struct ast_field_definition field = {.at = tokens->token.at};
        field.description = parse_description(tokens, &field.description_is_block);
        field.name = tokens_expect_name(tokens);
        field.arguments =
            parse_input_values(tokens, TOKEN_PAREN_OPEN, TOKEN_PAREN_CLOSE, &field.argument_count);
        tokens_expect(tokens, TOKEN_COLON);
        field.type = parse_type(tokens);
        parse_directives(tokens, &field.directives, true);
        tokens_push(tokens, &field, sizeof(field));
    } while (!tokens_failed(tokens) && !tokens_accept(tokens, TOKEN_BRACE_CLOSE));
    definition->fields =
        tokens_take(tokens, mark, sizeof(*definition->fields), &definition->field_count);
}

/* Names with a delimiter between them, and one before the first if one likes. */
static struct name *parse_names(struct tokens *tokens, enum token_kind delimiter, uint32_t *count)
{
    tokens_accept(tokens, delimiter);
    size_t mark = tokens_mark(tokens);
    do {
        struct name name = tokens_expect_name(tokens);
        tokens_push(tokens, &name, sizeof(name));
    } while (tokens_accept(tokens, delimiter));
    return tokens_take(tokens, mark, sizeof(struct name), count);
}

static void parse_interfaces(struct tokens *tokens, struct ast_type_system *definition)
{
    if (tokens_accept_keyword(tokens, "implements"))
        definition->interfaces = parse_names(tokens, TOKEN_AMPERSAND, &definition->interface_count);
}

static void parse_members(struct tokens *tokens, struct ast_type_system *definition)
{
    if (tokens_accept(tokens, TOKEN_EQUALS))
        definition->interfaces = parse_names(tokens, TOKEN_PIPE, &definition->interface_count);
}

static void parse_enum_values(struct tokens *tokens, struct ast_type_system *definition)
{
    if (!tokens_accept(tokens, TOKEN_BRACE_OPEN))
        return;
    size_t mark = tokens_mark(tokens);
    do {
        struct ast_enum_value value = {.at = tokens->token.at};
        value.description = parse_description(tokens, &value.description_is_block);
        struct str name = tokens->token.text;
        if (str_is(name, "true") || str_is(name, "false") || str_is(name, "null"))
            tokens_refuse(tokens, tokens->token.at,
                          STR_FMT " is reserved and cannot be used for an enum value.",
                          STR_ARG(tokens_describe(tokens, tokens->token)));
        value.name = tokens_expect_name(tokens);
        parse_directives(tokens, &value.directives, true);
        tokens_push(tokens, &value, sizeof(value));
    } while (!tokens_failed(tokens) && !tokens_accept(tokens, TOKEN_BRACE_CLOSE));
    definition->values =
        tokens_take(tokens, mark, sizeof(*definition->values), &definition->value_count);
}

/* Required in a definition, may be missing in an extension. */
static void parse_root_operations(struct tokens *tokens, struct ast_type_system *definition)
{
    if (definition->extension && !tokens_peek(tokens, TOKEN_BRACE_OPEN))
        return;
    tokens_expect(tokens, TOKEN_BRACE_OPEN);
    size_t mark = tokens_mark(tokens);
    do {
        struct ast_root_operation root = {.at = tokens->token.at};
        root.operation = parse_operation_kind(tokens);
        tokens_expect(tokens, TOKEN_COLON);
        root.type = tokens_expect_name(tokens);
        tokens_push(tokens, &root, sizeof(root));
    } while (!tokens_failed(tokens) && !tokens_accept(tokens, TOKEN_BRACE_CLOSE));
    definition->operations =
        tokens_take(tokens, mark, sizeof(*definition->operations), &definition->operation_count);
}

static void parse_locations(struct tokens *tokens, struct ast_type_system *definition)
{
    tokens_accept(tokens, TOKEN_PIPE);
    size_t mark = tokens_mark(tokens);
    do {
        struct token token = tokens->token;
        struct name location = tokens_expect_name(tokens);
        enum directive_location known;
        if (!tokens_failed(tokens) && !directive_location_find(location.text, &known))
            tokens_unexpected(tokens, token);
        tokens_push(tokens, &location, sizeof(location));
    } while (tokens_accept(tokens, TOKEN_PIPE));
    definition->locations =
        tokens_take(tokens, mark, sizeof(*definition->locations), &definition->location_count);
}

static void parse_directive_body(struct tokens *tokens, struct ast_type_system *definition)
{
    tokens_expect(tokens, TOKEN_AT);
    definition->name = tokens_expect_name(tokens);
    definition->inputs =
        parse_input_values(tokens, TOKEN_PAREN_OPEN, TOKEN_PAREN_CLOSE, &definition->input_count);
    definition->repeatable = tokens_accept_keyword(tokens, "repeatable");
    tokens_expect_keyword(tokens, "on");
    parse_locations(tokens, definition);
}

/* What follows the keyword. */
static void parse_body(struct tokens *tokens, enum ast_definition_kind kind,
                       struct ast_type_system *definition)
{
    if (kind == AST_DIRECTIVE) {
        parse_directive_body(tokens, definition);
        return;
    }
    if (kind != AST_SCHEMA)
        definition->name = tokens_expect_name(tokens);
    if (kind == AST_OBJECT_TYPE || kind == AST_INTERFACE_TYPE)
        parse_interfaces(tokens, definition);
    parse_directives(tokens, &definition->directives, true);
    if (kind == AST_SCHEMA)
        parse_root_operations(tokens, definition);
    else if (kind == AST_OBJECT_TYPE || kind == AST_INTERFACE_TYPE)
        parse_fields(tokens, definition);
    else if (kind == AST_UNION_TYPE)
        parse_members(tokens, definition);
    else if (kind == AST_ENUM_TYPE)
        parse_enum_values(tokens, definition);
    else if (kind == AST_INPUT_OBJECT_TYPE)
        definition->inputs = parse_input_values(tokens, TOKEN_BRACE_OPEN, TOKEN_BRACE_CLOSE,
                                                &definition->input_count);
}

void parse_type_definition(struct tokens *tokens, enum ast_definition_kind kind,
                           struct ast_type_system *definition)
{
    *definition = (struct ast_type_system){.document = tokens->document, .at = tokens->token.at};
    definition->description = parse_description(tokens, &definition->description_is_block);
    tokens_advance(tokens);
    parse_body(tokens, kind, definition);
}

static bool extends_nothing(const struct ast_type_system *extension)
{
    return extension->directives.count == 0 && extension->interface_count == 0 &&
           extension->field_count == 0 && extension->input_count == 0 &&
           extension->value_count == 0 && extension->operation_count == 0;
}

void parse_type_extension(struct tokens *tokens, enum ast_definition_kind *kind,
                          struct ast_type_system *extension)
{
    *extension = (struct ast_type_system){
        .document = tokens->document, .at = tokens->token.at, .extension = true};
    struct token keyword = tokens_lookahead(tokens);
    if (keyword.kind != TOKEN_NAME || !parse_types_keyword(keyword.text, kind) ||
        *kind == AST_DIRECTIVE) {
        tokens_unexpected(tokens, keyword);
        return;
    }
    tokens_advance(tokens);
    tokens_advance(tokens);
    parse_body(tokens, *kind, extension);
    if (!tokens_failed(tokens) && extends_nothing(extension))
        tokens_unexpected(tokens, tokens->token);
}

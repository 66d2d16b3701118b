/* parse_values: values, arguments, directives and type references (specification §2.6, §2.9 to
 * §2.13). */
#include "graphql/parse_values.h"

#include "base/arena.h"

static void parse_list(struct tokens *tokens, struct ast_value *value, bool constant)
{
    value->kind = AST_VALUE_LIST;
    tokens_advance(tokens);
    size_t mark = tokens_mark(tokens);
    while (!tokens_failed(tokens) && !tokens_peek(tokens, TOKEN_BRACKET_CLOSE)) {
        struct ast_value item;
        parse_value(tokens, &item, constant);
        tokens_push(tokens, &item, sizeof(item));
    }
    value->items = tokens_take(tokens, mark, sizeof(*value->items), &value->count);
}

static void parse_object(struct tokens *tokens, struct ast_value *value, bool constant)
{
    value->kind = AST_VALUE_OBJECT;
    tokens_advance(tokens);
    size_t mark = tokens_mark(tokens);
    while (!tokens_failed(tokens) && !tokens_peek(tokens, TOKEN_BRACE_CLOSE)) {
        struct ast_object_field field = {.name = tokens_expect_name(tokens)};
        tokens_expect(tokens, TOKEN_COLON);
        parse_value(tokens, &field.value, constant);
        tokens_push(tokens, &field, sizeof(field));
    }
    value->fields = tokens_take(tokens, mark, sizeof(*value->fields), &value->count);
}

static void parse_variable(struct tokens *tokens, struct ast_value *value, bool constant)
{
    struct token dollar = tokens->token;
    tokens_advance(tokens);
    if (constant && tokens_peek(tokens, TOKEN_NAME))
        tokens_refuse(tokens, dollar.at, "Unexpected variable \"$" STR_FMT "\" in constant value.",
                      STR_ARG(tokens->token.text));
    else if (constant)
        tokens_unexpected(tokens, dollar);
    value->kind = AST_VALUE_VARIABLE;
    value->text = tokens->token.text;
    value->end = tokens->token.end;
    tokens->document->variable_uses++;
    if (!tokens_peek(tokens, TOKEN_NAME))
        tokens_expect(tokens, TOKEN_NAME);
}

static void read_name(const struct tokens *tokens, struct ast_value *value)
{
    struct str name = tokens->token.text;
    value->text = name;
    value->boolean = str_is(name, "true");
    if (value->boolean || str_is(name, "false"))
        value->kind = AST_VALUE_BOOLEAN;
    else
        value->kind = str_is(name, "null") ? AST_VALUE_NULL : AST_VALUE_ENUM;
}

/* Value (specification §2.9): every branch leaves the last token of the value to be passed. */
void parse_value(struct tokens *tokens, struct ast_value *value, bool constant)
{
    *value = (struct ast_value){.at = tokens->token.at, .text = tokens->token.text};
    if (!tokens_enter(tokens))
        return;
    switch (tokens->token.kind) {
    case TOKEN_BRACKET_OPEN:
        parse_list(tokens, value, constant);
        break;
    case TOKEN_BRACE_OPEN:
        parse_object(tokens, value, constant);
        break;
    case TOKEN_DOLLAR:
        parse_variable(tokens, value, constant);
        break;
    case TOKEN_INT:
        value->kind = AST_VALUE_INT;
        break;
    case TOKEN_FLOAT:
        value->kind = AST_VALUE_FLOAT;
        break;
    case TOKEN_STRING:
    case TOKEN_BLOCK_STRING:
        value->kind = AST_VALUE_STRING;
        value->block = tokens->token.kind == TOKEN_BLOCK_STRING;
        break;
    case TOKEN_NAME:
        read_name(tokens, value);
        break;
    default:
        tokens_unexpected(tokens, tokens->token);
        break;
    }
    value->end = tokens->token.end;
    tokens_advance(tokens);
    tokens_leave(tokens);
}

void parse_arguments(struct tokens *tokens, struct ast_arguments *arguments, bool constant)
{
    *arguments = (struct ast_arguments){0};
    if (!tokens_accept(tokens, TOKEN_PAREN_OPEN))
        return;
    size_t mark = tokens_mark(tokens);
    do {
        struct ast_argument argument = {.name = tokens_expect_name(tokens)};
        tokens_expect(tokens, TOKEN_COLON);
        parse_value(tokens, &argument.value, constant);
        tokens_push(tokens, &argument, sizeof(argument));
    } while (!tokens_failed(tokens) && !tokens_accept(tokens, TOKEN_PAREN_CLOSE));
    arguments->items = tokens_take(tokens, mark, sizeof(*arguments->items), &arguments->count);
}

void parse_directives(struct tokens *tokens, struct ast_directives *directives, bool constant)
{
    *directives = (struct ast_directives){0};
    if (!tokens_peek(tokens, TOKEN_AT))
        return;
    size_t mark = tokens_mark(tokens);
    while (tokens_peek(tokens, TOKEN_AT)) {
        struct ast_directive directive = {.at = tokens->token.at};
        if (tokens->limits.directives != 0 && ++tokens->directives > tokens->limits.directives)
            tokens_refuse_limit(tokens, "directives", tokens->limits.directives);
        tokens_advance(tokens);
        directive.name = tokens_expect_name(tokens);
        parse_arguments(tokens, &directive.arguments, constant);
        tokens_push(tokens, &directive, sizeof(directive));
    }
    directives->items = tokens_take(tokens, mark, sizeof(*directives->items), &directives->count);
}

struct ast_type *parse_type(struct tokens *tokens)
{
    struct ast_type *type = arena_new(tokens->arena, struct ast_type);
    type->at = tokens->token.at;
    if (!tokens_enter(tokens))
        return type;
    if (tokens_accept(tokens, TOKEN_BRACKET_OPEN)) {
        type->kind = AST_TYPE_LIST;
        type->of = parse_type(tokens);
        tokens_expect(tokens, TOKEN_BRACKET_CLOSE);
    } else {
        type->kind = AST_TYPE_NAMED;
        type->name = tokens_expect_name(tokens);
    }
    type->non_null = tokens_accept(tokens, TOKEN_BANG);
    tokens_leave(tokens);
    return type;
}

struct str parse_description(struct tokens *tokens, bool *is_block)
{
    struct str description = {0};
    *is_block = tokens_peek(tokens, TOKEN_BLOCK_STRING);
    if (*is_block || tokens_peek(tokens, TOKEN_STRING)) {
        description = tokens->token.text;
        tokens_advance(tokens);
    }
    return description;
}

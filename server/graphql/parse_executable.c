/* parse_executable: operations, selections and fragments (specification §2.3 to §2.8). */
#include "graphql/parse_executable.h"

#include "base/arena.h"
#include "graphql/parse_values.h"

static void parse_selection_set(struct tokens *tokens, struct ast_selection_set *selections);

static void parse_field(struct tokens *tokens, struct ast_selection *field)
{
    field->kind = AST_FIELD;
    field->name = tokens_expect_name(tokens);
    if (tokens_accept(tokens, TOKEN_COLON)) {
        field->alias = field->name;
        field->name = tokens_expect_name(tokens);
        tokens->document->alias_count++;
    }
    parse_arguments(tokens, &field->arguments, false);
    parse_directives(tokens, &field->directives, false);
    if (tokens_peek(tokens, TOKEN_BRACE_OPEN))
        parse_selection_set(tokens, &field->selections);
}

/* `...` and what follows: a spread when that is a name other than "on". */
static void parse_spread(struct tokens *tokens, struct ast_selection *selection)
{
    tokens_advance(tokens);
    bool has_condition = tokens_accept_keyword(tokens, "on");
    if (!has_condition && tokens_peek(tokens, TOKEN_NAME)) {
        selection->kind = AST_FRAGMENT_SPREAD;
        selection->name = tokens_expect_name(tokens);
        parse_directives(tokens, &selection->directives, false);
        return;
    }
    selection->kind = AST_INLINE_FRAGMENT;
    if (has_condition)
        selection->type_condition = tokens_expect_name(tokens);
    parse_directives(tokens, &selection->directives, false);
    parse_selection_set(tokens, &selection->selections);
}

static void parse_selection_set(struct tokens *tokens, struct ast_selection_set *selections)
{
    selections->at = tokens->token.at;
    if (!tokens_enter(tokens))
        return;
    tokens_expect(tokens, TOKEN_BRACE_OPEN);
    size_t mark = tokens_mark(tokens);
    do {
        struct ast_selection selection = {.at = tokens->token.at};
        if (tokens_peek(tokens, TOKEN_SPREAD))
            parse_spread(tokens, &selection);
        else
            parse_field(tokens, &selection);
        tokens_push(tokens, &selection, sizeof(selection));
    } while (!tokens_failed(tokens) && !tokens_accept(tokens, TOKEN_BRACE_CLOSE));
    selections->items = tokens_take(tokens, mark, sizeof(*selections->items), &selections->count);
    tokens_leave(tokens);
}

static void parse_variable_definition(struct tokens *tokens,
                                      struct ast_variable_definition *variable)
{
    *variable = (struct ast_variable_definition){.at = tokens->token.at};
    variable->description = parse_description(tokens, &variable->description_is_block);
    tokens_expect(tokens, TOKEN_DOLLAR);
    variable->name = tokens_expect_name(tokens);
    tokens_expect(tokens, TOKEN_COLON);
    variable->type = parse_type(tokens);
    if (tokens_accept(tokens, TOKEN_EQUALS)) {
        variable->default_value = arena_new(tokens->arena, struct ast_value);
        parse_value(tokens, variable->default_value, true);
    }
    parse_directives(tokens, &variable->directives, true);
}

static void parse_variable_definitions(struct tokens *tokens, struct ast_operation *operation)
{
    if (!tokens_accept(tokens, TOKEN_PAREN_OPEN))
        return;
    size_t mark = tokens_mark(tokens);
    do {
        struct ast_variable_definition variable;
        parse_variable_definition(tokens, &variable);
        tokens_push(tokens, &variable, sizeof(variable));
    } while (!tokens_failed(tokens) && !tokens_accept(tokens, TOKEN_PAREN_CLOSE));
    operation->variables =
        tokens_take(tokens, mark, sizeof(*operation->variables), &operation->variable_count);
}

enum ast_operation_kind parse_operation_kind(struct tokens *tokens)
{
    struct token token = tokens->token;
    tokens_expect(tokens, TOKEN_NAME);
    if (str_is(token.text, "query"))
        return AST_QUERY;
    if (str_is(token.text, "mutation"))
        return AST_MUTATION;
    if (!str_is(token.text, "subscription"))
        tokens_unexpected(tokens, token);
    return AST_SUBSCRIPTION;
}

void parse_operation(struct tokens *tokens, struct ast_operation *operation)
{
    *operation = (struct ast_operation){.at = tokens->token.at};
    if (tokens_peek(tokens, TOKEN_BRACE_OPEN)) {
        operation->shorthand = true;
        parse_selection_set(tokens, &operation->selections);
        return;
    }
    operation->description = parse_description(tokens, &operation->description_is_block);
    operation->kind = parse_operation_kind(tokens);
    if (tokens_peek(tokens, TOKEN_NAME))
        operation->name = tokens_expect_name(tokens);
    parse_variable_definitions(tokens, operation);
    parse_directives(tokens, &operation->directives, false);
    parse_selection_set(tokens, &operation->selections);
}

void parse_fragment_definition(struct tokens *tokens, struct ast_fragment *fragment)
{
    *fragment = (struct ast_fragment){.at = tokens->token.at};
    fragment->description = parse_description(tokens, &fragment->description_is_block);
    tokens_expect_keyword(tokens, "fragment");
    if (str_is(tokens->token.text, "on"))
        tokens_unexpected(tokens, tokens->token);
    fragment->name = tokens_expect_name(tokens);
    tokens_expect_keyword(tokens, "on");
    fragment->type_condition = tokens_expect_name(tokens);
    parse_directives(tokens, &fragment->directives, false);
    parse_selection_set(tokens, &fragment->selections);
}

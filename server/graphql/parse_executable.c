/* parse_executable: operations, selections and fragments (specification §2.3 to §2.8). */
#include "graphql/parse_executable.h"

#include "base/arena.h"
#include "graphql/parse_values.h"

static void parse_selection_set(struct cursor *cursor, struct ast_selection_set *selections);

static void parse_field(struct cursor *cursor, struct ast_selection *field)
{
    field->kind = AST_FIELD;
    field->name = cursor_expect_name(cursor);
    if (cursor_accept(cursor, TOKEN_COLON)) {
        field->alias = field->name;
        field->name = cursor_expect_name(cursor);
        cursor->document->alias_count++;
    }
    parse_arguments(cursor, &field->arguments, false);
    parse_directives(cursor, &field->directives, false);
    if (cursor_peek(cursor, TOKEN_BRACE_OPEN))
        parse_selection_set(cursor, &field->selections);
}

/* `...` and what follows: a spread when that is a name other than "on". */
static void parse_spread(struct cursor *cursor, struct ast_selection *selection)
{
    cursor_advance(cursor);
    bool has_condition = cursor_accept_keyword(cursor, "on");
    if (!has_condition && cursor_peek(cursor, TOKEN_NAME)) {
        selection->kind = AST_FRAGMENT_SPREAD;
        selection->name = cursor_expect_name(cursor);
        parse_directives(cursor, &selection->directives, false);
        return;
    }
    selection->kind = AST_INLINE_FRAGMENT;
    if (has_condition)
        selection->type_condition = cursor_expect_name(cursor);
    parse_directives(cursor, &selection->directives, false);
    parse_selection_set(cursor, &selection->selections);
}

static void parse_selection_set(struct cursor *cursor, struct ast_selection_set *selections)
{
    selections->at = cursor->token.at;
    if (!cursor_enter(cursor))
        return;
    cursor_expect(cursor, TOKEN_BRACE_OPEN);
    size_t mark = cursor_mark(cursor);
    do {
        struct ast_selection selection = {.at = cursor->token.at};
        if (cursor_peek(cursor, TOKEN_SPREAD))
            parse_spread(cursor, &selection);
        else
            parse_field(cursor, &selection);
        cursor_push(cursor, &selection, sizeof(selection));
    } while (!cursor_failed(cursor) && !cursor_accept(cursor, TOKEN_BRACE_CLOSE));
    selections->items = cursor_take(cursor, mark, sizeof(*selections->items), &selections->count);
    cursor_leave(cursor);
}

static void parse_variable_definition(struct cursor *cursor, struct ast_variable_definition *variable)
{
    *variable = (struct ast_variable_definition){.at = cursor->token.at};
    variable->description = parse_description(cursor);
    cursor_expect(cursor, TOKEN_DOLLAR);
    variable->name = cursor_expect_name(cursor);
    cursor_expect(cursor, TOKEN_COLON);
    variable->type = parse_type(cursor);
    if (cursor_accept(cursor, TOKEN_EQUALS)) {
        variable->default_value = arena_new(cursor->arena, struct ast_value);
        parse_value(cursor, variable->default_value, true);
    }
    parse_directives(cursor, &variable->directives, true);
}

static void parse_variable_definitions(struct cursor *cursor, struct ast_operation *operation)
{
    if (!cursor_accept(cursor, TOKEN_PAREN_OPEN))
        return;
    size_t mark = cursor_mark(cursor);
    do {
        struct ast_variable_definition variable;
        parse_variable_definition(cursor, &variable);
        cursor_push(cursor, &variable, sizeof(variable));
    } while (!cursor_failed(cursor) && !cursor_accept(cursor, TOKEN_PAREN_CLOSE));
    operation->variables = cursor_take(cursor, mark, sizeof(*operation->variables), &operation->variable_count);
}

enum ast_operation_kind parse_operation_kind(struct cursor *cursor)
{
    struct token token = cursor->token;
    cursor_expect(cursor, TOKEN_NAME);
    if (str_is(token.text, "query"))
        return AST_QUERY;
    if (str_is(token.text, "mutation"))
        return AST_MUTATION;
    if (!str_is(token.text, "subscription"))
        cursor_unexpected(cursor, token);
    return AST_SUBSCRIPTION;
}

void parse_operation(struct cursor *cursor, struct ast_operation *operation)
{
    *operation = (struct ast_operation){.at = cursor->token.at};
    if (cursor_peek(cursor, TOKEN_BRACE_OPEN)) {
        operation->shorthand = true;
        parse_selection_set(cursor, &operation->selections);
        return;
    }
    operation->description = parse_description(cursor);
    operation->kind = parse_operation_kind(cursor);
    if (cursor_peek(cursor, TOKEN_NAME))
        operation->name = cursor_expect_name(cursor);
    parse_variable_definitions(cursor, operation);
    parse_directives(cursor, &operation->directives, false);
    parse_selection_set(cursor, &operation->selections);
}

void parse_fragment_definition(struct cursor *cursor, struct ast_fragment *fragment)
{
    *fragment = (struct ast_fragment){.at = cursor->token.at};
    fragment->description = parse_description(cursor);
    cursor_expect_keyword(cursor, "fragment");
    if (str_is(cursor->token.text, "on"))
        cursor_unexpected(cursor, cursor->token);
    fragment->name = cursor_expect_name(cursor);
    cursor_expect_keyword(cursor, "on");
    fragment->type_condition = cursor_expect_name(cursor);
    parse_directives(cursor, &fragment->directives, false);
    parse_selection_set(cursor, &fragment->selections);
}

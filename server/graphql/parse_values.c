/* parse_values: values, arguments, directives and type references (specification §2.6, §2.9 to §2.13). */
#include "graphql/parse_values.h"

#include "base/arena.h"

static void parse_list(struct cursor *cursor, struct ast_value *value, bool constant)
{
    value->kind = AST_VALUE_LIST;
    cursor_advance(cursor);
    size_t mark = cursor_mark(cursor);
    while (!cursor_failed(cursor) && !cursor_peek(cursor, TOKEN_BRACKET_CLOSE)) {
        struct ast_value item;
        parse_value(cursor, &item, constant);
        cursor_push(cursor, &item, sizeof(item));
    }
    value->items = cursor_take(cursor, mark, sizeof(*value->items), &value->count);
}

static void parse_object(struct cursor *cursor, struct ast_value *value, bool constant)
{
    value->kind = AST_VALUE_OBJECT;
    cursor_advance(cursor);
    size_t mark = cursor_mark(cursor);
    while (!cursor_failed(cursor) && !cursor_peek(cursor, TOKEN_BRACE_CLOSE)) {
        struct ast_object_field field = {.name = cursor_expect_name(cursor)};
        cursor_expect(cursor, TOKEN_COLON);
        parse_value(cursor, &field.value, constant);
        cursor_push(cursor, &field, sizeof(field));
    }
    value->fields = cursor_take(cursor, mark, sizeof(*value->fields), &value->count);
}

static void parse_variable(struct cursor *cursor, struct ast_value *value, bool constant)
{
    struct token dollar = cursor->token;
    cursor_advance(cursor);
    if (constant && cursor_peek(cursor, TOKEN_NAME))
        cursor_refuse(cursor, dollar.at, "Unexpected variable \"$" STR_FMT "\" in constant value.",
                      STR_ARG(cursor->token.text));
    else if (constant)
        cursor_unexpected(cursor, dollar);
    value->kind = AST_VALUE_VARIABLE;
    value->text = cursor->token.text;
    value->end = cursor->token.end;
    cursor->document->variable_uses++;
    if (!cursor_peek(cursor, TOKEN_NAME))
        cursor_expect(cursor, TOKEN_NAME);
}

static void read_name(const struct cursor *cursor, struct ast_value *value)
{
    struct str name = cursor->token.text;
    value->text = name;
    value->boolean = str_is(name, "true");
    if (value->boolean || str_is(name, "false"))
        value->kind = AST_VALUE_BOOLEAN;
    else
        value->kind = str_is(name, "null") ? AST_VALUE_NULL : AST_VALUE_ENUM;
}

/* Value (specification §2.9): every branch leaves the last token of the value to be passed. */
void parse_value(struct cursor *cursor, struct ast_value *value, bool constant)
{
    *value = (struct ast_value){.at = cursor->token.at, .text = cursor->token.text};
    if (!cursor_enter(cursor))
        return;
    switch (cursor->token.kind) {
    case TOKEN_BRACKET_OPEN:
        parse_list(cursor, value, constant);
        break;
    case TOKEN_BRACE_OPEN:
        parse_object(cursor, value, constant);
        break;
    case TOKEN_DOLLAR:
        parse_variable(cursor, value, constant);
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
        value->block = cursor->token.kind == TOKEN_BLOCK_STRING;
        break;
    case TOKEN_NAME:
        read_name(cursor, value);
        break;
    default:
        cursor_unexpected(cursor, cursor->token);
        break;
    }
    value->end = cursor->token.end;
    cursor_advance(cursor);
    cursor_leave(cursor);
}

void parse_arguments(struct cursor *cursor, struct ast_arguments *arguments, bool constant)
{
    *arguments = (struct ast_arguments){0};
    if (!cursor_accept(cursor, TOKEN_PAREN_OPEN))
        return;
    size_t mark = cursor_mark(cursor);
    do {
        struct ast_argument argument = {.name = cursor_expect_name(cursor)};
        cursor_expect(cursor, TOKEN_COLON);
        parse_value(cursor, &argument.value, constant);
        cursor_push(cursor, &argument, sizeof(argument));
    } while (!cursor_failed(cursor) && !cursor_accept(cursor, TOKEN_PAREN_CLOSE));
    arguments->items = cursor_take(cursor, mark, sizeof(*arguments->items), &arguments->count);
}

void parse_directives(struct cursor *cursor, struct ast_directives *directives, bool constant)
{
    *directives = (struct ast_directives){0};
    if (!cursor_peek(cursor, TOKEN_AT))
        return;
    size_t mark = cursor_mark(cursor);
    while (cursor_peek(cursor, TOKEN_AT)) {
        struct ast_directive directive = {.at = cursor->token.at};
        if (cursor->limits.directives != 0 && ++cursor->directives > cursor->limits.directives)
            cursor_refuse_limit(cursor, "directives", cursor->limits.directives);
        cursor_advance(cursor);
        directive.name = cursor_expect_name(cursor);
        parse_arguments(cursor, &directive.arguments, constant);
        cursor_push(cursor, &directive, sizeof(directive));
    }
    directives->items = cursor_take(cursor, mark, sizeof(*directives->items), &directives->count);
}

struct ast_type *parse_type(struct cursor *cursor)
{
    struct ast_type *type = arena_new(cursor->arena, struct ast_type);
    type->at = cursor->token.at;
    if (!cursor_enter(cursor))
        return type;
    if (cursor_accept(cursor, TOKEN_BRACKET_OPEN)) {
        type->kind = AST_TYPE_LIST;
        type->of = parse_type(cursor);
        cursor_expect(cursor, TOKEN_BRACKET_CLOSE);
    } else {
        type->kind = AST_TYPE_NAMED;
        type->name = cursor_expect_name(cursor);
    }
    type->non_null = cursor_accept(cursor, TOKEN_BANG);
    cursor_leave(cursor);
    return type;
}

struct str parse_description(struct cursor *cursor)
{
    struct str description = {0};
    if (cursor_peek(cursor, TOKEN_STRING) || cursor_peek(cursor, TOKEN_BLOCK_STRING)) {
        description = cursor->token.text;
        cursor_advance(cursor);
    }
    return description;
}

/* parser: a document is a sequence of definitions, told apart by their first words. */
#include "graphql/parser.h"

#include "base/arena.h"
#include "graphql/errors.h"
#include "graphql/parse_executable.h"
#include "graphql/parse_types.h"

static void parse_described(struct cursor *cursor, struct ast_definition *definition, struct token keyword, bool described)
{
    if (parse_types_keyword(keyword.text, &definition->kind)) {
        parse_type_definition(cursor, definition->kind, &definition->type_system);
    } else if (str_is(keyword.text, "query") || str_is(keyword.text, "mutation") ||
               str_is(keyword.text, "subscription")) {
        definition->kind = AST_OPERATION;
        parse_operation(cursor, &definition->operation);
    } else if (str_is(keyword.text, "fragment")) {
        definition->kind = AST_FRAGMENT;
        parse_fragment_definition(cursor, &definition->fragment);
    } else if (described) {
        cursor_refuse(cursor, cursor->token.at,
                      "Unexpected description, only GraphQL definitions support descriptions.");
    } else if (str_is(keyword.text, "extend")) {
        parse_type_extension(cursor, &definition->kind, &definition->type_system);
    } else {
        cursor_unexpected(cursor, keyword);
    }
}

/* Definition (specification §2.2); a description may stand before all but the shorthand and extensions. */
static void parse_definition(struct cursor *cursor, struct ast_definition *definition)
{
    *definition = (struct ast_definition){.kind = AST_OPERATION, .at = cursor->token.at};
    if (cursor_peek(cursor, TOKEN_BRACE_OPEN)) {
        parse_operation(cursor, &definition->operation);
        return;
    }
    bool described = cursor_peek(cursor, TOKEN_STRING) || cursor_peek(cursor, TOKEN_BLOCK_STRING);
    struct token keyword = described ? cursor_lookahead(cursor) : cursor->token;
    if (described && keyword.kind == TOKEN_BRACE_OPEN)
        cursor_refuse(cursor, cursor->token.at,
                      "Unexpected description, descriptions are not supported on shorthand queries.");
    else if (keyword.kind == TOKEN_NAME)
        parse_described(cursor, definition, keyword, described);
    else
        cursor_unexpected(cursor, keyword);
}

static void count_definitions(struct document *document)
{
    for (uint32_t i = 0; i < document->definition_count; i++) {
        document->operation_count += document->definitions[i].kind == AST_OPERATION;
        document->fragment_count += document->definitions[i].kind == AST_FRAGMENT;
    }
}

struct document *parse(struct arena *arena, struct str source, const struct parse_limits *limits,
                       struct errors *errors)
{
    if (source.len > INT32_MAX) {
        errors_add(errors, "LIMIT", "Syntax Error: Document is larger than 2 GiB.");
        return NULL;
    }
    struct document *document = arena_new(arena, struct document);
    document->arena = arena;
    document->source = source;
    document->source_name = STR("GraphQL request");
    struct cursor cursor;
    cursor_init(&cursor, arena, document, limits, errors);
    size_t mark = cursor_mark(&cursor);
    do {
        struct ast_definition definition;
        parse_definition(&cursor, &definition);
        cursor_push(&cursor, &definition, sizeof(definition));
    } while (!cursor_failed(&cursor) && !cursor_peek(&cursor, TOKEN_END));
    if (cursor_failed(&cursor))
        return NULL;
    document->definitions = cursor_take(&cursor, mark, sizeof(*document->definitions), &document->definition_count);
    count_definitions(document);
    return document;
}

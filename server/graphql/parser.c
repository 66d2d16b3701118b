/* parser: a document is a sequence of definitions, told apart by their first words. */
#include "graphql/parser.h"

#include "base/arena.h"
#include "graphql/errors.h"
#include "graphql/parse_executable.h"
#include "graphql/parse_types.h"

static void parse_described(struct tokens *tokens, struct ast_definition *definition,
                            struct token keyword, bool described)
{
    if (parse_types_keyword(keyword.text, &definition->kind)) {
        parse_type_definition(tokens, definition->kind, &definition->type_system);
    } else if (str_is(keyword.text, "query") || str_is(keyword.text, "mutation") ||
               str_is(keyword.text, "subscription")) {
        definition->kind = AST_OPERATION;
        parse_operation(tokens, &definition->operation);
    } else if (str_is(keyword.text, "fragment")) {
        definition->kind = AST_FRAGMENT;
        parse_fragment_definition(tokens, &definition->fragment);
    } else if (described) {
        tokens_refuse(tokens, tokens->token.at,
                      "Unexpected description, only GraphQL definitions support descriptions.");
    } else if (str_is(keyword.text, "extend")) {
        parse_type_extension(tokens, &definition->kind, &definition->type_system);
    } else {
        tokens_unexpected(tokens, keyword);
    }
}

/* Definition (specification §2.2); a description may stand before all but the shorthand and
 * extensions. */
static void parse_definition(struct tokens *tokens, struct ast_definition *definition)
{
    *definition = (struct ast_definition){.kind = AST_OPERATION, .at = tokens->token.at};
    if (tokens_peek(tokens, TOKEN_BRACE_OPEN)) {
        parse_operation(tokens, &definition->operation);
        return;
    }
    bool described = tokens_peek(tokens, TOKEN_STRING) || tokens_peek(tokens, TOKEN_BLOCK_STRING);
    struct token keyword = described ? tokens_lookahead(tokens) : tokens->token;
    if (described && keyword.kind == TOKEN_BRACE_OPEN)
        tokens_refuse(
            tokens, tokens->token.at,
            "Unexpected description, descriptions are not supported on shorthand queries.");
    else if (keyword.kind == TOKEN_NAME)
        parse_described(tokens, definition, keyword, described);
    else
        tokens_unexpected(tokens, keyword);
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
    struct tokens tokens;
    tokens_init(&tokens, arena, document, limits, errors);
    size_t mark = tokens_mark(&tokens);
    do {
        struct ast_definition definition;
        parse_definition(&tokens, &definition);
        tokens_push(&tokens, &definition, sizeof(definition));
    } while (!tokens_failed(&tokens) && !tokens_peek(&tokens, TOKEN_END));
    if (tokens_failed(&tokens))
        return NULL;
    document->definitions =
        tokens_take(&tokens, mark, sizeof(*document->definitions), &document->definition_count);
    count_definitions(document);
    return document;
}

/* tokens: one token at a time, every expectation in one place. */
#include "graphql/tokens.h"

#include "base/arena.h"
#include "base/buf.h"
#include "graphql/errors.h"
#include <stdarg.h>
#include <stdio.h>

static void fail(struct tokens *tokens)
{
    tokens->token.kind = TOKEN_FAILED;
}

void tokens_refuse_limit(struct tokens *tokens, const char *what, uint32_t limit)
{
    if (tokens_failed(tokens))
        return;
    struct errors *errors = tokens->lexer.errors;
    struct error *error = errors_add(
        errors, "LIMIT", "Syntax Error: Document contains more than %u %s. Parsing aborted.", limit,
        what);
    error_at(errors, error, tokens->document, tokens->token.at);
    fail(tokens);
}

void tokens_refuse(struct tokens *tokens, uint32_t at, const char *format, ...)
{
    if (tokens_failed(tokens))
        return;
    va_list arguments;
    va_start(arguments, format);
    struct str text = str_vprintf(tokens->arena, format, arguments);
    va_end(arguments);
    lexer_fail(&tokens->lexer, at, "%s", text.at);
    fail(tokens);
}

/* U+0000 in a string as it is written there: a message is a C text. */
static struct str without_nul(struct arena *arena, struct str text)
{
    if (memchr(text.at, '\0', text.len) == NULL)
        return text;
    struct buf buf;
    buf_init(&buf, arena, text.len + 16);
    for (size_t i = 0; i < text.len; i++) {
        if (text.at[i] == '\0')
            buf_add(&buf, STR("\\u0000"));
        else
            buf_add_char(&buf, text.at[i]);
    }
    return buf_str(&buf);
}

struct str tokens_describe(const struct tokens *tokens, struct token token)
{
    if (token.text.at == NULL)
        return str_of(token_kind_name(token.kind));
    return str_printf(tokens->arena, "%s \"" STR_FMT "\"", token_kind_name(token.kind),
                      STR_ARG(without_nul(tokens->arena, token.text)));
}

void tokens_unexpected(struct tokens *tokens, struct token token)
{
    if (token.kind == TOKEN_FAILED)
        fail(tokens);
    else
        tokens_refuse(tokens, token.at, "Unexpected " STR_FMT ".",
                      STR_ARG(tokens_describe(tokens, token)));
}

struct token tokens_lookahead(struct tokens *tokens)
{
    struct lexer ahead = tokens->lexer;
    struct token token = lexer_next(&ahead);
    if (token.kind == TOKEN_FAILED)
        fail(tokens);
    return token;
}

void tokens_advance(struct tokens *tokens)
{
    if (tokens_failed(tokens))
        return;
    tokens->token = lexer_next(&tokens->lexer);
    if (tokens->token.kind == TOKEN_END || tokens_failed(tokens))
        return;
    tokens->document->token_count++;
    if (tokens->limits.tokens != 0 && tokens->document->token_count > tokens->limits.tokens)
        tokens_refuse_limit(tokens, "tokens", tokens->limits.tokens);
}

void tokens_init(struct tokens *tokens, struct arena *arena, struct document *document,
                 const struct parse_limits *limits, struct errors *errors)
{
    *tokens = (struct tokens){
        .lexer = {.document = document, .errors = errors},
        .arena = arena,
        .document = document,
        .limits = *limits,
        .scratch_size = 2048,
    };
    if (tokens->limits.depth == 0)
        tokens->limits.depth = TOKENS_DEPTH_LIMIT;
    tokens->scratch = arena_text(arena, tokens->scratch_size);
    tokens_advance(tokens);
}

bool tokens_accept(struct tokens *tokens, enum token_kind kind)
{
    if (tokens->token.kind != kind)
        return false;
    tokens_advance(tokens);
    return true;
}

static bool peek_keyword(const struct tokens *tokens, const char *keyword)
{
    return tokens->token.kind == TOKEN_NAME && str_is(tokens->token.text, keyword);
}

bool tokens_accept_keyword(struct tokens *tokens, const char *keyword)
{
    if (!peek_keyword(tokens, keyword))
        return false;
    tokens_advance(tokens);
    return true;
}

void tokens_expect(struct tokens *tokens, enum token_kind kind)
{
    if (!tokens_accept(tokens, kind) && !tokens_failed(tokens))
        tokens_refuse(tokens, tokens->token.at, "Expected %s, found " STR_FMT ".",
                      token_kind_name(kind), STR_ARG(tokens_describe(tokens, tokens->token)));
}

void tokens_expect_keyword(struct tokens *tokens, const char *keyword)
{
    if (!tokens_accept_keyword(tokens, keyword) && !tokens_failed(tokens))
        tokens_refuse(tokens, tokens->token.at, "Expected \"%s\", found " STR_FMT ".", keyword,
                      STR_ARG(tokens_describe(tokens, tokens->token)));
}

struct name tokens_expect_name(struct tokens *tokens)
{
    struct name name = {.text = tokens->token.text, .at = tokens->token.at};
    tokens_expect(tokens, TOKEN_NAME);
    return name;
}

bool tokens_enter(struct tokens *tokens)
{
    tokens->depth++;
    if (tokens->depth > tokens->limits.depth)
        tokens_refuse_limit(tokens, "levels of nesting", tokens->limits.depth);
    return !tokens_failed(tokens);
}

void tokens_leave(struct tokens *tokens)
{
    tokens->depth--;
}

void tokens_push(struct tokens *tokens, const void *item, size_t size)
{
    if (tokens->scratch_size - tokens->scratch_used < size) {
        size_t grown = tokens->scratch_size * 2;
        while (grown - tokens->scratch_used < size)
            grown *= 2;
        char *scratch = arena_text(tokens->arena, grown);
        memcpy(scratch, tokens->scratch, tokens->scratch_used);
        tokens->scratch = scratch;
        tokens->scratch_size = grown;
    }
    memcpy(tokens->scratch + tokens->scratch_used, item, size);
    tokens->scratch_used += size;
}

void *tokens_take(struct tokens *tokens, size_t mark, size_t item_size, uint32_t *count)
{
    size_t size = tokens->scratch_used - mark;
    tokens->scratch_used = mark;
    *count = (uint32_t)(size / item_size);
    if (size == 0)
        return NULL;
    void *items = arena_alloc(tokens->arena, size);
    memcpy(items, tokens->scratch + mark, size);
    return items;
}

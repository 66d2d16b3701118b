/* cursor: one token at a time, every expectation in one place. */
#include "graphql/cursor.h"

#include "base/arena.h"
#include "graphql/errors.h"
#include <stdarg.h>
#include <stdio.h>

static void fail(struct cursor *cursor)
{
    cursor->token.kind = TOKEN_FAILED;
}

void cursor_refuse_limit(struct cursor *cursor, const char *what, uint32_t limit)
{
    if (cursor_failed(cursor))
        return;
    struct errors *errors = cursor->lexer.errors;
    struct error *error = errors_add(errors, "LIMIT", "Syntax Error: Document contains more than %u %s. Parsing aborted.",
                                     limit, what);
    error_at(errors, error, cursor->document, cursor->token.at);
    fail(cursor);
}

void cursor_refuse(struct cursor *cursor, uint32_t at, const char *format, ...)
{
    if (cursor_failed(cursor))
        return;
    va_list arguments, again;
    va_start(arguments, format);
    va_copy(again, arguments);
    int len = vsnprintf(NULL, 0, format, arguments);
    va_end(arguments);
    char *text = arena_text(cursor->arena, (size_t)len + 1);
    vsnprintf(text, (size_t)len + 1, format, again);
    va_end(again);
    lexer_fail(&cursor->lexer, at, "%s", text);
    fail(cursor);
}

struct str cursor_describe(const struct cursor *cursor, struct token token)
{
    if (token.text.at == NULL)
        return str_of(token_kind_name(token.kind));
    return str_printf(cursor->arena, "%s \"" STR_FMT "\"", token_kind_name(token.kind), STR_ARG(token.text));
}

void cursor_unexpected(struct cursor *cursor, struct token token)
{
    if (token.kind == TOKEN_FAILED)
        fail(cursor);
    else
        cursor_refuse(cursor, token.at, "Unexpected " STR_FMT ".", STR_ARG(cursor_describe(cursor, token)));
}

struct token cursor_lookahead(struct cursor *cursor)
{
    struct lexer ahead = cursor->lexer;
    struct token token = lexer_next(&ahead);
    if (token.kind == TOKEN_FAILED)
        fail(cursor);
    return token;
}

void cursor_advance(struct cursor *cursor)
{
    if (cursor_failed(cursor))
        return;
    cursor->token = lexer_next(&cursor->lexer);
    if (cursor->token.kind == TOKEN_END || cursor_failed(cursor))
        return;
    cursor->document->token_count++;
    if (cursor->limits.tokens != 0 && cursor->document->token_count > cursor->limits.tokens)
        cursor_refuse_limit(cursor, "tokens", cursor->limits.tokens);
}

void cursor_init(struct cursor *cursor, struct arena *arena, struct document *document,
                 const struct parse_limits *limits, struct errors *errors)
{
    *cursor = (struct cursor){
        .lexer = {.document = document, .errors = errors},
        .arena = arena,
        .document = document,
        .limits = *limits,
        .scratch_size = 2048,
    };
    if (cursor->limits.depth == 0)
        cursor->limits.depth = CURSOR_DEPTH_LIMIT;
    cursor->scratch = arena_text(arena, cursor->scratch_size);
    cursor_advance(cursor);
}

bool cursor_accept(struct cursor *cursor, enum token_kind kind)
{
    if (cursor->token.kind != kind)
        return false;
    cursor_advance(cursor);
    return true;
}

bool cursor_peek_keyword(const struct cursor *cursor, const char *keyword)
{
    return cursor->token.kind == TOKEN_NAME && str_is(cursor->token.text, keyword);
}

bool cursor_accept_keyword(struct cursor *cursor, const char *keyword)
{
    if (!cursor_peek_keyword(cursor, keyword))
        return false;
    cursor_advance(cursor);
    return true;
}

void cursor_expect(struct cursor *cursor, enum token_kind kind)
{
    if (!cursor_accept(cursor, kind) && !cursor_failed(cursor))
        cursor_refuse(cursor, cursor->token.at, "Expected %s, found " STR_FMT ".", token_kind_name(kind),
                      STR_ARG(cursor_describe(cursor, cursor->token)));
}

void cursor_expect_keyword(struct cursor *cursor, const char *keyword)
{
    if (!cursor_accept_keyword(cursor, keyword) && !cursor_failed(cursor))
        cursor_refuse(cursor, cursor->token.at, "Expected \"%s\", found " STR_FMT ".", keyword,
                      STR_ARG(cursor_describe(cursor, cursor->token)));
}

struct name cursor_expect_name(struct cursor *cursor)
{
    struct name name = {.text = cursor->token.text, .at = cursor->token.at};
    cursor_expect(cursor, TOKEN_NAME);
    return name;
}

bool cursor_enter(struct cursor *cursor)
{
    cursor->depth++;
    if (cursor->depth > cursor->limits.depth)
        cursor_refuse_limit(cursor, "levels of nesting", cursor->limits.depth);
    return !cursor_failed(cursor);
}

void cursor_leave(struct cursor *cursor)
{
    cursor->depth--;
}

void cursor_push(struct cursor *cursor, const void *item, size_t size)
{
    if (cursor->scratch_size - cursor->scratch_used < size) {
        size_t grown = cursor->scratch_size * 2;
        while (grown - cursor->scratch_used < size)
            grown *= 2;
        char *scratch = arena_text(cursor->arena, grown);
        memcpy(scratch, cursor->scratch, cursor->scratch_used);
        cursor->scratch = scratch;
        cursor->scratch_size = grown;
    }
    memcpy(cursor->scratch + cursor->scratch_used, item, size);
    cursor->scratch_used += size;
}

void *cursor_take(struct cursor *cursor, size_t mark, size_t item_size, uint32_t *count)
{
    size_t size = cursor->scratch_used - mark;
    cursor->scratch_used = mark;
    *count = (uint32_t)(size / item_size);
    if (size == 0)
        return NULL;
    void *items = arena_alloc(cursor->arena, size);
    memcpy(items, cursor->scratch + mark, size);
    return items;
}

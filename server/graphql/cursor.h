/* cursor: where the parser stands: its token, what it expects next, and the sequences it is collecting.
 *
 * The first mistake sticks: it adds the one error and turns the token into TOKEN_FAILED, which nothing
 * accepts, so every loop and every function of the parser ends by itself.
 */
#pragma once

#include "graphql/lexer.h"
#include "graphql/parser.h"

struct cursor {
    struct lexer lexer;
    struct token token; /* the one to be looked at */
    struct arena *arena;
    struct document *document;
    struct parse_limits limits;
    uint32_t depth;
    uint32_t directives;
    char *scratch; /* sequences in the making, the innermost last */
    size_t scratch_used;
    size_t scratch_size;
};

enum { CURSOR_DEPTH_LIMIT = 500 }; /* where no limit was given: the stack's, not the language's */

/* To the first token. */
void cursor_init(struct cursor *cursor, struct arena *arena, struct document *document,
                 const struct parse_limits *limits, struct errors *errors);

static inline bool cursor_failed(const struct cursor *cursor)
{
    return cursor->token.kind == TOKEN_FAILED;
}

static inline bool cursor_peek(const struct cursor *cursor, enum token_kind kind)
{
    return cursor->token.kind == kind;
}

bool cursor_peek_keyword(const struct cursor *cursor, const char *keyword);

/* The token behind the current one. */
struct token cursor_lookahead(struct cursor *cursor);

void cursor_advance(struct cursor *cursor);
bool cursor_accept(struct cursor *cursor, enum token_kind kind);
bool cursor_accept_keyword(struct cursor *cursor, const char *keyword);
void cursor_expect(struct cursor *cursor, enum token_kind kind);
void cursor_expect_keyword(struct cursor *cursor, const char *keyword);
struct name cursor_expect_name(struct cursor *cursor);

/* The token as messages name it: Name "x", "{", <EOF>. */
struct str cursor_describe(const struct cursor *cursor, struct token token);

/* Refuses: "Unexpected Name "x".", or in words of the caller's. */
void cursor_unexpected(struct cursor *cursor, struct token token);
void cursor_refuse(struct cursor *cursor, uint32_t at, const char *format, ...)
    __attribute__((format(printf, 3, 4)));
void cursor_refuse_limit(struct cursor *cursor, const char *what, uint32_t limit);

/* One level deeper, until cursor_leave(); false when that is too deep. */
bool cursor_enter(struct cursor *cursor);
void cursor_leave(struct cursor *cursor);

/* A sequence: mark, then push each item, then take them as an array of the arena. */
static inline size_t cursor_mark(const struct cursor *cursor)
{
    return cursor->scratch_used;
}

void cursor_push(struct cursor *cursor, const void *item, size_t size);
void *cursor_take(struct cursor *cursor, size_t mark, size_t item_size, uint32_t *count);

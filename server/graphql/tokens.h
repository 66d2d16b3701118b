/* tokens: where the parser stands: its token, what it expects next, and the sequences it is
 * collecting.
 *
 * The first mistake sticks: it adds the one error and turns the token into TOKEN_FAILED, which
 * nothing accepts, so every loop and every function of the parser ends by itself.
 */
#pragma once

#include "graphql/lexer.h"
#include "graphql/parser.h"

struct tokens {
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

enum { TOKENS_DEPTH_LIMIT = 500 }; /* where no limit was given: the stack's, not the language's */

/* To the first token. */
void tokens_init(struct tokens *tokens, struct arena *arena, struct document *document,
                 const struct parse_limits *limits, struct errors *errors);

static inline bool tokens_failed(const struct tokens *tokens)
{
    return tokens->token.kind == TOKEN_FAILED;
}

static inline bool tokens_peek(const struct tokens *tokens, enum token_kind kind)
{
    return tokens->token.kind == kind;
}

/* The token behind the current one. */
struct token tokens_lookahead(struct tokens *tokens);

void tokens_advance(struct tokens *tokens);
bool tokens_accept(struct tokens *tokens, enum token_kind kind);
bool tokens_accept_keyword(struct tokens *tokens, const char *keyword);
void tokens_expect(struct tokens *tokens, enum token_kind kind);
void tokens_expect_keyword(struct tokens *tokens, const char *keyword);
struct name tokens_expect_name(struct tokens *tokens);

/* The token as messages name it: Name "x", "{", <EOF>. */
struct str tokens_describe(const struct tokens *tokens, struct token token);

/* Refuses: "Unexpected Name "x".", or in words of the caller's. */
void tokens_unexpected(struct tokens *tokens, struct token token);
void tokens_refuse(struct tokens *tokens, uint32_t at, const char *format, ...)
    __attribute__((format(printf, 3, 4)));
void tokens_refuse_limit(struct tokens *tokens, const char *what, uint32_t limit);

/* One level deeper, until tokens_leave(); false when that is too deep. */
bool tokens_enter(struct tokens *tokens);
void tokens_leave(struct tokens *tokens);

/* A sequence: mark, then push each item, then take them as an array of the arena. */
static inline size_t tokens_mark(const struct tokens *tokens)
{
    return tokens->scratch_used;
}

void tokens_push(struct tokens *tokens, const void *item, size_t size);
void *tokens_take(struct tokens *tokens, size_t mark, size_t item_size, uint32_t *count);

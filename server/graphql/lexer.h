/* lexer: source text to tokens, one at a time (specification §2.1). */
#pragma once

#include "graphql/ast.h"

struct errors;

enum token_kind {
    TOKEN_START, /* before the first token */
    TOKEN_END,
    TOKEN_FAILED, /* the source was refused; its error has been added */
    TOKEN_BANG,
    TOKEN_DOLLAR,
    TOKEN_AMPERSAND,
    TOKEN_PAREN_OPEN,
    TOKEN_PAREN_CLOSE,
    TOKEN_SPREAD,
    TOKEN_COLON,
    TOKEN_EQUALS,
    TOKEN_AT,
    TOKEN_BRACKET_OPEN,
    TOKEN_BRACKET_CLOSE,
    TOKEN_BRACE_OPEN,
    TOKEN_PIPE,
    TOKEN_BRACE_CLOSE,
    TOKEN_NAME,
    TOKEN_INT,
    TOKEN_FLOAT,
    TOKEN_STRING,
    TOKEN_BLOCK_STRING,
};

struct token {
    enum token_kind kind;
    uint32_t at;
    uint32_t end;
    struct str text; /* as written; strings after escapes; .at NULL: a punctuator */
};

struct lexer {
    struct document *document;
    struct errors *errors;
    uint32_t position;
};

struct token lexer_next(struct lexer *lexer);

/* Adds the one error of a syntax mistake; `position` is where. The token says TOKEN_FAILED. */
struct token lexer_fail(struct lexer *lexer, uint32_t position, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

/* The character at a position as messages show it: "x", U+00E9 or <EOF>. */
struct str lexer_character(const struct lexer *lexer, uint32_t position);

/* Bytes of the character at a position: 0 at the end and where the source is not UTF-8. */
uint32_t lexer_character_size(const struct lexer *lexer, uint32_t position);

/* As messages name it: "{" with its quotes, or Name, Int, String, <EOF>. */
const char *token_kind_name(enum token_kind kind);

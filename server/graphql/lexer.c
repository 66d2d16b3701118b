/* lexer: the characters of a document become tokens. */
#include "graphql/lexer.h"

#include "base/arena.h"
#include "base/encode.h"
#include "graphql/errors.h"
#include "graphql/lexer_strings.h"
#include <stdarg.h>
#include <stdio.h>

enum {
    NAME_START = 1,
    DIGIT = 2,
    NAME_PART = NAME_START | DIGIT,
    IGNORED = 4, /* white space, line ends, commas */
};

/* clang-format off */
static const uint8_t classes[256] = {
    ['\t'] = IGNORED, ['\n'] = IGNORED, ['\r'] = IGNORED, [' '] = IGNORED, [','] = IGNORED,
    ['0' ... '9'] = DIGIT,
    ['A' ... 'Z'] = NAME_START,
    ['a' ... 'z'] = NAME_START,
    ['_'] = NAME_START,
};

static const uint8_t punctuators[256] = {
    ['!'] = TOKEN_BANG,          ['$'] = TOKEN_DOLLAR,       ['&'] = TOKEN_AMPERSAND,
    ['('] = TOKEN_PAREN_OPEN,    [')'] = TOKEN_PAREN_CLOSE,  [':'] = TOKEN_COLON,
    ['='] = TOKEN_EQUALS,        ['@'] = TOKEN_AT,           ['['] = TOKEN_BRACKET_OPEN,
    [']'] = TOKEN_BRACKET_CLOSE, ['{'] = TOKEN_BRACE_OPEN,   ['|'] = TOKEN_PIPE,
    ['}'] = TOKEN_BRACE_CLOSE,
};
/* clang-format on */

const char *token_kind_name(enum token_kind kind)
{
    /* clang-format off */
    static const char *const names[] = {
        [TOKEN_START] = "<SOF>",          [TOKEN_END] = "<EOF>",
        [TOKEN_FAILED] = "<EOF>",         [TOKEN_BANG] = "\"!\"",
        [TOKEN_DOLLAR] = "\"$\"",         [TOKEN_AMPERSAND] = "\"&\"",
        [TOKEN_PAREN_OPEN] = "\"(\"",     [TOKEN_PAREN_CLOSE] = "\")\"",
        [TOKEN_SPREAD] = "\"...\"",       [TOKEN_COLON] = "\":\"",
        [TOKEN_EQUALS] = "\"=\"",         [TOKEN_AT] = "\"@\"",
        [TOKEN_BRACKET_OPEN] = "\"[\"",   [TOKEN_BRACKET_CLOSE] = "\"]\"",
        [TOKEN_BRACE_OPEN] = "\"{\"",     [TOKEN_PIPE] = "\"|\"",
        [TOKEN_BRACE_CLOSE] = "\"}\"",    [TOKEN_NAME] = "Name",
        [TOKEN_INT] = "Int",              [TOKEN_FLOAT] = "Float",
        [TOKEN_STRING] = "String",        [TOKEN_BLOCK_STRING] = "BlockString",
    };
    /* clang-format on */
    return names[kind];
}

/* The byte at a position, or -1 behind the end. */
static int byte_at(const struct lexer *lexer, uint32_t position)
{
    struct str source = lexer->document->source;
    return position < source.len ? (unsigned char)source.at[position] : -1;
}

static bool is_class(int byte, uint8_t class)
{
    return byte >= 0 && (classes[byte] & class) != 0;
}

struct token lexer_fail(struct lexer *lexer, uint32_t position, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    struct str text = str_vprintf(lexer->errors->arena, format, arguments);
    va_end(arguments);
    struct error *error =
        errors_add(lexer->errors, "GRAPHQL_PARSE_FAILED", "Syntax Error: %s", text.at);
    error_at(lexer->errors, error, lexer->document, position);
    return (struct token){.kind = TOKEN_FAILED, .at = position, .end = position};
}

uint32_t lexer_character_size(const struct lexer *lexer, uint32_t position)
{
    struct str source = lexer->document->source;
    if (position >= source.len)
        return 0;
    const unsigned char *at = (const unsigned char *)source.at + position;
    return *at < 0x80 ? 1 : (uint32_t)utf8_sequence(at, source.len - position);
}

static uint32_t code_point(const unsigned char *at, uint32_t size)
{
    static const unsigned char first_bits[] = {0, 0x7f, 0x1f, 0x0f, 0x07};
    uint32_t code = at[0] & first_bits[size];
    for (uint32_t i = 1; i < size; i++)
        code = code << 6 | (at[i] & 0x3f);
    return code;
}

struct str lexer_character(const struct lexer *lexer, uint32_t position)
{
    struct arena *arena = lexer->document->arena;
    int byte = byte_at(lexer, position);
    if (byte < 0)
        return STR("<EOF>");
    if (byte == '"')
        return STR("'\"'");
    if (byte >= 0x20 && byte <= 0x7e)
        return str_printf(arena, "\"%c\"", byte);
    uint32_t size = lexer_character_size(lexer, position);
    if (size == 0)
        return str_printf(arena, "byte 0x%02X, which is not UTF-8", (unsigned)byte);
    return str_printf(
        arena, "U+%04X",
        code_point((const unsigned char *)lexer->document->source.at + position, size));
}

/* White space, commas, byte order marks and comments. A character in a comment that is not UTF-8
 * ends it, so that it is refused as a token. */
static uint32_t skip_ignored(const struct lexer *lexer, uint32_t position)
{
    struct str source = lexer->document->source;
    while (position < source.len) {
        unsigned char byte = (unsigned char)source.at[position];
        if (classes[byte] & IGNORED) {
            position++;
        } else if (byte == '#') {
            uint32_t size = 1;
            while (size != 0 && byte_at(lexer, position) != '\n' &&
                   byte_at(lexer, position) != '\r') {
                position += size;
                size = lexer_character_size(lexer, position);
            }
        } else if (byte == 0xef && source.len - position >= 3 &&
                   memcmp(source.at + position, "\xef\xbb\xbf", 3) == 0) {
            position += 3;
        } else {
            break;
        }
    }
    return position;
}

static struct token make_token(struct lexer *lexer, enum token_kind kind, uint32_t start,
                               uint32_t end)
{
    lexer->position = end;
    return (struct token){.kind = kind, .at = start, .end = end};
}

static struct token make_text_token(struct lexer *lexer, enum token_kind kind, uint32_t start,
                                    uint32_t end)
{
    struct token token = make_token(lexer, kind, start, end);
    token.text = (struct str){.at = lexer->document->source.at + start, .len = end - start};
    return token;
}

/* Behind one or more digits; the same position when there is none. */
static uint32_t skip_digits(const struct lexer *lexer, uint32_t position)
{
    while (is_class(byte_at(lexer, position), DIGIT))
        position++;
    return position;
}

static struct token fail_digit(struct lexer *lexer, uint32_t position)
{
    return lexer_fail(lexer, position, "Invalid number, expected digit but got: " STR_FMT ".",
                      STR_ARG(lexer_character(lexer, position)));
}

/* IntValue and FloatValue (specification §2.9.1, §2.9.2). */
static struct token read_number(struct lexer *lexer, uint32_t start)
{
    enum token_kind kind = TOKEN_INT;
    uint32_t position = start + (byte_at(lexer, start) == '-');
    uint32_t end = skip_digits(lexer, position);
    if (end == position)
        return fail_digit(lexer, position);
    if (byte_at(lexer, position) == '0' && end > position + 1)
        return lexer_fail(lexer, position + 1,
                          "Invalid number, unexpected digit after 0: " STR_FMT ".",
                          STR_ARG(lexer_character(lexer, position + 1)));
    if (byte_at(lexer, end) == '.') {
        kind = TOKEN_FLOAT;
        position = end + 1;
        end = skip_digits(lexer, position);
        if (end == position)
            return fail_digit(lexer, position);
    }
    if (byte_at(lexer, end) == 'e' || byte_at(lexer, end) == 'E') {
        kind = TOKEN_FLOAT;
        position = end + 1;
        position += byte_at(lexer, position) == '+' || byte_at(lexer, position) == '-';
        end = skip_digits(lexer, position);
        if (end == position)
            return fail_digit(lexer, position);
    }
    if (byte_at(lexer, end) == '.' || is_class(byte_at(lexer, end), NAME_START))
        return fail_digit(lexer, end);
    return make_text_token(lexer, kind, start, end);
}

static struct token read_dots(struct lexer *lexer, uint32_t start)
{
    if (byte_at(lexer, start + 1) == '.') {
        if (byte_at(lexer, start + 2) == '.')
            return make_token(lexer, TOKEN_SPREAD, start, start + 3);
        return lexer_fail(lexer, start, "Unexpected \"..\", did you mean \"...\"?");
    }
    uint32_t end = skip_digits(lexer, start + 1);
    if (end > start + 1)
        return lexer_fail(lexer, start,
                          "Invalid number, expected digit before \".\", did you mean \"0.%.*s\"?",
                          (int)(end - start - 1), lexer->document->source.at + start + 1);
    return lexer_fail(lexer, start, "Unexpected character: \".\".");
}

static struct token fail_character(struct lexer *lexer, uint32_t start)
{
    if (byte_at(lexer, start) == '\'')
        return lexer_fail(
            lexer, start,
            "Unexpected single quote character ('), did you mean to use a double quote (\")?");
    return lexer_fail(lexer, start, "%s character: " STR_FMT ".",
                      lexer_character_size(lexer, start) == 0 ? "Invalid" : "Unexpected",
                      STR_ARG(lexer_character(lexer, start)));
}

struct token lexer_next(struct lexer *lexer)
{
    uint32_t start = skip_ignored(lexer, lexer->position);
    lexer->position = start;
    struct str source = lexer->document->source;
    if (start == source.len)
        return make_token(lexer, TOKEN_END, start, start);
    unsigned char byte = (unsigned char)source.at[start];
    if (classes[byte] & NAME_START) {
        uint32_t end = start + 1;
        while (end < source.len && (classes[(unsigned char)source.at[end]] & NAME_PART))
            end++;
        return make_text_token(lexer, TOKEN_NAME, start, end);
    }
    if (punctuators[byte] != 0)
        return make_token(lexer, punctuators[byte], start, start + 1);
    if (byte == '.')
        return read_dots(lexer, start);
    if (byte == '"') {
        bool block = byte_at(lexer, start + 1) == '"' && byte_at(lexer, start + 2) == '"';
        return block ? lexer_read_block_string(lexer) : lexer_read_string(lexer);
    }
    if (byte == '-' || (classes[byte] & DIGIT))
        return read_number(lexer, start);
    return fail_character(lexer, start);
}

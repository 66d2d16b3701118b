/* lexer_strings: strings are first checked to their end, then decoded if there is anything to
 * decode. */
#include "graphql/lexer_strings.h"

#include "base/arena.h"

struct escape {
    uint32_t size;  /* bytes in the source; 0: refused */
    uint32_t value; /* a Unicode scalar value */
};

static int byte_at(const struct lexer *lexer, uint32_t position)
{
    struct str source = lexer->document->source;
    return position < source.len ? (unsigned char)source.at[position] : -1;
}

static int hex_digit(int byte)
{
    if (byte >= '0' && byte <= '9')
        return byte - '0';
    if (byte >= 'A' && byte <= 'F')
        return byte - 'A' + 10;
    if (byte >= 'a' && byte <= 'f')
        return byte - 'a' + 10;
    return -1;
}

static bool is_scalar_value(int64_t code)
{
    return (code >= 0 && code <= 0xd7ff) || (code >= 0xe000 && code <= 0x10ffff);
}

/* The source from a position on, as many UTF-16 code units of it as messages quote. */
static struct str quote_source(const struct lexer *lexer, uint32_t position, uint32_t units)
{
    uint32_t end = position;
    while (units > 0) {
        uint32_t size = lexer_character_size(lexer, end);
        if (size == 0)
            break;
        end += size;
        units -= size == 4 && units > 1 ? 2 : 1;
    }
    return (struct str){.at = lexer->document->source.at + position, .len = end - position};
}

static struct escape refuse_unicode(struct lexer *lexer, uint32_t position, uint32_t units)
{
    lexer_fail(lexer, position, "Invalid Unicode escape sequence: \"" STR_FMT "\".",
               STR_ARG(quote_source(lexer, position, units)));
    return (struct escape){0};
}

/* \u{1F600} */
static struct escape read_braced_unicode(struct lexer *lexer, uint32_t position)
{
    int64_t code = 0;
    uint32_t size = 3;
    while (size < 12) {
        int byte = byte_at(lexer, position + size++);
        if (byte == '}') {
            if (size < 5 || !is_scalar_value(code))
                break;
            return (struct escape){.size = size, .value = (uint32_t)code};
        }
        if (hex_digit(byte) < 0)
            break;
        code = code << 4 | hex_digit(byte);
        if (code > INT32_MAX)
            break;
    }
    return refuse_unicode(lexer, position, size);
}

/* Four hexadecimal digits, or a negative number. */
static int read_four_digits(const struct lexer *lexer, uint32_t position)
{
    int code = 0;
    for (uint32_t i = 0; i < 4; i++) {
        int digit = hex_digit(byte_at(lexer, position + i));
        if (digit < 0)
            return -1;
        code = code << 4 | digit;
    }
    return code;
}

/* \u00E9, or two of them when they are a surrogate pair. */
static struct escape read_fixed_unicode(struct lexer *lexer, uint32_t position)
{
    int code = read_four_digits(lexer, position + 2);
    if (is_scalar_value(code))
        return (struct escape){.size = 6, .value = (uint32_t)code};
    bool leading = code >= 0xd800 && code <= 0xdbff;
    if (leading && byte_at(lexer, position + 6) == '\\' && byte_at(lexer, position + 7) == 'u') {
        int trailing = read_four_digits(lexer, position + 8);
        if (trailing >= 0xdc00 && trailing <= 0xdfff)
            return (struct escape){
                .size = 12,
                .value =
                    0x10000u + ((uint32_t)(code - 0xd800) << 10) + (uint32_t)(trailing - 0xdc00),
            };
    }
    return refuse_unicode(lexer, position, 6);
}

static struct escape read_escape(struct lexer *lexer, uint32_t position)
{
    static const char simple[256] = {
        ['"'] = '"',  ['\\'] = '\\', ['/'] = '/',  ['b'] = '\b',
        ['f'] = '\f', ['n'] = '\n',  ['r'] = '\r', ['t'] = '\t',
    };
    int byte = byte_at(lexer, position + 1);
    if (byte == 'u')
        return byte_at(lexer, position + 2) == '{' ? read_braced_unicode(lexer, position)
                                                   : read_fixed_unicode(lexer, position);
    if (byte >= 0 && simple[byte] != 0)
        return (struct escape){.size = 2, .value = (unsigned char)simple[byte]};
    lexer_fail(lexer, position, "Invalid character escape sequence: \"" STR_FMT "\".",
               STR_ARG(quote_source(lexer, position, 2)));
    return (struct escape){0};
}

static char *write_utf8(char *to, uint32_t code)
{
    if (code < 0x80) {
        *to++ = (char)code;
        return to;
    }
    if (code < 0x800) {
        *to++ = (char)(0xc0 | code >> 6);
    } else {
        if (code < 0x10000) {
            *to++ = (char)(0xe0 | code >> 12);
        } else {
            *to++ = (char)(0xf0 | code >> 18);
            *to++ = (char)(0x80 | (code >> 12 & 0x3f));
        }
        *to++ = (char)(0x80 | (code >> 6 & 0x3f));
    }
    *to++ = (char)(0x80 | (code & 0x3f));
    return to;
}

/* Every escape is longer than what it stands for, so the written length is enough. */
static struct str decode_escapes(struct lexer *lexer, uint32_t start, uint32_t end)
{
    const char *source = lexer->document->source.at;
    char *text = arena_text(lexer->document->arena, end - start);
    char *to = text;
    for (uint32_t position = start; position < end;) {
        if (source[position] != '\\') {
            *to++ = source[position++];
            continue;
        }
        struct escape escape = read_escape(lexer, position);
        to = write_utf8(to, escape.value);
        position += escape.size;
    }
    return (struct str){.at = text, .len = (size_t)(to - text)};
}

static struct token fail_in_string(struct lexer *lexer, uint32_t position)
{
    return lexer_fail(lexer, position, "Invalid character within String: " STR_FMT ".",
                      STR_ARG(lexer_character(lexer, position)));
}

struct token lexer_read_string(struct lexer *lexer)
{
    struct str source = lexer->document->source;
    uint32_t start = lexer->position;
    uint32_t position = start + 1;
    bool escaped = false;
    while (position < source.len && source.at[position] != '"') {
        char c = source.at[position];
        if (c == '\n' || c == '\r')
            break;
        uint32_t size =
            c == '\\' ? read_escape(lexer, position).size : lexer_character_size(lexer, position);
        if (size == 0)
            return c == '\\' ? (struct token){.kind = TOKEN_FAILED, .at = position, .end = position}
                             : fail_in_string(lexer, position);
        escaped = escaped || c == '\\';
        position += size;
    }
    if (byte_at(lexer, position) != '"')
        return lexer_fail(lexer, position, "Unterminated string.");
    lexer->position = position + 1;
    struct token token = {.kind = TOKEN_STRING, .at = start, .end = position + 1};
    token.text = escaped ? decode_escapes(lexer, start + 1, position)
                         : (struct str){.at = source.at + start + 1, .len = position - start - 1};
    return token;
}

/* A line of a block string, without its end; *next is where the following one begins. */
static struct str block_line(struct str raw, size_t start, size_t *next)
{
    size_t end = start;
    while (end < raw.len && raw.at[end] != '\n' && raw.at[end] != '\r')
        end++;
    *next = end + 1;
    if (end + 1 < raw.len && raw.at[end] == '\r' && raw.at[end + 1] == '\n')
        *next = end + 2;
    return (struct str){.at = raw.at + start, .len = end - start};
}

static size_t indentation(struct str line)
{
    size_t indent = 0;
    while (indent < line.len && (line.at[indent] == ' ' || line.at[indent] == '\t'))
        indent++;
    return indent;
}

static char *write_block_line(char *to, struct str line)
{
    for (size_t i = 0; i < line.len; i++) {
        if (line.len - i >= 4 && memcmp(line.at + i, "\\\"\"\"", 4) == 0)
            continue;
        *to++ = line.at[i];
    }
    return to;
}

/* BlockStringValue() (specification §2.9.4): common indentation and blank outer lines go. */
static struct str block_value(struct lexer *lexer, struct str raw)
{
    size_t common = SIZE_MAX, first = SIZE_MAX, last = 0, number = 0, next = 0;
    for (size_t start = 0; start <= raw.len; start = next, number++) {
        struct str line = block_line(raw, start, &next);
        size_t indent = indentation(line);
        if (indent == line.len)
            continue;
        first = first == SIZE_MAX ? number : first;
        last = number;
        if (number != 0 && indent < common)
            common = indent;
    }
    if (first == SIZE_MAX)
        return STR("");
    char *text = arena_text(lexer->document->arena, raw.len + 1);
    char *to = text;
    number = 0;
    for (size_t start = 0; start <= raw.len && number <= last; start = next, number++) {
        struct str line = block_line(raw, start, &next);
        if (number < first)
            continue;
        size_t cut = number == 0 ? 0 : common < line.len ? common : line.len;
        if (number > first)
            *to++ = '\n';
        to = write_block_line(to, (struct str){.at = line.at + cut, .len = line.len - cut});
    }
    return (struct str){.at = text, .len = (size_t)(to - text)};
}

struct token lexer_read_block_string(struct lexer *lexer)
{
    struct str source = lexer->document->source;
    uint32_t start = lexer->position;
    uint32_t position = start + 3;
    while (position < source.len) {
        size_t left = source.len - position;
        const char *at = source.at + position;
        if (left >= 3 && memcmp(at, "\"\"\"", 3) == 0) {
            lexer->position = position + 3;
            struct str raw = {.at = source.at + start + 3, .len = position - start - 3};
            return (struct token){.kind = TOKEN_BLOCK_STRING,
                                  .at = start,
                                  .end = position + 3,
                                  .text = block_value(lexer, raw)};
        }
        if (left >= 4 && memcmp(at, "\\\"\"\"", 4) == 0) {
            position += 4;
            continue;
        }
        uint32_t size = lexer_character_size(lexer, position);
        if (size == 0)
            return fail_in_string(lexer, position);
        position += size;
    }
    return lexer_fail(lexer, position, "Unterminated string.");
}

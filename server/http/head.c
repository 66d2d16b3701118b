/* head: whether a request's head can be understood in one way only. */
#include "http/head.h"

#include <ctype.h>
#include <strings.h>

enum {
    HEAD_BYTES = 16 * 1024,
    HEAD_LINES = 64,
};

/* What is counted while the lines go by. */
struct head_count {
    unsigned lines;
    unsigned hosts;
    unsigned lengths;
    unsigned encodings;
    unsigned authorizations;
};

static const struct head_problem none;

static struct head_problem bad(const char *message)
{
    return (struct head_problem){.http_status = 400, .message = message};
}

/* tchar of RFC 9110 §5.6.2. */
static const bool token_chars[256] = {
    ['0' ... '9'] = true, ['A' ... 'Z'] = true, ['a' ... 'z'] = true, ['!'] = true,  ['#'] = true,
    ['$'] = true,         ['%'] = true,         ['&'] = true,         ['\''] = true, ['*'] = true,
    ['+'] = true,         ['-'] = true,         ['.'] = true,         ['^'] = true,  ['_'] = true,
    ['`'] = true,         ['|'] = true,         ['~'] = true,
};

static bool name_is(struct str name, const char *lower)
{
    return name.len == strlen(lower) && strncasecmp(name.at, lower, name.len) == 0;
}

static struct str trimmed(struct str value)
{
    while (value.len > 0 && (value.at[0] == ' ' || value.at[0] == '\t'))
        value.at++, value.len--;
    while (value.len > 0 && (value.at[value.len - 1] == ' ' || value.at[value.len - 1] == '\t'))
        value.len--;
    return value;
}

static bool only_digits(struct str value)
{
    for (size_t i = 0; i < value.len; i++)
        if (!isdigit((unsigned char)value.at[i]))
            return false;
    return value.len > 0 && value.len <= 15;
}

/* Whether one of eight bytes is below a space, or DEL; bytes from 0x80 on may be taken for one,
 * too. */
static bool may_have_control_char(const char *at)
{
    const uint64_t ones = UINT64_C(0x0101010101010101), highest = ones << 7;
    uint64_t eight;
    memcpy(&eight, at, sizeof(eight));
    uint64_t not_del = eight ^ (ones * 0x7f);
    return (((eight - ones * 0x20) | (not_del - ones) | eight) & highest) != 0;
}

static bool has_control_char(struct str value)
{
    while (value.len >= sizeof(uint64_t) && !may_have_control_char(value.at))
        value.at += sizeof(uint64_t), value.len -= sizeof(uint64_t);
    for (size_t i = 0; i < value.len; i++)
        if (((unsigned char)value.at[i] < 0x20 && value.at[i] != '\t') || value.at[i] == 0x7f)
            return true;
    return false;
}

static struct head_problem check_field(struct str line, struct head_count *count)
{
    const char *colon = memchr(line.at, ':', line.len);
    if (colon == NULL || colon == line.at)
        return bad("A header line has no name.");
    struct str name = {.at = line.at, .len = (size_t)(colon - line.at)};
    struct str value = trimmed((struct str){.at = colon + 1, .len = line.len - name.len - 1});
    for (size_t i = 0; i < name.len; i++)
        if (!token_chars[(unsigned char)name.at[i]])
            return bad("A header's name has a character that is not allowed there.");
    if (has_control_char(value))
        return bad("A header's value has a control character.");

    if (name_is(name, "content-length")) {
        if (count->lengths++ > 0 || !only_digits(value))
            return bad("Content-Length must be one number.");
    } else if (name_is(name, "transfer-encoding")) {
        if (count->encodings++ > 0 || !name_is(value, "chunked"))
            return bad("Transfer-Encoding can only be chunked.");
    } else if (name_is(name, "host")) {
        count->hosts++;
    } else if (name_is(name, "authorization")) {
        if (count->authorizations++ > 0)
            return bad("There are two Authorization headers.");
    }
    return none;
}

/* The next line without its end; false at the blank line, and where the input is wrong. */
static bool next_line(struct str *rest, struct str *line, struct head_problem *problem)
{
    const char *end = memchr(rest->at, '\n', rest->len);
    if (end == NULL) {
        *problem = (struct head_problem){431, "The request's headers are too long."};
        return false;
    }
    if (end == rest->at || end[-1] != '\r') {
        *problem = bad("A line of the head ends without a carriage return.");
        return false;
    }
    *line = (struct str){.at = rest->at, .len = (size_t)(end - rest->at) - 1};
    rest->len -= (size_t)(end + 1 - rest->at);
    rest->at = end + 1;
    return line->len > 0;
}

struct head_problem head_check(struct str input)
{
    struct str rest = {.at = input.at, .len = input.len < HEAD_BYTES ? input.len : HEAD_BYTES},
               line;
    struct head_count count = {0};
    struct head_problem problem = none;

    if (!next_line(&rest, &line, &problem))
        return problem.http_status != 0 ? problem : bad("There is no request line.");
    while (next_line(&rest, &line, &problem)) {
        if (++count.lines > HEAD_LINES)
            return (struct head_problem){431, "The request has too many headers."};
        if (line.at[0] == ' ' || line.at[0] == '\t')
            return bad("A header is folded over two lines.");
        problem = check_field(line, &count);
        if (problem.http_status != 0)
            return problem;
    }
    if (problem.http_status != 0)
        return problem;
    if (count.lengths > 0 && count.encodings > 0)
        return bad("Content-Length and Transfer-Encoding contradict each other.");
    if (count.hosts != 1)
        return bad("There must be one Host header.");
    return none;
}

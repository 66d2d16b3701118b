/* plain_body: the usual body of a request, read without making a tree of it. */
#include "http/plain_body.h"

#include "base/arena.h"
#include "base/encode.h"

struct reader {
    struct arena *arena;
    const char *at, *end;
};

static void skip_space(struct reader *reader)
{
    while (reader->at < reader->end && (*reader->at == ' ' || *reader->at == '\t' ||
                                        *reader->at == '\n' || *reader->at == '\r'))
        reader->at++;
}

/* The next character that is no space, if it is this one. */
static bool take(struct reader *reader, char c)
{
    skip_space(reader);
    if (reader->at == reader->end || *reader->at != c)
        return false;
    reader->at++;
    return true;
}

/* The end of a text, where no space may be left out. */
static bool take_quote(struct reader *reader)
{
    if (reader->at == reader->end || *reader->at != '"')
        return false;
    reader->at++;
    return true;
}

/* What stands behind a backslash; NUL for what is not one of the short escapes. */
static char unescaped(char c)
{
    static const char escapes[][2] = {{'"', '"'},  {'\\', '\\'}, {'/', '/'},  {'b', '\b'},
                                      {'f', '\f'}, {'n', '\n'},  {'r', '\r'}, {'t', '\t'}};
    for (size_t i = 0; i < sizeof(escapes) / sizeof(*escapes); i++)
        if (escapes[i][0] == c)
            return escapes[i][1];
    return '\0';
}

/* The rest of a text in which there are escapes, behind what needs no change. */
static bool take_escaped(struct reader *reader, const char *begin, struct str *text)
{
    size_t len = (size_t)(reader->at - begin);
    char *out = arena_text(reader->arena, (size_t)(reader->end - begin));
    memcpy(out, begin, len);
    for (; reader->at < reader->end && *reader->at != '"'; reader->at++) {
        char c = *reader->at;
        if (c == '\\')
            c = ++reader->at < reader->end ? unescaped(*reader->at) : '\0';
        else if ((unsigned char)c < 0x20)
            c = '\0';
        if (c == '\0')
            return false;
        out[len++] = c;
    }
    *text = (struct str){.at = out, .len = len};
    return take_quote(reader);
}

static bool take_text(struct reader *reader, struct str *text)
{
    if (!take(reader, '"'))
        return false;
    const char *begin = reader->at;
    while (reader->at < reader->end && (unsigned char)*reader->at >= 0x20 && *reader->at != '"' &&
           *reader->at != '\\')
        reader->at++;
    if (reader->at < reader->end && *reader->at == '\\')
        return take_escaped(reader, begin, text);
    *text = (struct str){.at = begin, .len = (size_t)(reader->at - begin)};
    return take_quote(reader);
}

/* From an opening brace to the one that closes it, whatever is between. */
static bool take_object(struct reader *reader, struct str *text)
{
    bool in_text = false;
    int depth = 0;
    skip_space(reader);
    const char *begin = reader->at;
    if (begin == reader->end || *begin != '{')
        return false;
    for (; reader->at < reader->end; reader->at++) {
        char c = *reader->at;
        if (c == '"')
            in_text = !in_text;
        else if (in_text)
            reader->at += c == '\\' && reader->at + 1 < reader->end;
        else
            depth += (c == '{') - (c == '}');
        if (depth == 0) {
            reader->at++;
            *text = (struct str){.at = begin, .len = (size_t)(reader->at - begin)};
            return true;
        }
    }
    return false;
}

static bool take_member(struct reader *reader, struct parameters *parameters, struct str *variables)
{
    struct str name, *value;
    if (!take_text(reader, &name) || !take(reader, ':'))
        return false;
    if (str_is(name, "variables"))
        return variables->at == NULL && take_object(reader, variables);
    value = str_is(name, "query")           ? &parameters->query
            : str_is(name, "documentId")    ? &parameters->document_id
            : str_is(name, "operationName") ? &parameters->operation_name
                                            : NULL;
    return value != NULL && value->at == NULL && take_text(reader, value);
}

bool plain_body_read(struct parameters *parameters, struct arena *arena, struct str body,
                     struct str *variables)
{
    struct reader reader = {.arena = arena, .at = body.at, .end = body.at + body.len};
    *variables = (struct str){0};
    if (!take(&reader, '{') || !take_member(&reader, parameters, variables))
        return false;
    while (take(&reader, ','))
        if (!take_member(&reader, parameters, variables))
            return false;
    if (!take(&reader, '}'))
        return false;
    skip_space(&reader);
    return reader.at == reader.end && utf8_valid(body);
}

/* language: short ways for tests to parse, build and validate, and to see what was said about it.
 */
#pragma once

#include "base/arena.h"
#include "base/buf.h"
#include "graphql/errors.h"
#include "graphql/parser.h"
#include "graphql/schema.h"
#include "graphql/validate.h"
#include "unit/test.h"
#include <time.h>

static inline double seconds(void)
{
    struct timespec now;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
    return (double)now.tv_sec + (double)now.tv_nsec * 1e-9;
}

/* The messages, each on a line of its own, with the code in brackets if it is `code`. */
static inline struct str messages(struct arena *arena, const struct errors *errors)
{
    struct buf buf;
    buf_init(&buf, arena, 256);
    for (const struct error *error = errors->first; error != NULL; error = error->next) {
        buf_add(&buf, error->message);
        if (error->code != NULL && str_is(str_of(error->code), "LIMIT"))
            buf_add(&buf, STR(" [LIMIT]"));
        buf_add_char(&buf, '\n');
    }
    return buf_str(&buf);
}

static inline struct document *parse_text(struct arena *arena, struct str text,
                                          const struct parse_limits *limits, struct errors *errors)
{
    static const struct parse_limits unlimited;
    errors_init(errors, arena, 0);
    return parse(arena, text, limits == NULL ? &unlimited : limits, errors);
}

static inline struct schema *build(struct arena *arena, const char *text, struct errors *errors)
{
    struct document *document = parse_text(arena, str_of(text), NULL, errors);
    return document == NULL ? NULL : schema_build(arena, &document, 1, errors);
}

/* What a viewer with these rights is told of the document: nothing when it is fine. */
static inline struct str verdict_for(struct arena *arena, const struct schema *schema,
                                     struct str text, uint64_t rights,
                                     const struct validate_limits *limits)
{
    static const struct validate_limits unlimited;
    struct errors errors;
    struct document *document = parse_text(arena, text, NULL, &errors);
    if (document != NULL) {
        errors_init(&errors, arena, 6);
        validate(schema, document, rights, limits == NULL ? &unlimited : limits, &errors);
    }
    return messages(arena, &errors);
}

static inline struct str verdict(struct arena *arena, const struct schema *schema, const char *text)
{
    return verdict_for(arena, schema, str_of(text), ~(uint64_t)0, NULL);
}

/* `text` so many times, between a beginning and an end. */
static inline struct str repeated(struct arena *arena, const char *before, const char *text,
                                  size_t count, const char *after)
{
    struct buf buf;
    buf_init(&buf, arena, strlen(before) + strlen(after) + count * strlen(text));
    buf_add(&buf, str_of(before));
    for (size_t i = 0; i < count; i++)
        buf_add(&buf, str_of(text));
    buf_add(&buf, str_of(after));
    return buf_str(&buf);
}

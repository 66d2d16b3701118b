/* enum_label: what the values of enums are called, in the nearest language there is. */
#include "resolvers/enum_label.h"

#include "base/arena.h"
#include "base/buf.h"

enum { TAG_BYTES_LIMIT = 35 }; /* RFC 5646 §4.4.1 */

/* de for de-AT */
static struct str base_language(struct str tag)
{
    const char *dash = memchr(tag.at, '-', tag.len);
    return (struct str){.at = tag.at, .len = dash == NULL ? tag.len : (size_t)(dash - tag.at)};
}

enum status enum_label_language(const struct field *field, const struct input *arguments,
                                struct arena *arena, struct predicate *out, struct str *problem)
{
    struct str tag = arguments[0].text;
    if (tag.len == 0 || tag.len > TAG_BYTES_LIMIT) {
        *problem = STR("Give the language as a BCP 47 tag, for example de or pt-BR.");
        return STATUS_INVALID;
    }
    /* The longer of two tags that begin alike is the greater one. */
    buf_add(out->sql, STR("t.language = COALESCE((SELECT MAX(l.language) FROM enum_label AS l "
                          "WHERE l.language IN (?, ?)), 'en')"));
    out->parameters[out->parameter_count++] = cell_text(tag);
    out->parameters[out->parameter_count++] = cell_text(base_language(tag));
    return STATUS_OK;
}

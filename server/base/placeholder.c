/* placeholder: {{names}} in a text, and what they stand for. */
#include "placeholder.h"

#include "buf.h"

static const struct placeholder *find(struct str name, const struct placeholder *placeholders,
                                      uint32_t count)
{
    for (uint32_t i = 0; i < count; i++) {
        if (str_equal(placeholders[i].name, name))
            return &placeholders[i];
    }
    return NULL;
}

/* Of the name after "{{" at the text's beginning; 0: there is no "}}" behind it. */
static size_t name_length(struct str text)
{
    for (size_t i = 2; i + 1 < text.len; i++) {
        if (text.at[i] == '}' && text.at[i + 1] == '}')
            return i - 2;
    }
    return 0;
}

struct str placeholder_fill(struct arena *arena, struct str text,
                            const struct placeholder *placeholders, uint32_t count)
{
    struct buf out;
    buf_init(&out, arena, text.len + 64);
    while (text.len > 0) {
        size_t name_len = str_starts(text, STR("{{")) ? name_length(text) : 0;
        struct str name = {.at = text.at + 2, .len = name_len};
        const struct placeholder *found = name_len == 0 ? NULL : find(name, placeholders, count);
        size_t used = found == NULL ? 1 : name_len + 4;
        buf_add(&out, found == NULL ? (struct str){.at = text.at, .len = 1} : found->value);
        text = (struct str){.at = text.at + used, .len = text.len - used};
    }
    return buf_str(&out);
}

struct str placeholder_missing(struct str text, const struct placeholder *placeholders,
                               uint32_t count)
{
    for (size_t i = 0; i + 1 < text.len; i++) {
        struct str rest = {.at = text.at + i, .len = text.len - i};
        size_t len = str_starts(rest, STR("{{")) ? name_length(rest) : 0;
        struct str name = {.at = rest.at + 2, .len = len};
        const struct placeholder *found = len == 0 ? NULL : find(name, placeholders, count);
        if (len > 0 && (found == NULL || found->value.len == 0))
            return name;
    }
    return (struct str){0};
}

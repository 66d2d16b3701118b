/* search_pattern: what somebody typed into one field of a search, as it is compared with terms. */
#include "resolvers/search_pattern.h"

#include "base/arena.h"
#include "base/buf.h"
#include "db/fold.h"
#include <ctype.h>

bool search_is_number(struct str text)
{
    size_t digits = 0;
    for (size_t i = 0; i < text.len; i++) {
        unsigned char c = (unsigned char)text.at[i];
        if (isdigit(c))
            digits++;
        else if (strchr(" +()-/.", c) == NULL || c == '\0')
            return false;
    }
    return digits >= SEARCH_SHORTEST;
}

struct str search_digits(struct arena *arena, struct str text)
{
    char *digits = arena_text(arena, text.len + 1);
    size_t len = 0;
    for (size_t i = 0; i < text.len; i++) {
        if (isdigit((unsigned char)text.at[i]))
            digits[len++] = text.at[i];
    }
    struct str number = {.at = digits, .len = len};
    if (str_starts(number, STR("00")) && len > 4)
        number = (struct str){.at = digits + 2, .len = len - 2};
    return number;
}

struct str search_without_apostrophes(struct arena *arena, struct str word)
{
    char *joined = arena_text(arena, word.len + 1);
    size_t len = 0;
    for (size_t i = 0; i < word.len; i++) {
        if (word.at[i] != '\'')
            joined[len++] = word.at[i];
    }
    return (struct str){.at = joined, .len = len};
}

static struct str trimmed(struct str text)
{
    while (text.len > 0 && isspace((unsigned char)text.at[0]))
        text = (struct str){.at = text.at + 1, .len = text.len - 1};
    while (text.len > 0 && isspace((unsigned char)text.at[text.len - 1]))
        text.len--;
    return text;
}

static size_t characters(struct str text)
{
    size_t count = 0;
    for (size_t i = 0; i < text.len; i++)
        count += ((unsigned char)text.at[i] & 0xC0) != 0x80;
    return count;
}

/* Takes the percent signs off both ends. */
static enum search_form take_form(struct str *value, bool like)
{
    if (!like)
        return SEARCH_EQUAL;
    bool front = false, back = false;
    while (value->len > 0 && value->at[0] == '%') {
        *value = (struct str){.at = value->at + 1, .len = value->len - 1};
        front = true;
    }
    while (value->len > 0 && value->at[value->len - 1] == '%') {
        value->len--;
        back = true;
    }
    if (front)
        return back ? SEARCH_CONTAINS : SEARCH_ENDS;
    return SEARCH_BEGINS;
}

/* Of several words the first is open at the front, the last as the value is; what is between begins
 * a word, unless all have to be equal. */
static enum search_form form_of_word(enum search_form form, bool first, bool last)
{
    if (form == SEARCH_EQUAL || form == SEARCH_BEGINS || (first && last))
        return form;
    if (first)
        return SEARCH_ENDS;
    return last && form == SEARCH_ENDS ? SEARCH_EQUAL : SEARCH_BEGINS;
}

static uint32_t split_words(struct arena *arena, struct str text, enum search_form form,
                            struct search_pattern *out)
{
    struct str word;
    uint32_t count = 0;
    while (count < SEARCH_WORDS_LIMIT && fold_next_word(&text, &word)) {
        word = search_without_apostrophes(arena, word);
        if (word.len > 0)
            out[count++].text = word;
    }
    for (uint32_t i = 0; i < count; i++)
        out[i].form = form_of_word(form, i == 0, i + 1 == count);
    return count;
}

static enum status check_length(const struct search_pattern *pattern, struct str *problem)
{
    size_t length = characters(pattern->text);
    bool inner = pattern->form == SEARCH_ENDS || pattern->form == SEARCH_CONTAINS;
    if (inner && length < SEARCH_SHORTEST_INNER) {
        *problem = STR("After a % at the front give at least three characters.");
        return STATUS_INVALID;
    }
    if (pattern->form == SEARCH_BEGINS && length < SEARCH_SHORTEST) {
        *problem = STR("Give at least two characters of the beginning.");
        return STATUS_INVALID;
    }
    return STATUS_OK;
}

enum status search_patterns(struct arena *arena, struct str value, bool like, bool is_name,
                            struct search_pattern *out, uint32_t *count, struct str *problem)
{
    *count = 0;
    if (value.len > SEARCH_BYTES_LIMIT) {
        *problem = str_printf(arena, "What is looked for is too long: %d bytes are the most.",
                              SEARCH_BYTES_LIMIT);
        return STATUS_INVALID;
    }
    value = trimmed(value);
    enum search_form form = take_form(&value, like);
    if (is_name) {
        *count = split_words(arena, fold_text(arena, value), form, out);
    } else {
        struct str text = search_is_number(value) ? search_digits(arena, value)
                                                  : trimmed(fold_text(arena, value));
        if (text.len > 0)
            out[(*count)++] = (struct search_pattern){.form = form, .text = text};
    }
    if (*count == 0) {
        *problem = STR("There is nothing to look for: give a letter or a digit.");
        return STATUS_INVALID;
    }
    for (uint32_t i = 0; i < *count; i++)
        TRY(check_length(&out[i], problem));
    return STATUS_OK;
}

struct str search_like(struct arena *arena, const char *before, struct str text, const char *after)
{
    struct buf pattern;
    buf_init(&pattern, arena, text.len + 8);
    buf_add(&pattern, str_of(before));
    buf_add_like(&pattern, text);
    buf_add(&pattern, str_of(after));
    return buf_str(&pattern);
}

/* line: texts that people give: names and subjects of one line, and longer ones. */
#include "resolvers/line.h"

#include "base/encode.h"

static bool is_blank(char c)
{
    return c == ' ' || c == '\n' || c == '\t';
}

struct str line_trimmed(struct str text)
{
    while (text.len > 0 && is_blank(text.at[0]))
        text = (struct str){.at = text.at + 1, .len = text.len - 1};
    while (text.len > 0 && is_blank(text.at[text.len - 1]))
        text.len--;
    return text;
}

static bool is_printable(struct str text, bool lines)
{
    for (size_t i = 0; i < text.len; i++) {
        unsigned char c = (unsigned char)text.at[i];
        bool layout = lines && (c == '\n' || c == '\t');
        if ((c < ' ' && !layout) || c == 0x7f)
            return false;
    }
    return utf8_valid(text);
}

static uint32_t characters_of(struct str text)
{
    uint32_t count = 0;
    for (size_t i = 0; i < text.len; i++)
        count += ((unsigned char)text.at[i] & 0xc0) != 0x80;
    return count;
}

bool line_fits(struct str text, uint32_t characters)
{
    return characters_of(text) <= characters && is_printable(text, false);
}

bool line_fits_note(struct str text, uint32_t characters)
{
    return characters_of(text) <= characters && is_printable(text, true);
}

bool line_fits_text(struct str text, uint32_t bytes)
{
    return text.len <= bytes && is_printable(text, true);
}

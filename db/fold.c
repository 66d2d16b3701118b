/* fold: letters of European scripts to what is left of them without case and accents. */
#include "fold.h"

#include "base/arena.h"

struct fold_range {
    uint32_t first, last;
    const char *to;
};

/* clang-format off */
/* Latin-1, Latin Extended-A and Additional, what Romanian and Vietnamese need of B, combining accents,
 * and the apostrophe of typographers. */
static const struct fold_range fold_ranges[] = {
    {0x00C0, 0x00C5, "a"},   {0x00C6, 0x00C6, "ae"},  {0x00C7, 0x00C7, "c"},   {0x00C8, 0x00CB, "e"},
    {0x00CC, 0x00CF, "i"},   {0x00D0, 0x00D0, "d"},   {0x00D1, 0x00D1, "n"},   {0x00D2, 0x00D6, "o"},
    {0x00D8, 0x00D8, "o"},   {0x00D9, 0x00DC, "u"},   {0x00DD, 0x00DD, "y"},   {0x00DE, 0x00DE, "th"},
    {0x00DF, 0x00DF, "ss"},  {0x00E0, 0x00E5, "a"},   {0x00E6, 0x00E6, "ae"},  {0x00E7, 0x00E7, "c"},
    {0x00E8, 0x00EB, "e"},   {0x00EC, 0x00EF, "i"},   {0x00F0, 0x00F0, "d"},   {0x00F1, 0x00F1, "n"},
    {0x00F2, 0x00F6, "o"},   {0x00F8, 0x00F8, "o"},   {0x00F9, 0x00FC, "u"},   {0x00FD, 0x00FD, "y"},
    {0x00FE, 0x00FE, "th"},  {0x00FF, 0x00FF, "y"},   {0x0100, 0x0105, "a"},   {0x0106, 0x010D, "c"},
    {0x010E, 0x0111, "d"},   {0x0112, 0x011B, "e"},   {0x011C, 0x0123, "g"},   {0x0124, 0x0127, "h"},
    {0x0128, 0x0131, "i"},   {0x0132, 0x0133, "ij"},  {0x0134, 0x0135, "j"},   {0x0136, 0x0138, "k"},
    {0x0139, 0x0142, "l"},   {0x0143, 0x014B, "n"},   {0x014C, 0x0151, "o"},   {0x0152, 0x0153, "oe"},
    {0x0154, 0x0159, "r"},   {0x015A, 0x0161, "s"},   {0x0162, 0x0167, "t"},   {0x0168, 0x0173, "u"},
    {0x0174, 0x0175, "w"},   {0x0176, 0x0178, "y"},   {0x0179, 0x017E, "z"},   {0x017F, 0x017F, "s"},
    {0x01A0, 0x01A1, "o"},   {0x01AF, 0x01B0, "u"},   {0x0218, 0x0219, "s"},   {0x021A, 0x021B, "t"},
    {0x0300, 0x036F, ""},    {0x1E00, 0x1E01, "a"},   {0x1E02, 0x1E07, "b"},   {0x1E08, 0x1E09, "c"},
    {0x1E0A, 0x1E13, "d"},   {0x1E14, 0x1E1D, "e"},   {0x1E1E, 0x1E1F, "f"},   {0x1E20, 0x1E21, "g"},
    {0x1E22, 0x1E2B, "h"},   {0x1E2C, 0x1E2F, "i"},   {0x1E30, 0x1E35, "k"},   {0x1E36, 0x1E3D, "l"},
    {0x1E3E, 0x1E43, "m"},   {0x1E44, 0x1E4B, "n"},   {0x1E4C, 0x1E53, "o"},   {0x1E54, 0x1E57, "p"},
    {0x1E58, 0x1E5F, "r"},   {0x1E60, 0x1E69, "s"},   {0x1E6A, 0x1E71, "t"},   {0x1E72, 0x1E7B, "u"},
    {0x1E7C, 0x1E7F, "v"},   {0x1E80, 0x1E89, "w"},   {0x1E8A, 0x1E8D, "x"},   {0x1E8E, 0x1E8F, "y"},
    {0x1E90, 0x1E95, "z"},   {0x1E9E, 0x1E9E, "ss"},  {0x1EA0, 0x1EB7, "a"},   {0x1EB8, 0x1EC7, "e"},
    {0x1EC8, 0x1ECB, "i"},   {0x1ECC, 0x1EE3, "o"},   {0x1EE4, 0x1EF1, "u"},   {0x1EF2, 0x1EF9, "y"},
    {0x2019, 0x2019, "'"},
};

static const struct fold_range german_ranges[] = {
    {0x00C4, 0x00C4, "ae"}, {0x00D6, 0x00D6, "oe"}, {0x00DC, 0x00DC, "ue"},
    {0x00E4, 0x00E4, "ae"}, {0x00F6, 0x00F6, "oe"}, {0x00FC, 0x00FC, "ue"},
};
/* clang-format on */

static const char *find_range(const struct fold_range *ranges, size_t count, uint32_t point)
{
    for (size_t i = 0; i < count; i++) {
        if (point >= ranges[i].first && point <= ranges[i].last)
            return ranges[i].to;
    }
    return NULL;
}

/* Length of the character at the front, 0 when it is not UTF-8. */
static size_t decode(struct str text, uint32_t *point)
{
    static const uint32_t smallest[] = {0, 0, 0x80, 0x800, 0x10000};
    unsigned char lead = (unsigned char)text.at[0];
    size_t length = lead < 0x80 ? 1 : lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : 2;
    if (length == 1) {
        *point = lead;
        return 1;
    }
    if (lead < 0xC2 || lead > 0xF4 || text.len < length)
        return 0;
    uint32_t value = lead & (0xFFu >> (length + 1));
    for (size_t i = 1; i < length; i++) {
        unsigned char next = (unsigned char)text.at[i];
        if ((next & 0xC0) != 0x80)
            return 0;
        value = value << 6 | (next & 0x3F);
    }
    if (value < smallest[length] || value > 0x10FFFF || (value >= 0xD800 && value <= 0xDFFF))
        return 0;
    *point = value;
    return length;
}

static size_t encode(char *out, uint32_t point)
{
    if (point < 0x80) {
        out[0] = (char)point;
        return 1;
    }
    size_t length = point < 0x800 ? 2 : point < 0x10000 ? 3 : 4;
    static const unsigned char lead[] = {0, 0, 0xC0, 0xE0, 0xF0};
    for (size_t i = length - 1; i > 0; i--) {
        out[i] = (char)(0x80 | (point & 0x3F));
        point >>= 6;
    }
    out[0] = (char)(lead[length] | point);
    return length;
}

/* Greek and Cyrillic capitals lie a fixed step before their small letters. */
static uint32_t lower_other(uint32_t point)
{
    if (point >= 'A' && point <= 'Z')
        return point + 32;
    if ((point >= 0x0391 && point <= 0x03A9) || (point >= 0x0410 && point <= 0x042F))
        return point + 32;
    if (point >= 0x0400 && point <= 0x040F)
        return point + 80;
    return point;
}

static struct str fold(struct arena *arena, struct str text, bool german)
{
    /* The longest growth is one character of two bytes to two of one. */
    char *out = arena_text(arena, text.len * 2 + 1);
    size_t length = 0;
    while (text.len > 0) {
        uint32_t point;
        size_t width = decode(text, &point);
        text.at += width == 0 ? 1 : width;
        text.len -= width == 0 ? 1 : width;
        if (width == 0)
            continue;
        const char *to = NULL;
        if (german)
            to = find_range(german_ranges, sizeof(german_ranges) / sizeof(german_ranges[0]), point);
        if (to == NULL && point >= 0x80)
            to = find_range(fold_ranges, sizeof(fold_ranges) / sizeof(fold_ranges[0]), point);
        if (to == NULL) {
            length += encode(out + length, lower_other(point));
            continue;
        }
        memcpy(out + length, to, strlen(to));
        length += strlen(to);
    }
    return (struct str){.at = out, .len = length};
}

struct str fold_text(struct arena *arena, struct str text)
{
    return fold(arena, text, false);
}

struct str fold_text_german(struct arena *arena, struct str text)
{
    return fold(arena, text, true);
}

/* Letters and digits of any script, and the apostrophe. */
static bool in_word(uint32_t point)
{
    if (point < 0x80)
        return (point >= '0' && point <= '9') || (point >= 'a' && point <= 'z') ||
               (point >= 'A' && point <= 'Z') || point == '\'';
    return point >= 0xC0 && point != 0xD7 && point != 0xF7 && (point < 0x2000 || point > 0x206F) &&
           (point < 0x3000 || point > 0x303F);
}

bool fold_next_word(struct str *rest, struct str *word)
{
    *word = (struct str){0};
    while (rest->len > 0) {
        uint32_t point;
        size_t width = decode(*rest, &point);
        bool inside = width > 0 && in_word(point);
        if (!inside && word->len > 0)
            return true;
        width = width == 0 ? 1 : width;
        if (inside) {
            if (word->len == 0)
                word->at = rest->at;
            word->len += width;
        }
        rest->at += width;
        rest->len -= width;
    }
    return word->len > 0;
}

/* language: tags of languages as people give them. */
#include "resolvers/language.h"

#include <ctype.h>

enum { TAG_BYTES = 35, FIRST_LETTERS = 2, PART_BYTES = 8 };

bool language_valid(struct str tag)
{
    size_t part = 0, parts = 0;
    if (tag.len > TAG_BYTES)
        return false;
    for (size_t i = 0; i <= tag.len; i++) {
        if (i == tag.len || tag.at[i] == '-') {
            if (part < (parts == 0 ? FIRST_LETTERS : 1) || part > PART_BYTES)
                return false;
            parts++;
            part = 0;
            continue;
        }
        unsigned char c = (unsigned char)tag.at[i];
        if (c >= 0x80 || !(parts == 0 ? isalpha(c) : isalnum(c)))
            return false;
        part++;
    }
    return true;
}

/* words: one line that a member of an input says: a reason, a name. */
#include "resolvers/words.h"

#include "graphql/coerce.h"
#include "resolvers/line.h"

struct str words_of(struct act *act, const char *member, uint32_t characters, bool needed)
{
    const struct input *given = act_field(act, member);
    struct str text =
        given == NULL || given->kind == INPUT_NULL ? STR("") : line_trimmed(given->text);
    if (needed && text.len == 0)
        act_error(act, "REQUIRED", member, "Say it in a line of at most %u characters.",
                  characters);
    else if (!line_fits(text, characters))
        act_error(act, "INVALID", member, "Give one line of at most %u characters.", characters);
    return text;
}

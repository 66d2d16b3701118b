/* characteristic: a label in the language that is asked for, of labels in many. */
#include "resolvers/characteristic.h"

#include "base/arena.h"
#include "graphql/coerce.h"
#include <jansson.h>

enum { LABELS, CODE };

static const char *text_in(const json_t *labels, struct str language)
{
    return json_string_value(json_object_getn(labels, language.at, language.len));
}

/* That of the language, of the language without its region, the English one. */
static const char *find(const json_t *labels, struct str language)
{
    const char *region = memchr(language.at, '-', language.len);
    const char *found = text_in(labels, language);
    if (found == NULL && region != NULL)
        found =
            text_in(labels, (struct str){.at = language.at, .len = (size_t)(region - language.at)});
    return found == NULL ? text_in(labels, STR("en")) : found;
}

enum status characteristic_label(struct compute *compute)
{
    struct str language = compute->arguments[0].text;
    for (uint32_t i = 0; i < compute->count; i++) {
        struct str text = cell_str(compute_need(compute, i, LABELS));
        json_t *labels = json_loadb(text.at, text.len, 0, NULL);
        const char *found = find(labels, language);
        compute->out[i] = found == NULL ? *compute_need(compute, i, CODE)
                                        : cell_text(str_copy(compute->arena, str_of(found)));
        json_decref(labels);
    }
    return STATUS_OK;
}

/* hindrance: words with an argument in them, kept in the order they were found. */
#include "resolvers/hindrance.h"

#include "act/act.h"
#include "base/arena.h"
#include "base/viewer.h"
#include <string.h>

void hindrances_begin(struct hindrances *hindrances, struct arena *arena, struct str language)
{
    *hindrances = (struct hindrances){.arena = arena, .language = language};
    hindrances->last = &hindrances->first;
}

static struct str fill(struct arena *arena, const char *text, struct str argument)
{
    const char *place = strstr(text, "{}");
    if (place == NULL)
        return str_of(text);
    return str_printf(arena, "%.*s" STR_FMT "%s", (int)(place - text), text, STR_ARG(argument),
                      place + 2);
}

void hindrance_add(struct hindrances *hindrances, const char *code, const char *en, const char *de,
                   struct str argument)
{
    bool german = str_starts(hindrances->language, STR("de"));
    struct hindrance *hindrance = arena_new(hindrances->arena, struct hindrance);
    *hindrance = (struct hindrance){
        .code = code,
        .label = fill(hindrances->arena, german ? de : en, argument),
    };
    *hindrances->last = hindrance;
    hindrances->last = &hindrance->next;
}

void hindrance_refuse(struct hindrances *hindrances, const char *en, const char *de)
{
    hindrance_add(hindrances, "NOT_ALLOWED", en, de, (struct str){0});
}

void hindrances_of(struct hindrances *hindrances, const struct act *act)
{
    hindrances_begin(hindrances, act->arena, act->viewer->language);
}

void hindrances_refuse(const struct hindrances *hindrances, struct act *act, const char *field)
{
    for (const struct hindrance *each = hindrances->first; each != NULL; each = each->next)
        act_error(act, each->code, field, STR_FMT, STR_ARG(each->label));
}

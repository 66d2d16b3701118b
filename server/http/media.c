/* media: which media type an answer may have, and whether a request's type can be read. */
#include "http/media.h"

#include <strings.h>

static struct str trim(struct str s)
{
    while (s.len > 0 && (s.at[0] == ' ' || s.at[0] == '\t'))
        s.at++, s.len--;
    while (s.len > 0 && (s.at[s.len - 1] == ' ' || s.at[s.len - 1] == '\t'))
        s.len--;
    return s;
}

/* Cuts the text before the separator off the front of *rest. */
static struct str cut(struct str *rest, char separator)
{
    const char *end = memchr(rest->at, separator, rest->len);
    struct str part = {.at = rest->at, .len = end == NULL ? rest->len : (size_t)(end - rest->at)};
    size_t used = end == NULL ? rest->len : part.len + 1;
    rest->at += used;
    rest->len -= used;
    return trim(part);
}

static bool same(struct str s, const char *lower)
{
    return s.len == strlen(lower) && strncasecmp(s.at, lower, s.len) == 0;
}

/* A weight in thousandths; what is not a weight counts as 1 (RFC 9110 §12.4.2). */
static int weight(struct str text)
{
    int value = 0, scale = 1000;
    if (text.len == 0 || (text.at[0] != '0' && text.at[0] != '1'))
        return 1000;
    value = (text.at[0] - '0') * scale;
    for (size_t i = 2; i < text.len && i < 5 && text.at[1] == '.'; i++) {
        if (text.at[i] < '0' || text.at[i] > '9')
            return 1000;
        scale /= 10;
        value += (text.at[i] - '0') * scale;
    }
    return value > 1000 ? 1000 : value;
}

/* How well one range of Accept names a type: 3 in full, 2 by its first half, 1 as anything, 0 not
 * at all. */
static int specificity(struct str range, const char *full)
{
    if (same(range, full))
        return 3;
    if (same(range, "application/*"))
        return 2;
    return same(range, "*/*") ? 1 : 0;
}

/* The weight that the most specific range gives to a type. */
static int accepted_weight(struct str accept, const char *type)
{
    int best = 0, best_weight = 0;
    while (accept.len > 0) {
        struct str item = cut(&accept, ','), range = cut(&item, ';');
        int how = specificity(range, type), given = 1000;
        while (item.len > 0) {
            struct str parameter = cut(&item, ';'), name = cut(&parameter, '=');
            if (same(name, "q"))
                given = weight(parameter);
            else if (same(name, "charset") && !same(parameter, "utf-8") &&
                     !same(parameter, "\"utf-8\""))
                how = 0; /* we write UTF-8 only */
        }
        if (how > best) {
            best = how;
            best_weight = given;
        }
    }
    return best_weight;
}

enum media media_accepted(struct str accept)
{
    if (accept.at == NULL || str_is(accept, "application/json"))
        return MEDIA_JSON;
    int json = accepted_weight(accept, "application/json");
    int graphql = accepted_weight(accept, "application/graphql-response+json");
    if (json == 0 && graphql == 0)
        return MEDIA_NONE;
    if (json != graphql)
        return graphql > json ? MEDIA_GRAPHQL : MEDIA_JSON;
    /* Both named equally: the newer one is meant, unless neither was named at all. */
    for (struct str rest = accept; rest.len > 0;) {
        struct str item = cut(&rest, ',');
        if (same(cut(&item, ';'), "application/graphql-response+json"))
            return MEDIA_GRAPHQL;
    }
    return MEDIA_JSON;
}

bool media_is_json(struct str content_type)
{
    struct str rest = content_type;
    if (str_is(content_type, "application/json"))
        return true;
    if (content_type.at == NULL || !same(cut(&rest, ';'), "application/json"))
        return false;
    while (rest.len > 0) {
        struct str parameter = cut(&rest, ';'), name = cut(&parameter, '=');
        if (same(name, "charset") && !same(parameter, "utf-8") && !same(parameter, "\"utf-8\""))
            return false;
    }
    return true;
}

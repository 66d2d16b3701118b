/* contact_value: telephone numbers and e-mail addresses as people type them.
 *
 * Numbers are kept as E.164 has them, however they were typed.
 */
#include "resolvers/contact_value.h"

#include "base/arena.h"
#include "graphql/coerce.h"
#include "resolvers/line.h"

enum { EMAIL_BYTES = 254, LEAST_DIGITS = 7, MOST_DIGITS = 15 };

static const char telephone_words[] =
    "Give a telephone number with its country code, for example +49 170 1234567.";
static const char email_words[] = "Give an e-mail address, for example anna@example.com.";

/* Of what people put between digits only signs; 00 is a plus. Empty: it is no number. */
static struct str telephone_of(struct arena *arena, struct str text)
{
    char *digits = arena_text(arena, text.len + 1);
    size_t count = 0;
    bool plus = text.len > 0 && text.at[0] == '+';
    for (size_t i = plus ? 1 : 0; i < text.len; i++) {
        char c = text.at[i];
        if (c >= '0' && c <= '9')
            digits[count++] = c;
        else if (strchr(" ()/.-", c) == NULL)
            return (struct str){0};
    }
    struct str number = {.at = digits, .len = count};
    if (!plus && count > 2 && digits[0] == '0' && digits[1] == '0')
        number = (struct str){.at = digits + 2, .len = count - 2};
    else if (!plus)
        return (struct str){0};
    bool fits = number.len >= LEAST_DIGITS && number.len <= MOST_DIGITS && number.at[0] != '0';
    return fits ? str_printf(arena, "+" STR_FMT, STR_ARG(number)) : (struct str){0};
}

static bool is_email(struct str text)
{
    const char *at = memchr(text.at, '@', text.len);
    if (at == NULL || at == text.at || text.len > EMAIL_BYTES || !line_fits(text, EMAIL_BYTES))
        return false;
    struct str domain = {.at = at + 1, .len = text.len - (size_t)(at + 1 - text.at)};
    return memchr(domain.at, '@', domain.len) == NULL && memchr(text.at, ' ', text.len) == NULL &&
           memchr(domain.at, '.', domain.len) != NULL && domain.at[0] != '.' &&
           domain.at[domain.len - 1] != '.';
}

struct str contact_value(struct act *act, const char *member, bool email)
{
    struct str text = line_trimmed(act_field(act, member)->text);
    if (!email)
        text = telephone_of(act->arena, text);
    if (text.len == 0 || (email && !is_email(text)))
        act_error(act, "INVALID", member, "%s", email ? email_words : telephone_words);
    return text;
}

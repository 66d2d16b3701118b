/* access_token: what is stored of the value of a card, tag or login, and looked for. */
#include "access_token.h"

#include "base/arena.h"
#include "base/encode.h"
#include "fold.h"
#include "vault/vault.h"
#include <ctype.h>

static bool is_between(char character)
{
    return isspace((unsigned char)character) || character == '-' || character == ':';
}

struct str access_token_plain(struct arena *arena, struct str value)
{
    struct str folded = fold_text(arena, value);
    char *plain = arena_text(arena, folded.len + 1);
    size_t length = 0;
    for (size_t i = 0; i < folded.len; i++) {
        if (!is_between(folded.at[i]))
            plain[length++] = folded.at[i];
    }
    return (struct str){.at = plain, .len = length};
}

struct str access_token_fingerprint(struct arena *arena, const struct vault *vault,
                                    struct str value)
{
    return hex_encode(arena, vault_fingerprint(arena, vault, access_token_plain(arena, value)));
}

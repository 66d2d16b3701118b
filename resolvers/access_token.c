/* access_token: a card, tag or login that is looked for by its value.
 *
 * Only its fingerprint goes further: neither statements nor logs ever have the value.
 */
#include "resolvers/access_token.h"

#include "db/access_token.h"
#include "resolvers/search_pattern.h"
#include "resolvers/secret_keys.h"

enum status access_token_sought(struct str *fingerprint, struct arena *arena, struct str value,
                                struct str *problem)
{
    if (secret_keys_vault() == NULL) {
        *problem = STR("Cards, tags and logins cannot be looked for here: there are no keys.");
        return STATUS_INVALID;
    }
    if (value.len > SEARCH_BYTES_LIMIT || access_token_plain(arena, value).len == 0) {
        *problem = STR("Give the whole number or name of the card, tag or login.");
        return STATUS_INVALID;
    }
    *fingerprint = access_token_fingerprint(arena, secret_keys_vault(), value);
    return STATUS_OK;
}

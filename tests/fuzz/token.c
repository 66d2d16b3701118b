/* token: whatever the bytes, nothing passes the gate that was not signed with our key.
 *
 * The bytes are tried as a token, and as the claims of one that is signed well: those may pass, and
 * then say what they must.
 */
#include "auth/token.h"

#include "auth/keys.h"
#include "base/arena.h"
#include "base/encode.h"
#include <sodium.h>
#include <stdlib.h>

enum { NOW = 1700000000 };

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static const struct keys *keys(void)
{
    static char folder[] = "/tmp/dossier-fuzz-XXXXXX";
    static const struct keys *opened;
    static struct arena *arena;
    if (opened == NULL) {
        struct str problem;
        if (sodium_init() < 0 || mkdtemp(folder) == NULL)
            abort();
        arena = arena_create();
        opened = keys_open(arena, folder, &problem);
        if (opened == NULL)
            abort();
    }
    return opened;
}

static struct str sign(struct arena *arena, struct str payload)
{
    unsigned char mac[crypto_auth_hmacsha256_BYTES];
    const struct key *key = &keys()->list[0];
    struct str text = str_printf(arena, STR_FMT "." STR_FMT, STR_ARG(key->header),
                                 STR_ARG(base64url_encode(arena, payload)));
    crypto_auth_hmacsha256(mac, (const unsigned char *)text.at, text.len, key->secret);
    struct str signature = base64url_encode(arena, (struct str){(const char *)mac, sizeof(mac)});
    return str_printf(arena, STR_FMT "." STR_FMT, STR_ARG(text), STR_ARG(signature));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct arena *arena = arena_create();
    struct claims claims;
    const char *reason;
    char *text = malloc(size);
    if (size > 0)
        memcpy(text, data, size);
    struct str input = {.at = text, .len = size};
    if (token_read(&claims, arena, keys(), input, NOW, &reason) == STATUS_OK)
        abort();
    if (token_read(&claims, arena, keys(), sign(arena, input), NOW, &reason) == STATUS_OK &&
        (claims.expires_at <= NOW || claims.user_id < 0 || claims.scope_id < 0 || reason != NULL))
        abort();
    arena_destroy(arena);
    free(text);
    return 0;
}

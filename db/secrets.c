/* secrets: random passwords and their hashes, for those whom a command makes. */
#include "secrets.h"

#include "base/arena.h"
#include "base/encode.h"
#include <sodium.h>

enum {
    TOKEN_BYTES = 32,
    PASSWORD_GROUPS = 4,
    HASH_PASSES = 2,
    HASH_MEMORY = 19 << 20,
    PIN_DIGITS = 6,
    PINS = 1000000
};

struct str secrets_password(struct arena *arena)
{
    static const char alphabet[] = "abcdefghjkmnpqrstuvwxyz23456789";
    char *text = arena_text(arena, PASSWORD_GROUPS * 5);
    for (int i = 0; i < PASSWORD_GROUPS * 5 - 1; i++)
        text[i] = i % 5 == 4 ? '-' : alphabet[randombytes_uniform(sizeof(alphabet) - 1)];
    return (struct str){.at = text, .len = PASSWORD_GROUPS * 5 - 1};
}

struct str secrets_hash(struct arena *arena, struct str password)
{
    char *hash = arena_text(arena, crypto_pwhash_STRBYTES);
    if (crypto_pwhash_str_alg(hash, password.at, password.len, HASH_PASSES, HASH_MEMORY,
                              crypto_pwhash_ALG_ARGON2ID13) != 0)
        return (struct str){0};
    return str_of(hash);
}

struct str secrets_token(struct arena *arena)
{
    char bytes[TOKEN_BYTES];
    randombytes_buf(bytes, sizeof(bytes));
    return base64url_encode(arena, (struct str){.at = bytes, .len = sizeof(bytes)});
}

struct str secrets_pin(struct arena *arena)
{
    return str_printf(arena, "%0*u", PIN_DIGITS, randombytes_uniform(PINS));
}

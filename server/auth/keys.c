/* keys: the secrets that tokens are made with. */
#include "auth/keys.h"

#include "auth/token.h"
#include "base/arena.h"
#include <sodium.h>

static void release_keys(void *keys)
{
    sodium_free(keys);
}

static bool add_key(struct keys *keys, struct arena *arena, const char *path, struct str *problem)
{
    struct key *key = &keys->list[keys->count];
    int found = key_file_read(arena, path, "everybody must sign in again", key->secret, problem);
    if (found != 1)
        return found == 0;
    key_file_name(key->name, key->secret);
    key->header = token_header(arena, key);
    keys->count++;
    return true;
}

struct keys *keys_open(struct arena *arena, const char *folder, struct str *problem)
{
    const char *current = str_printf(arena, "%s/token.key", folder).at;
    const char *previous = str_printf(arena, "%s/previous.key", folder).at;

    if (!key_file_ensure(arena, folder, current, problem))
        return NULL;

    struct keys *keys = sodium_malloc(sizeof(*keys));
    if (keys == NULL) {
        *problem = STR("no memory can be locked for the keys; raise the limit (ulimit -l)");
        return NULL;
    }
    arena_defer(arena, release_keys, keys);
    memset(keys, 0, sizeof(*keys));
    if (!add_key(keys, arena, current, problem) || !add_key(keys, arena, previous, problem))
        return NULL;
    if (keys->count == 0) {
        *problem = str_printf(arena, "the key %s vanished while it was read", current);
        return NULL;
    }
    crypto_kdf_derive_from_key(keys->refresh_secret, KEY_BYTES, 1, "refresh_",
                               keys->list[0].secret);
    sodium_mprotect_readonly(keys);
    return keys;
}

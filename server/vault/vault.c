/* vault: which key seals and opens, and what fingerprints are made with. */
#include "vault/vault.h"

#include "base/arena.h"
#include "vault/gcm.h"
#include <sodium.h>

enum { KEYS_LIMIT = 2 };

struct seal_key {
    unsigned char secret[KEY_FILE_BYTES];
    char name[KEY_FILE_NAME_SIZE];
};

struct vault {
    struct seal_key keys[KEYS_LIMIT]; /* the first one seals */
    size_t key_count;
    unsigned char fingerprint_secret[KEY_FILE_BYTES];
};

static void release_vault(void *vault)
{
    sodium_free(vault);
}

static const char lost_codes[] = "what was sealed with it can never be opened";
static const char lost_tokens[] = "no card, tag or login that is known is found again";

static bool add_key(struct vault *vault, struct arena *arena, const char *path, struct str *problem)
{
    struct seal_key *key = &vault->keys[vault->key_count];
    int found = key_file_read(arena, path, lost_codes, key->secret, problem);
    if (found != 1)
        return found == 0;
    key_file_name(key->name, key->secret);
    vault->key_count++;
    return true;
}

static bool read_keys(struct vault *vault, struct arena *arena, const char *folder,
                      struct str *problem)
{
    const char *current = str_printf(arena, "%s/seal.key", folder).at;
    const char *previous = str_printf(arena, "%s/previous-seal.key", folder).at;
    const char *fingerprint = str_printf(arena, "%s/fingerprint.key", folder).at;
    if (!key_file_ensure(arena, folder, current, problem) ||
        !key_file_ensure(arena, folder, fingerprint, problem))
        return false;
    if (!add_key(vault, arena, current, problem) || !add_key(vault, arena, previous, problem))
        return false;
    int found = key_file_read(arena, fingerprint, lost_tokens, vault->fingerprint_secret, problem);
    if (found == 1 && vault->key_count > 0)
        return true;
    if (found >= 0)
        *problem = str_printf(arena, "a key in %s vanished while it was read", folder);
    return false;
}

struct vault *vault_open(struct arena *arena, const char *folder, struct str *problem)
{
    struct vault *vault = sodium_malloc(sizeof(*vault));
    if (vault == NULL) {
        *problem = STR("no memory can be locked for the keys; raise the limit (ulimit -l)");
        return NULL;
    }
    arena_defer(arena, release_vault, vault);
    memset(vault, 0, sizeof(*vault));
    if (!read_keys(vault, arena, folder, problem))
        return NULL;
    sodium_mprotect_readonly(vault);
    return vault;
}

static const struct seal_key *find_key(const struct vault *vault, struct str name)
{
    for (size_t i = 0; i < vault->key_count; i++) {
        if (str_is(name, vault->keys[i].name))
            return &vault->keys[i];
    }
    return NULL;
}

bool vault_has_key(const struct vault *vault, struct str name)
{
    return find_key(vault, name) != NULL;
}

enum status vault_seal(struct sealed *sealed, struct arena *arena, const struct vault *vault,
                       struct str text, struct str place)
{
    char *nonce = arena_text(arena, VAULT_NONCE_BYTES), *tag = arena_text(arena, VAULT_TAG_BYTES);
    char *ciphertext = arena_text(arena, text.len + 1);
    randombytes_buf(nonce, VAULT_NONCE_BYTES);
    if (!gcm_seal(vault->keys[0].secret, nonce, place, text, ciphertext, tag))
        return STATUS_INTERNAL;
    *sealed = (struct sealed){
        .key = str_copy(arena, str_of(vault->keys[0].name)),
        .nonce = {.at = nonce, .len = VAULT_NONCE_BYTES},
        .ciphertext = {.at = ciphertext, .len = text.len},
        .tag = {.at = tag, .len = VAULT_TAG_BYTES},
    };
    return STATUS_OK;
}

enum status vault_unseal(struct str *text, struct arena *arena, const struct vault *vault,
                         const struct sealed *sealed, struct str place)
{
    const struct seal_key *key = find_key(vault, sealed->key);
    if (key == NULL)
        return STATUS_NOT_FOUND;
    if (sealed->nonce.len != VAULT_NONCE_BYTES || sealed->tag.len != VAULT_TAG_BYTES)
        return STATUS_REFUSED;
    char *opened = arena_text(arena, sealed->ciphertext.len + 1);
    if (!gcm_open(key->secret, sealed->nonce.at, place, sealed->ciphertext, sealed->tag.at, opened))
        return STATUS_REFUSED;
    *text = (struct str){.at = opened, .len = sealed->ciphertext.len};
    return STATUS_OK;
}

struct str vault_fingerprint(struct arena *arena, const struct vault *vault, struct str text)
{
    char *bytes = arena_text(arena, VAULT_FINGERPRINT_BYTES);
    crypto_auth_hmacsha256((unsigned char *)bytes, (const unsigned char *)text.at, text.len,
                           vault->fingerprint_secret);
    return (struct str){.at = bytes, .len = VAULT_FINGERPRINT_BYTES};
}

/* vault: texts that the database may keep but not know, and fingerprints of what it may not keep.
 *
 * A sealed text is AES-256-GCM under a key of DIR/keys/, with a nonce of its own, bound to its
 * place: a text that says which column of which row of which customer it is. Sealed for one place
 * it opens nowhere else. A fingerprint is HMAC-SHA256: equal for equal texts, without the key it
 * says nothing and cannot be tried out.
 *
 *     DIR/keys/seal.key           32 random bytes, made at the first start
 *     DIR/keys/previous-seal.key  optional: what it sealed still opens
 *     DIR/keys/fingerprint.key    32 random bytes; another one finds nothing of what is stored
 *
 * Who has the database has neither; who has both has all. They are read by their owner only. Why so:
 * docs/decisions/0019-sealed-codes.md.
 */
#pragma once

#include "base/key_file.h"
#include "base/status.h"

struct arena;
struct vault;

enum { VAULT_NONCE_BYTES = 12, VAULT_TAG_BYTES = 16, VAULT_FINGERPRINT_BYTES = 32 };

/* As it is stored. */
struct sealed {
    struct str key; /* the name of the key it was sealed with */
    struct str nonce, ciphertext, tag;
};

/* Lives as long as the arena, outside of swap where the system allows it; for any thread. NULL with
 * the reason in *problem. */
struct vault *vault_open(struct arena *arena, const char *folder, struct str *problem);

/* *sealed lives in the arena. */
enum status vault_seal(struct sealed *sealed, struct arena *arena, const struct vault *vault,
                       struct str text, struct str place);

/* STATUS_NOT_FOUND: there is no key of that name here. STATUS_REFUSED: it was not sealed with that
 * key, not for this place, or was changed since; *text is left as it was. */
enum status vault_unseal(struct str *text, struct arena *arena, const struct vault *vault,
                         const struct sealed *sealed, struct str place);

/* Whether it has the key of that name. */
bool vault_has_key(const struct vault *vault, struct str name);

/* VAULT_FINGERPRINT_BYTES in the arena. */
struct str vault_fingerprint(struct arena *arena, const struct vault *vault, struct str text);

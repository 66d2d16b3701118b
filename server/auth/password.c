/* password: hashing and checking passwords. */
#include "auth/password.h"

#include "base/arena.h"
#include <sodium.h>

enum { PASSES = 2, MEMORY_BYTES = 19 * 1024 * 1024 };

/* Of random bytes that were thrown away, with the parameters above: an unknown user's attempt is
 * compared with it, so that it takes as long as a known one's. */
static const char nobody_hash[] = "$argon2id$v=19$m=19456,t=2,p=1$PHRGNVDXW4oyZfzxn9bbDA$"
                                  "V9592fSlw9onc6wTYPi6fgfwMbQNUBkOudgk4qhLMu8";

struct str password_hash(struct arena *arena, struct str password)
{
    char *hash = arena_text(arena, crypto_pwhash_STRBYTES);
    if (crypto_pwhash_str(hash, password.at, password.len, PASSES, MEMORY_BYTES) != 0)
        return (struct str){0};
    return str_of(hash);
}

bool password_check(struct arena *arena, struct str hash, struct str password)
{
    bool known = hash.len > 0 && hash.len < crypto_pwhash_STRBYTES;
    const char *text = known ? str_copy(arena, hash).at : nobody_hash;
    bool same = crypto_pwhash_str_verify(text, password.at, password.len) == 0;
    return known && same;
}

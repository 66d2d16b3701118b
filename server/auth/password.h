/* password: hashing and checking passwords (argon2id). It takes tens of milliseconds and 19 MiB:
 * workers only. */
#pragma once

#include "base/str.h"

struct arena;

enum { PASSWORD_BYTES_MAX = 512 };

/* As libsodium writes it, with its parameters inside. .at NULL: there was not enough memory. */
struct str password_hash(struct arena *arena, struct str password);

/* Costs the same when there is no such user (`hash` empty): then it is false. */
bool password_check(struct arena *arena, struct str hash, struct str password);

/* secrets: random passwords and their hashes, for those whom a command makes. */
#pragma once

#include "base/str.h"

struct arena;

/* Twenty characters in groups, none of which is taken for another; ended by NUL. */
struct str secrets_password(struct arena *arena);

/* argon2id as libsodium writes it; .at NULL: there was not enough memory. */
struct str secrets_hash(struct arena *arena, struct str password);

/* 32 random bytes in base64url, for programs. */
struct str secrets_token(struct arena *arena);

/* Six random digits. */
struct str secrets_pin(struct arena *arena);

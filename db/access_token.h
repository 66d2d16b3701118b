/* access_token: what is stored of the value of a card, tag or login, and looked for. */
#pragma once

#include "base/str.h"

struct arena;
struct vault;

/* 64 hexadecimal digits: the same for the same value, however it is written: with capitals or not,
 * in groups or not. */
struct str access_token_fingerprint(struct arena *arena, const struct vault *vault,
                                    struct str value);

/* The value without what people put between its characters, in lower case; may be empty. */
struct str access_token_plain(struct arena *arena, struct str value);

/* keys: the secrets that tokens are made with, from DIR/keys/.
 *
 * token.key is 32 random bytes, made at the first start, readable by its owner only. To change it,
 * move it to previous.key and start again: tokens of the previous key are still good until they
 * expire.
 */
#pragma once

#include "base/key_file.h"

struct arena;

enum { KEY_BYTES = KEY_FILE_BYTES, KEYS_MAX = 2 };

struct key {
    unsigned char secret[KEY_BYTES];
    struct str header;             /* the first segment of every token of this key, byte for byte */
    char name[KEY_FILE_NAME_SIZE]; /* in that header as kid */
};

struct keys {
    struct key list[KEYS_MAX]; /* the first one signs */
    size_t count;
    unsigned char refresh_secret[KEY_BYTES]; /* for successors of refresh tokens */
};

/* Lives as long as the arena, outside of swap where the system allows it. NULL with the reason in
 * *problem. */
struct keys *keys_open(struct arena *arena, const char *folder, struct str *problem);

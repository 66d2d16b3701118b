/* keys: the secrets that tokens are made with. */
#include "auth/keys.h"

#include "auth/token.h"
#include "base/arena.h"
#include <errno.h>
#include <fcntl.h>
#include <sodium.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

static void release_keys(void *keys)
{
    sodium_free(keys);
}

static bool write_all(int fd, const unsigned char *bytes, size_t len)
{
    return write(fd, bytes, len) == (ssize_t)len && fsync(fd) == 0;
}

/* Written beside, then linked: nobody ever reads half a key, and the first of two wins. */
static bool make_key(struct arena *arena, const char *path, struct str *problem)
{
    unsigned char secret[KEY_BYTES];
    struct str beside = str_printf(arena, "%s.%ld", path, (long)getpid());
    int fd = open(beside.at, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, 0600);

    randombytes_buf(secret, sizeof(secret));
    bool written = fd != -1 && write_all(fd, secret, sizeof(secret));
    sodium_memzero(secret, sizeof(secret));
    if (fd != -1)
        close(fd);
    bool linked = written && (link(beside.at, path) == 0 || errno == EEXIST);
    if (!linked)
        *problem = str_printf(arena, "cannot write the key %s: %s", path, strerror(errno));
    unlink(beside.at);
    return linked;
}

/* 1: read, 0: there is none, -1: it cannot be used. */
static int read_key(struct arena *arena, const char *path, unsigned char *secret,
                    struct str *problem)
{
    struct stat info;
    unsigned char bytes[KEY_BYTES + 1];
    int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
    if (fd == -1) {
        if (errno == ENOENT)
            return 0;
        *problem = str_printf(arena, "cannot read the key %s: %s", path, strerror(errno));
        return -1;
    }
    int usable = -1;
    if (fstat(fd, &info) != 0 || !S_ISREG(info.st_mode))
        *problem = str_printf(arena, "the key %s is not a regular file", path);
    else if ((info.st_mode & 077) != 0)
        *problem =
            str_printf(arena, "the key %s can be read by others than its owner; run: chmod 600 %s",
                       path, path);
    else if (read(fd, bytes, sizeof(bytes)) != KEY_BYTES)
        *problem = str_printf(
            arena,
            "the key %s does not have exactly %d bytes; restore it, or delete it to have "
            "a new one made (everybody must sign in again)",
            path, KEY_BYTES);
    else
        usable = 1;
    close(fd);
    if (usable == 1)
        memcpy(secret, bytes, KEY_BYTES);
    sodium_memzero(bytes, sizeof(bytes));
    return usable;
}

static bool add_key(struct keys *keys, struct arena *arena, const char *path, struct str *problem)
{
    struct key *key = &keys->list[keys->count];
    unsigned char digest[crypto_generichash_BYTES_MIN];
    int found = read_key(arena, path, key->secret, problem);
    if (found != 1)
        return found == 0;
    crypto_generichash(digest, sizeof(digest), key->secret, KEY_BYTES, NULL, 0);
    sodium_bin2hex(key->name, sizeof(key->name), digest, (sizeof(key->name) - 1) / 2);
    key->header = token_header(arena, key);
    keys->count++;
    return true;
}

struct keys *keys_open(struct arena *arena, const char *folder, struct str *problem)
{
    const char *current = str_printf(arena, "%s/token.key", folder).at;
    const char *previous = str_printf(arena, "%s/previous.key", folder).at;

    if (mkdir(folder, 0700) != 0 && errno != EEXIST) {
        *problem = str_printf(arena, "cannot make the folder %s: %s", folder, strerror(errno));
        return NULL;
    }
    if (access(current, F_OK) != 0 && errno == ENOENT && !make_key(arena, current, problem))
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

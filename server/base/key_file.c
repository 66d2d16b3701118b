/* key_file: a secret of 32 random bytes in a file that only its owner may read. */
#include "base/key_file.h"

#include "base/arena.h"
#include <errno.h>
#include <fcntl.h>
#include <sodium.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

static bool write_all(int fd, const unsigned char *bytes, size_t len)
{
    return write(fd, bytes, len) == (ssize_t)len && fsync(fd) == 0;
}

/* Written beside, then linked: nobody ever reads half a key, and the first of two wins. */
static bool make(struct arena *arena, const char *path, struct str *problem)
{
    unsigned char secret[KEY_FILE_BYTES];
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

bool key_file_ensure(struct arena *arena, const char *folder, const char *path, struct str *problem)
{
    if (mkdir(folder, 0700) != 0 && errno != EEXIST) {
        *problem = str_printf(arena, "cannot make the folder %s: %s", folder, strerror(errno));
        return false;
    }
    return access(path, F_OK) == 0 || errno != ENOENT || make(arena, path, problem);
}

int key_file_read(struct arena *arena, const char *path, const char *loss,
                  unsigned char secret[KEY_FILE_BYTES], struct str *problem)
{
    struct stat info;
    unsigned char bytes[KEY_FILE_BYTES + 1];
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
    else if (read(fd, bytes, sizeof(bytes)) != KEY_FILE_BYTES)
        *problem = str_printf(
            arena,
            "the key %s does not have exactly %d bytes; restore it, or delete it to have "
            "a new one made (%s)",
            path, KEY_FILE_BYTES, loss);
    else
        usable = 1;
    close(fd);
    if (usable == 1)
        memcpy(secret, bytes, KEY_FILE_BYTES);
    sodium_memzero(bytes, sizeof(bytes));
    return usable;
}

void key_file_name(char name[KEY_FILE_NAME_SIZE], const unsigned char secret[KEY_FILE_BYTES])
{
    unsigned char digest[crypto_generichash_BYTES_MIN];
    crypto_generichash(digest, sizeof(digest), secret, KEY_FILE_BYTES, NULL, 0);
    sodium_bin2hex(name, KEY_FILE_NAME_SIZE, digest, (KEY_FILE_NAME_SIZE - 1) / 2);
}

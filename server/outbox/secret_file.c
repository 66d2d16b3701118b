/* secret_file: names, passwords and keys that others than their owner may not read. */
#include "outbox/internal.h"

#include "base/arena.h"
#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

enum { FILE_BYTES = 4096 };

static bool cut_lines(struct str text, struct str *lines, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        const char *end = text.len == 0 ? NULL : memchr(text.at, '\n', text.len);
        lines[i] =
            (struct str){.at = text.at, .len = end == NULL ? text.len : (size_t)(end - text.at)};
        if (lines[i].len == 0)
            return false;
        size_t used = lines[i].len + (end != NULL);
        text = (struct str){.at = text.at + used, .len = text.len - used};
    }
    return text.len == 0;
}

bool secret_file_read(struct arena *arena, const char *path, struct str *lines, size_t count,
                      struct str *problem)
{
    struct stat info;
    char *text = arena_text(arena, FILE_BYTES);
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    if (fd == -1) {
        *problem = str_printf(arena, "cannot read %s: %s", path, strerror(errno));
        return false;
    }
    ssize_t len = -1;
    bool ours = fstat(fd, &info) == 0 && S_ISREG(info.st_mode) && (info.st_mode & 077) == 0;
    if (ours)
        len = read(fd, text, FILE_BYTES);
    close(fd);
    if (!ours)
        *problem = str_printf(arena, "%s can be read by others than its owner; run: chmod 600 %s",
                              path, path);
    else if (len <= 0 || len == FILE_BYTES ||
             !cut_lines((struct str){.at = text, .len = (size_t)len}, lines, count))
        *problem = str_printf(arena, "%s must have %zu line%s and nothing else", path, count,
                              count == 1 ? "" : "s");
    else
        return true;
    return false;
}

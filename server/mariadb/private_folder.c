/* private_folder: folders, rights, the lock and the short way to the socket. */
#define _GNU_SOURCE
#include "private_folder.h"

#include "base/arena.h"
#include "base/encode.h"
#include "base/log.h"
#include <errno.h>
#include <fcntl.h>
#include <ftw.h>
#include <limits.h>
#include <pwd.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/file.h>
#include <sys/random.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

enum {
    PASSWORD_BYTES = 24,
    LAST_BYTES = 1000,
    READ_BYTES = 16384,
    END_TIMEOUT_MS = 60000,
    POLL_MS = 20
};

/* The path with all folders above it. */
static bool make_path(struct arena *arena, const char *path)
{
    char *text = (char *)str_copy(arena, str_of(path)).at;
    for (char *slash = strchr(text + 1, '/'); slash != NULL; slash = strchr(slash + 1, '/')) {
        *slash = '\0';
        if (mkdir(text, 0755) != 0 && errno != EEXIST)
            return false;
        *slash = '/';
    }
    return mkdir(text, 0755) == 0 || errno == EEXIST;
}

/* A folder for MariaDB's user alone. */
static bool make_owned(const struct private_folder *folder, const char *path)
{
    if (mkdir(path, 0700) != 0 && errno != EEXIST)
        return false;
    return folder->user.name == NULL || chown(path, folder->user.uid, folder->user.gid) == 0;
}

/* Whether that user gets through all the folders above. */
static bool can_reach(struct arena *arena, const struct process_user *user, const char *path)
{
    char *text = (char *)str_copy(arena, str_of(path)).at;
    for (char *slash = strrchr(text, '/'); slash != NULL; slash = strrchr(text, '/')) {
        struct stat info;
        if (stat(text, &info) != 0)
            return false;
        mode_t through = info.st_uid == user->uid   ? S_IXUSR
                         : info.st_gid == user->gid ? S_IXGRP
                                                    : S_IXOTH;
        if ((info.st_mode & through) == 0)
            return false;
        *slash = '\0';
    }
    return true;
}

/* MariaDB does not run as root when it can be helped: Debian's package has made a user for it. */
static bool choose_users(struct private_folder *folder, struct arena *arena, const char *path,
                         struct str *problem)
{
    char text[4096];
    struct passwd entry, *found = NULL;
    if (getpwuid_r(geteuid(), &entry, text, sizeof(text), &found) != 0 || found == NULL) {
        *problem = str_printf(
            arena,
            "the user id %u has no name in /etc/passwd, which MariaDB wants; add one, or "
            "name a database of yours in DOSSIER_DATABASE",
            (unsigned)geteuid());
        return false;
    }
    folder->owner = str_copy(arena, str_of(found->pw_name)).at;
    folder->user = (struct process_user){0};
    if (geteuid() != 0)
        return true;
    struct process_user user;
    if (process_find_user(&user, arena, "mysql") && can_reach(arena, &user, path)) {
        folder->user = user;
        return true;
    }
    log_event(
        LOG_WARN,
        "the private MariaDB runs as root; a data folder that the user mysql can reach avoids it",
        "folder", path, NULL);
    return true;
}

static bool take_lock(struct private_folder *folder, struct arena *arena, const char *path,
                      struct str *problem)
{
    const char *file = str_printf(arena, "%s/mariadb.lock", path).at;
    folder->lock = open(file, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    if (folder->lock < 0) {
        *problem = str_printf(arena, "%s cannot be written: error %d", file, errno);
        return false;
    }
    if (flock(folder->lock, LOCK_EX | LOCK_NB) != 0) {
        close(folder->lock);
        folder->lock = -1;
    }
    return true;
}

static bool write_whole(const char *path, struct str text, const struct process_user *owner)
{
    char fresh[PATH_MAX];
    if (snprintf(fresh, sizeof(fresh), "%s.new", path) >= (int)sizeof(fresh))
        return false;
    unlink(fresh);
    int file = open(fresh, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    if (file < 0)
        return false;
    bool written = write(file, text.at, text.len) == (ssize_t)text.len &&
                   (owner->name == NULL || fchown(file, owner->uid, owner->gid) == 0);
    written = close(file) == 0 && written;
    return written && rename(fresh, path) == 0;
}

static const char *random_password(struct arena *arena)
{
    unsigned char bytes[PASSWORD_BYTES];
    if (getrandom(bytes, sizeof(bytes), 0) != (ssize_t)sizeof(bytes))
        abort(); /* cannot happen for so few */
    return hex_encode(arena, (struct str){.at = (char *)bytes, .len = sizeof(bytes)}).at;
}

/* Made once; a chore that joins a running MariaDB reads them. */
static bool find_passwords(struct private_folder *folder, struct arena *arena, const char *path,
                           struct str *problem)
{
    const char *file = str_printf(arena, "%s/mariadb.passwords", path).at;
    if (access(file, F_OK) != 0) {
        struct str text =
            str_printf(arena, "%s %s\n", random_password(arena), random_password(arena));
        if (!write_whole(file, text, &(struct process_user){0})) {
            *problem = str_printf(arena, "%s cannot be written: error %d", file, errno);
            return false;
        }
    }
    char *application = arena_text(arena, PASSWORD_BYTES * 2 + 1);
    char *migration = arena_text(arena, PASSWORD_BYTES * 2 + 1);
    FILE *stream = fopen(file, "re");
    bool read =
        stream != NULL && fscanf(stream, "%48[0-9a-f] %48[0-9a-f]", application, migration) == 2;
    if (stream != NULL)
        fclose(stream);
    if (!read)
        *problem = str_printf(
            arena, "%s cannot be read; remove it, and it is made again at the next start", file);
    folder->application_password = application;
    folder->migration_password = migration;
    return read;
}

/* The path of a Unix socket has 107 bytes at most; a deep data folder gets a short path elsewhere,
 * in a folder nobody else can have made or enter. */
static bool place_socket(struct private_folder *folder, struct arena *arena, const char *run,
                         struct str *problem)
{
    struct sockaddr_un address;
    folder->socket = str_printf(arena, "%s/mariadb.sock", run).at;
    if (strlen(folder->socket) < sizeof(address.sun_path))
        return true;
    const char *base = getenv("XDG_RUNTIME_DIR");
    if (base == NULL || base[0] != '/' || strlen(base) > 50 || geteuid() == 0)
        base = "/tmp";
    const char *path = str_printf(arena, "%s/dossier-%u-%08x", base, (unsigned)geteuid(),
                                  (unsigned)str_hash(str_of(run)))
                           .at;
    uid_t owner = folder->user.name == NULL ? geteuid() : folder->user.uid;
    struct stat info;
    bool made = mkdir(path, 0700) == 0;
    if (made && folder->user.name != NULL && lchown(path, folder->user.uid, folder->user.gid) != 0)
        made = false;
    if ((!made && errno != EEXIST) || lstat(path, &info) != 0 || !S_ISDIR(info.st_mode) ||
        info.st_uid != owner || (info.st_mode & 077) != 0) {
        *problem = str_printf(arena,
                              "%s is needed for a socket and is not ours; remove it, or choose a "
                              "data folder with a shorter path",
                              path);
        return false;
    }
    folder->socket_folder = path;
    folder->socket = str_printf(arena, "%s/mariadb.sock", path).at;
    return true;
}

bool private_folder_open(struct private_folder *folder, struct arena *arena, const char *path,
                         struct str *problem)
{
    folder->lock = -1;
    char full[PATH_MAX];
    if (!make_path(arena, path) || realpath(path, full) == NULL) {
        *problem = str_printf(arena, "the data folder %s cannot be made: error %d", path, errno);
        return false;
    }
    if (!choose_users(folder, arena, full, problem) || !take_lock(folder, arena, full, problem) ||
        !find_passwords(folder, arena, full, problem))
        return false;
    const char *home = str_printf(arena, "%s/mariadb", full).at;
    const char *run = str_printf(arena, "%s/run", home).at;
    const char *log = str_printf(arena, "%s/log", home).at;
    folder->temporary = str_printf(arena, "%s/tmp", home).at;
    if (!make_owned(folder, home) || !make_owned(folder, run) || !make_owned(folder, log) ||
        !make_owned(folder, folder->temporary)) {
        *problem = str_printf(arena, "%s cannot be written: error %d", home, errno);
        return false;
    }
    folder->data = str_printf(arena, "%s/data", home).at;
    folder->data_argument = str_printf(arena, "--datadir=%s", folder->data).at;
    folder->pid_file = str_printf(arena, "%s/mariadb.pid", run).at;
    folder->accounts_file = str_printf(arena, "%s/accounts.sql", run).at;
    folder->log = str_printf(arena, "%s/mariadb.log", log).at;
    folder->install_log = str_printf(arena, "%s/install.log", log).at;
    return place_socket(folder, arena, run, problem);
}

void private_folder_close(struct private_folder *folder)
{
    if (folder->lock < 0)
        return;
    if (folder->socket_folder != NULL)
        rmdir(folder->socket_folder); /* MariaDB has removed the socket in it */
    close(folder->lock);
    folder->lock = -1;
}

bool private_folder_end_stale(const struct private_folder *folder, const char *program,
                              struct str *problem)
{
    FILE *file = fopen(folder->pid_file, "re");
    if (file == NULL)
        return true;
    int pid = 0;
    bool known = fscanf(file, "%d", &pid) == 1 && pid > 1;
    fclose(file);
    if (!known || !process_is(pid, program, folder->data_argument))
        return true;
    log_event(LOG_WARN, "ending a MariaDB that was left behind", "pid", log_format("%d", pid),
              NULL);
    kill(pid, SIGTERM);
    for (int waited_ms = 0; waited_ms < END_TIMEOUT_MS; waited_ms += POLL_MS) {
        if (!process_is(pid, program, folder->data_argument))
            return true;
        usleep(POLL_MS * 1000);
    }
    *problem = STR("a MariaDB left behind in the data folder does not end; end it by hand");
    return false;
}

bool private_folder_write(const struct private_folder *folder, const char *path, struct str text)
{
    return write_whole(path, text, &folder->user);
}

static int remove_one(const char *path, const struct stat *info, int kind, struct FTW *where)
{
    return remove(path);
}

bool private_folder_remove(const char *path)
{
    return access(path, F_OK) != 0 || nftw(path, remove_one, 16, FTW_DEPTH | FTW_PHYS) == 0;
}

/* Lines that MariaDB calls errors, joined; empty: there are none. After a crash they stand before
 * pages of other things. */
static struct str errors_in(struct arena *arena, struct str text)
{
    struct str errors = {0};
    size_t start = 0;
    while (start < text.len) {
        const char *end = memchr(text.at + start, '\n', text.len - start);
        size_t len = end == NULL ? text.len - start : (size_t)(end - text.at) - start;
        struct str line = {.at = text.at + start, .len = len};
        if (memmem(line.at, line.len, "[ERROR]", 7) != NULL)
            errors = str_printf(arena, STR_FMT STR_FMT " ", STR_ARG(errors), STR_ARG(line));
        start += len + 1;
    }
    return errors;
}

struct str private_folder_last_lines(struct arena *arena, const char *path)
{
    char *text = arena_text(arena, READ_BYTES);
    int file = open(path, O_RDONLY | O_CLOEXEC);
    if (file < 0)
        return STR("(nothing)");
    off_t size = lseek(file, 0, SEEK_END);
    ssize_t len = pread(file, text, READ_BYTES, size > READ_BYTES ? size - READ_BYTES : 0);
    close(file);
    struct str all = {.at = text, .len = len < 0 ? 0 : (size_t)len};
    struct str said = errors_in(arena, all);
    if (said.len == 0)
        said = all;
    if (said.len > LAST_BYTES)
        said = (struct str){.at = said.at + said.len - LAST_BYTES, .len = LAST_BYTES};
    char *line = (char *)str_copy(arena, said).at;
    for (size_t i = 0; i < said.len; i++) {
        if (line[i] == '\n')
            line[i] = ' ';
    }
    return (struct str){.at = line, .len = said.len};
}

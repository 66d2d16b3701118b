/* process: fork, give up rights, exec. */
#define _GNU_SOURCE
#include "process.h"

#include "base/arena.h"
#include <errno.h>
#include <fcntl.h>
#include <grp.h>
#include <pwd.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

bool process_find_user(struct process_user *user, struct arena *arena, const char *name)
{
    char text[4096];
    struct passwd entry, *found = NULL;
    if (getpwnam_r(name, &entry, text, sizeof(text), &found) != 0 || found == NULL)
        return false;
    *user = (struct process_user){
        .name = str_copy(arena, str_of(name)).at,
        .uid = found->pw_uid,
        .gid = found->pw_gid,
        .group_count = PROCESS_GROUPS_AT_MOST,
    };
    if (getgrouplist(name, found->pw_gid, user->groups, &user->group_count) < 0)
        user->group_count = PROCESS_GROUPS_AT_MOST;
    return true;
}

const char *process_find(struct arena *arena, const char *program)
{
    const char *path = getenv("PATH");
    struct str folders = str_printf(arena, "%s:/usr/local/sbin:/usr/sbin:/usr/local/bin:/usr/bin",
                                    path == NULL ? "" : path);
    size_t start = 0;
    while (start < folders.len) {
        size_t len = strcspn(folders.at + start, ":");
        if (len > 0) {
            struct str file = str_printf(arena, "%.*s/%s", (int)len, folders.at + start, program);
            if (access(file.at, X_OK) == 0)
                return file.at;
        }
        start += len + 1;
    }
    return NULL;
}

static bool give_up_rights(const struct process_user *user)
{
    if (user->name == NULL)
        return true;
    return setgroups((size_t)user->group_count, user->groups) == 0 && setgid(user->gid) == 0 &&
           setuid(user->uid) == 0;
}

/* Between fork and exec only calls that are safe after fork in a process of many threads. The
 * output is opened as the user who goes on writing to it, and the signal on our death is asked for
 * after the change of user, which would clear it. */
static _Noreturn void become(const struct process_user *user, const char *const *arguments,
                             const char *output, pid_t parent)
{
    sigset_t none;
    sigemptyset(&none);
    sigprocmask(SIG_SETMASK, &none, NULL);
    signal(SIGPIPE, SIG_DFL);
    setsid(); /* Ctrl-C at the terminal is for us, not for the database */
    if (!give_up_rights(user))
        _exit(126);
    int in = open("/dev/null", O_RDONLY);
    int out = open(output, O_WRONLY | O_CREAT | O_APPEND, 0640);
    if (dup2(in, STDIN_FILENO) < 0 || dup2(out, STDOUT_FILENO) < 0 || dup2(out, STDERR_FILENO) < 0)
        _exit(126);
    close_range(3, ~0u, 0);
    prctl(PR_SET_PDEATHSIG, SIGTERM);
    if (getppid() != parent)
        _exit(126); /* the parent died before we asked */
    execv(arguments[0], (char *const *)arguments);
    _exit(127);
}

pid_t process_start(const struct process_user *user, const char *const *arguments,
                    const char *output)
{
    pid_t parent = getpid();
    pid_t pid = fork();
    if (pid == 0)
        become(user, arguments, output, parent);
    return pid;
}

bool process_wait(pid_t pid)
{
    int how = 0;
    while (waitpid(pid, &how, 0) < 0) {
        if (errno != EINTR)
            return false;
    }
    return WIFEXITED(how) && WEXITSTATUS(how) == 0;
}

bool process_is(pid_t pid, const char *program, const char *argument)
{
    char path[64], text[16384];
    snprintf(path, sizeof(path), "/proc/%d/cmdline", (int)pid);
    int file = open(path, O_RDONLY | O_CLOEXEC);
    if (file < 0)
        return false;
    ssize_t len = read(file, text, sizeof(text) - 1);
    close(file);
    if (len <= 0)
        return false;
    text[len] = '\0';
    if (!str_ends(str_of(text), str_of(program)))
        return false;
    for (const char *at = text; at < text + len; at += strlen(at) + 1) {
        if (strcmp(at, argument) == 0)
            return true;
    }
    return false;
}

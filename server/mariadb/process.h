/* process: starts MariaDB's programs as children, with fewer rights than ours where that can be. */
#pragma once

#include "base/str.h"
#include <sys/types.h>

struct arena;

enum { PROCESS_GROUPS_AT_MOST = 32 };

/* Who a child runs as. */
struct process_user {
    const char *name; /* NULL: as we are */
    uid_t uid;
    gid_t gid;
    gid_t groups[PROCESS_GROUPS_AT_MOST];
    int group_count;
};

/* The system's user of that name. False: there is none. */
bool process_find_user(struct process_user *user, struct arena *arena, const char *name);

/* The full path of a program, looked for in PATH and where Debian keeps servers; NULL: not
 * installed. */
const char *process_find(struct arena *arena, const char *program);

/* Starts a program, its output appended to a file. It is told to end (SIGTERM) when the calling
 * thread dies. Arguments end with NULL; the first is the path. -1 with errno: could not be started.
 */
pid_t process_start(const struct process_user *user, const char *const *arguments,
                    const char *output);

/* Waits for its end. False: it ended otherwise than with 0. */
bool process_wait(pid_t pid);

/* True when this process runs that program with that argument: a pid read from a file may be
 * anybody's. */
bool process_is(pid_t pid, const char *program, const char *argument);

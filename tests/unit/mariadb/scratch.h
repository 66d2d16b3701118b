/* scratch: a temporary folder with a private MariaDB in it, for one test program. */
#pragma once

#include "base/arena.h"
#include "mariadb/private.h"
#include "mariadb/private_folder.h"
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

static char scratch_folder[64];

static inline const char *scratch_make(void)
{
    snprintf(scratch_folder, sizeof(scratch_folder), "/tmp/dossier-test-XXXXXX");
    if (mkdtemp(scratch_folder) == NULL || chmod(scratch_folder, 0755) != 0) {
        perror(scratch_folder);
        exit(1);
    }
    return scratch_folder;
}

static inline void scratch_remove(void)
{
    private_folder_remove(scratch_folder);
}

/* Ends the program when MariaDB does not start: nothing could be tested. */
static inline struct private_mariadb *scratch_start(struct arena *arena)
{
    struct str problem;
    const struct private_options options = {.folder = scratch_make(), .memory_mb = 16};
    struct private_mariadb *mariadb = private_start(&options, arena, &problem);
    if (mariadb == NULL) {
        fprintf(stderr, STR_FMT "\n", STR_ARG(problem));
        exit(1);
    }
    return mariadb;
}

/* A moment, for a MariaDB that was killed to come back. Ends the program when it never will. */
static inline void scratch_wait(const struct private_mariadb *mariadb)
{
    struct arena *arena = arena_create();
    struct str problem;
    if (private_is_lost(mariadb, arena, &problem)) {
        fprintf(stderr, STR_FMT "\n", STR_ARG(problem));
        exit(1);
    }
    arena_destroy(arena);
    usleep(5000);
}

static inline void scratch_stop(struct private_mariadb *mariadb)
{
    private_stop(mariadb);
    scratch_remove();
}

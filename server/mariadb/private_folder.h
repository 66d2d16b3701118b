/* private_folder: where the private MariaDB keeps what, who owns it, and who may use it. */
#pragma once

#include "process.h"

struct private_folder {
    struct process_user user; /* who MariaDB runs as */
    const char *owner; /* our own name in the system: may administer MariaDB over the socket */
    const char *data;
    const char *data_argument; /* --datadir=…, by which a process is known as ours */
    const char
        *temporary; /* for sorting and such: shared with nobody, a MariaDB clears it at its start */
    const char *socket;
    const char *socket_folder; /* made for it elsewhere; NULL: the socket is with the rest */
    const char *pid_file;
    const char *log;
    const char *install_log;
    const char *accounts_file;
    const char *application_password;
    const char *migration_password;
    int lock; /* -1: another process holds it */
};

/* Makes what is missing and takes the lock, if it is free. False: the folder cannot be used, and
 * *problem says why. */
bool private_folder_open(struct private_folder *folder, struct arena *arena, const char *path,
                         struct str *problem);
void private_folder_close(struct private_folder *folder);

/* Ends a MariaDB that was left running by a Dossier that died. */
bool private_folder_end_stale(const struct private_folder *folder, const char *program,
                              struct str *problem);

/* A file for MariaDB to read, whole or not at all. */
bool private_folder_write(const struct private_folder *folder, const char *path, struct str text);

/* With everything in it; true also when there is nothing. */
bool private_folder_remove(const char *path);

/* The errors at the end of a log, or its end where it names none, on one line. */
struct str private_folder_last_lines(struct arena *arena, const char *path);

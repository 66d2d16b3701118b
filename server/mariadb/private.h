/* private: a MariaDB of our own in the data folder, made on first use and kept running.
 *
 *     FOLDER/mariadb.lock        held by the one Dossier that runs it
 *     FOLDER/mariadb.passwords   of the two accounts; for us alone
 *     FOLDER/mariadb/data/       MariaDB's own; belongs to the user it runs as
 *     FOLDER/mariadb/tmp/        what it sorts, for nobody else
 *     FOLDER/mariadb/run/        socket and process id
 *     FOLDER/mariadb/log/        what MariaDB says
 *
 * It is reached over the Unix socket only.
 */
#pragma once

#include "database.h"

struct private_mariadb;

struct private_options {
    const char *folder;
    uint32_t memory_mb; /* for pages; 0: an eighth of the machine's, between 64 and 8192, to load a
                           half */
    bool join;          /* a chore: when another Dossier runs it already, use that one */
    bool loads;         /* a chore that writes a lot and can be repeated: see private.c */
    /* Called by a thread of its own, once, when MariaDB died and cannot be started again: see
     * private_is_lost(). May be NULL. */
    void (*on_loss)(void);
};

/* Returns when MariaDB answers: after about a second, the first time after about three. NULL: it
 * does not, with the reason and what to do in *problem (in the arena). */
struct private_mariadb *private_start(const struct private_options *options, struct arena *arena,
                                      struct str *problem);

/* May read and write rows of the database `dossier`, and nothing else. */
const struct database_address *private_application(const struct private_mariadb *mariadb);

/* May also create and change tables. */
const struct database_address *private_migration(const struct private_mariadb *mariadb);

/* 0: it is being started again, or belongs to another Dossier. */
int private_pid(const struct private_mariadb *mariadb);

/* True: MariaDB died and cannot be started again, with the reason and what to do in *problem (in
 * the arena). */
bool private_is_lost(const struct private_mariadb *mariadb, struct arena *arena,
                     struct str *problem);

/* Ends MariaDB in good order, unless it belongs to another Dossier. */
void private_stop(struct private_mariadb *mariadb);

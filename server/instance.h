/* instance: the database that a command works with: the private one of the data folder, or one that
 * was named. */
#pragma once

#include "mariadb/database.h"

struct arena;
struct config;
struct private_mariadb;

struct instance {
    struct private_mariadb *private_mariadb; /* NULL: a database that was named */
    struct database_address application;     /* reads and writes rows */
    struct database_address migration;       /* also changes tables */
};

/* A chore uses the private MariaDB that another Dossier of this folder runs, if one does; where it
 * runs one of its own, that may be made for loading a lot. */
enum instance_use { INSTANCE_SERVES, INSTANCE_CHORE, INSTANCE_LOADS };

/* False with the reason in *problem. The texts of the addresses live in the arena. */
bool instance_open(struct instance *instance, struct arena *arena, const struct config *config,
                   enum instance_use use, struct str *problem);

/* True: the private MariaDB died and does not start again; why, and what to do, in *problem. One
 * that serves is sent SIGTERM then. */
bool instance_is_lost(const struct instance *instance, struct arena *arena, struct str *problem);

void instance_close(struct instance *instance);

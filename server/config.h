/* config: what a command is told, by options, by the environment, or not at all.
 *
 * One table in config.c names every setting with its option, its variable and its default; --help
 * prints it. An option wins over a variable, a variable over the default.
 */
#pragma once

#include "base/str.h"

struct arena;

struct config {
    const char *data;     /* the folder for everything that is kept */
    const char *share;    /* the folder with schema/, db/ and webapp/ */
    const char *database; /* NULL: a private MariaDB in the data folder */
    const char *host;
    uint32_t port;
    uint32_t threads; /* event loops; 0: one per processor, up to eight */
    uint32_t connections;
    uint32_t database_connections; /* per event loop */
    uint32_t drain_seconds;
    uint32_t demo_customers;
    const char *demo_day; /* NULL: today, or what the data has already */
    bool demo;
    bool verbose;
    /* What is left of the command line: */
    const char *const *arguments;
    int argument_count;
};

/* False: it cannot be used; *problem says what and what would do. */
bool config_read(struct config *config, struct arena *arena, int count, char **values,
                 struct str *problem);

/* The settings, as --help shows them. */
void config_print_help(void);

/* A path below the data or the share folder. */
const char *config_data_path(const struct config *config, struct arena *arena, const char *name);
const char *config_share_path(const struct config *config, struct arena *arena, const char *name);

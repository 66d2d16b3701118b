/* connect: what every connection to MariaDB is made with, whether it waits or not. */
#pragma once

#include "base/str.h"
#include <mysql.h>

struct arena;
struct database_address;

struct connect_options {
    bool nonblocking;
    bool reads_only;               /* the session refuses to write */
    uint32_t statement_timeout_ms; /* the server ends a statement itself after this; 0: never */
    uint32_t silence_timeout_ms;   /* of waiting connections: no byte for so long is a lost
                                      connection; 0: never */
};

enum { CONNECT_TIMEOUT_S = 5 };

/* A handle that is not connected yet. The text of the session's settings is handed over within. */
MYSQL *connect_prepare(const struct connect_options *options);

/* Waits until connected. False: mysql_error() has the reason. */
bool connect_wait(MYSQL *mysql, const struct database_address *address);

/* The flags for mysql_real_connect_start(). */
unsigned long connect_flags(void);

struct database_address connect_copy_address(struct arena *arena,
                                             const struct database_address *address);

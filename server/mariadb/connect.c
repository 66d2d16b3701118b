/* connect: options of the client and settings of the session, in one place. */
#include "connect.h"

#include "base/arena.h"
#include "database.h"
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>

/* What the server must not do behind our back: accept zero dates or cut texts, read files of the
 * client, show one transaction another's changes half-way, or wait long for a lock. Nor gather rows
 * of a join before it goes on with them (join_cache_level): who stops at the first few hundred
 * would read all, and in no order. */
static const char settings[] =
    "SET SESSION"
    " sql_mode = 'STRICT_ALL_TABLES,STRICT_TRANS_TABLES,NO_ZERO_DATE,NO_ZERO_IN_DATE,"
    "ERROR_FOR_DIVISION_BY_ZERO,ONLY_FULL_GROUP_BY,NO_ENGINE_SUBSTITUTION,NO_AUTO_CREATE_USER',"
    " time_zone = '+00:00',"
    " tx_isolation = 'REPEATABLE-READ',"
    " innodb_snapshot_isolation = ON,"
    " innodb_lock_wait_timeout = 3,"
    " lock_wait_timeout = 10,"
    " join_cache_level = 0,"
    " tx_read_only = %s,"
    " max_statement_time = %u.%03u";

enum { ANSWER_BYTES_AT_MOST = 64 << 20 };

static void start_library(void)
{
    if (mysql_library_init(0, NULL, NULL) != 0)
        abort();
}

MYSQL *connect_prepare(const struct connect_options *options)
{
    static pthread_once_t once = PTHREAD_ONCE_INIT;
    pthread_once(&once, start_library);
    MYSQL *mysql = mysql_init(NULL);
    if (mysql == NULL)
        abort(); /* out of memory */
    if (options->nonblocking)
        mysql_options(mysql, MYSQL_OPT_NONBLOCK, 0);
    unsigned connect_timeout_s = CONNECT_TIMEOUT_S, local_infile = 0;
    unsigned silence_s = (options->silence_timeout_ms + 999) / 1000;
    unsigned long answer_bytes = ANSWER_BYTES_AT_MOST;
    my_bool reconnect = 0;
    mysql_options(mysql, MYSQL_OPT_CONNECT_TIMEOUT, &connect_timeout_s);
    mysql_options(mysql, MYSQL_OPT_LOCAL_INFILE, &local_infile);
    mysql_options(mysql, MYSQL_OPT_RECONNECT, &reconnect);
    mysql_options(mysql, MYSQL_OPT_MAX_ALLOWED_PACKET, &answer_bytes);
    mysql_options(mysql, MYSQL_SET_CHARSET_NAME, "utf8mb4");
    if (silence_s > 0 && !options->nonblocking) {
        mysql_options(mysql, MYSQL_OPT_READ_TIMEOUT, &silence_s);
        mysql_options(mysql, MYSQL_OPT_WRITE_TIMEOUT, &silence_s);
    }
    char text[sizeof(settings) + 64];
    snprintf(text, sizeof(text), settings, options->reads_only ? "ON" : "OFF",
             options->statement_timeout_ms / 1000, options->statement_timeout_ms % 1000);
    mysql_options(mysql, MYSQL_INIT_COMMAND, text);
    return mysql;
}

unsigned long connect_flags(void)
{
    return CLIENT_MULTI_STATEMENTS;
}

bool connect_wait(MYSQL *mysql, const struct database_address *address)
{
    return mysql_real_connect(mysql, address->host, address->user, address->password, address->name,
                              address->port, address->socket, connect_flags()) != NULL;
}

static const char *copy(struct arena *arena, const char *text)
{
    return text == NULL ? NULL : str_copy(arena, str_of(text)).at;
}

struct database_address connect_copy_address(struct arena *arena,
                                             const struct database_address *address)
{
    return (struct database_address){
        .socket = copy(arena, address->socket),
        .host = copy(arena, address->host),
        .port = address->port,
        .user = copy(arena, address->user),
        .password = copy(arena, address->password),
        .name = copy(arena, address->name),
    };
}

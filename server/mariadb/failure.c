/* failure: a table of error numbers and what they mean. */
#include "failure.h"

#include <errmsg.h>
#include <mysql.h>
#include <mysqld_error.h>
#include <stddef.h>

/* 1047: a Galera node that is not in the primary component. */
enum { CLUSTER_NOT_READY = ER_UNKNOWN_COM_ERROR };

enum kind { KIND_LOST, KIND_REFUSED, KIND_STALE, KIND_CONFLICT, KIND_TIMEOUT };

/* clang-format off */
static const struct failure {
    unsigned number;
    enum kind kind;
} failures[] = {
    {CR_CONNECTION_ERROR,            KIND_LOST},     /* 2002: no such socket */
    {CR_CONN_HOST_ERROR,             KIND_LOST},     /* 2003: refused */
    {CR_UNKNOWN_HOST,                KIND_LOST},     /* 2005 */
    {CR_SERVER_GONE_ERROR,           KIND_LOST},     /* 2006: could not send */
    {CR_SERVER_HANDSHAKE_ERR,        KIND_LOST},     /* 2012 */
    {CR_SERVER_LOST,                 KIND_LOST},     /* 2013: no answer */
    {CR_COMMANDS_OUT_OF_SYNC,        KIND_LOST},     /* 2014: we do not know where we are */
    {CR_MALFORMED_PACKET,            KIND_LOST},     /* 2027 */
    {CR_STMT_CLOSED,                 KIND_LOST},     /* 2056: outlived its connection */
    {ER_SERVER_SHUTDOWN,             KIND_LOST},     /* 1053 */
    {ER_NEW_ABORTING_CONNECTION,     KIND_LOST},     /* 1184 */
    {ER_CONNECTION_KILLED,           KIND_LOST},     /* 1927 */
    {ER_NET_PACKET_TOO_LARGE,        KIND_LOST},     /* 1153: the server closes after it */
    {ER_CON_COUNT_ERROR,             KIND_REFUSED},  /* 1040: too many connections */
    {ER_TOO_MANY_USER_CONNECTIONS,   KIND_REFUSED},  /* 1203 */
    {ER_USER_LIMIT_REACHED,          KIND_REFUSED},  /* 1226 */
    {ER_QUERY_INTERRUPTED,           KIND_REFUSED},  /* 1317: KILL QUERY */
    {ER_DISK_FULL,                   KIND_REFUSED},  /* 1021 */
    {ER_RECORD_FILE_FULL,            KIND_REFUSED},  /* 1114 */
    {ER_OUT_OF_RESOURCES,            KIND_REFUSED},  /* 1041: memory */
    {ER_ERROR_DURING_COMMIT,         KIND_REFUSED},  /* 1180 */
    {CLUSTER_NOT_READY,              KIND_REFUSED},  /* 1047 */
    {ER_UNKNOWN_STMT_HANDLER,        KIND_STALE},    /* 1243 */
    {ER_NEED_REPREPARE,              KIND_STALE},    /* 1615 */
    {CR_NEW_STMT_METADATA,           KIND_STALE},    /* 2057: a table got other columns */
    {ER_DUP_ENTRY,                   KIND_CONFLICT}, /* 1062 */
    {ER_DUP_ENTRY_WITH_KEY_NAME,     KIND_CONFLICT}, /* 1586 */
    {ER_CHECKREAD,                   KIND_CONFLICT}, /* 1020: changed since it was read */
    {ER_LOCK_WAIT_TIMEOUT,           KIND_CONFLICT}, /* 1205 */
    {ER_LOCK_DEADLOCK,               KIND_CONFLICT}, /* 1213 */
    {ER_STATEMENT_TIMEOUT,           KIND_TIMEOUT},  /* 1969: max_statement_time */
};
/* clang-format on */

static const struct failure *find(unsigned number)
{
    for (size_t i = 0; i < sizeof(failures) / sizeof(failures[0]); i++) {
        if (failures[i].number == number)
            return &failures[i];
    }
    return NULL;
}

enum status failure_status(unsigned number)
{
    const struct failure *failure = find(number);
    if (failure == NULL)
        return STATUS_INTERNAL;
    switch (failure->kind) {
    case KIND_LOST:
    case KIND_REFUSED:
    case KIND_STALE:
        return STATUS_UNAVAILABLE;
    case KIND_CONFLICT:
        return STATUS_CONFLICT;
    case KIND_TIMEOUT:
        return STATUS_TIMEOUT;
    }
    return STATUS_INTERNAL;
}

bool failure_is_lost(unsigned number)
{
    const struct failure *failure = find(number);
    return failure != NULL && failure->kind == KIND_LOST;
}

bool failure_is_stale(unsigned number)
{
    const struct failure *failure = find(number);
    return failure != NULL && failure->kind == KIND_STALE;
}

bool failure_is_kill(unsigned number)
{
    return number == ER_QUERY_INTERRUPTED;
}

/* result: rows of MariaDB's binary protocol become cells.
 *
 * mysql_stmt_store_result() keeps every row as the server sent it in stmt->result, which mysql.h
 * declares: a zero byte, a bitmap of NULLs, then the values, in the byte order of x86. Walking
 * these bytes costs a fraction of binding a buffer per column; the tests hold it against all column
 * types.
 */
#pragma once

#include "base/cell.h"
#include "base/status.h"
#include <mysql.h>

struct arena;

/* After mysql_stmt_store_result(). STATUS_LIMIT: more than row_limit rows (0: none);
 * STATUS_INTERNAL: bytes that are not as the protocol says. */
enum status result_read(MYSQL_STMT *stmt, struct arena *arena, uint32_t row_limit,
                        struct rows *rows);

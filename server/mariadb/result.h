/* result: rows of MariaDB's binary protocol become cells.
 *
 * A row is a zero byte, a bitmap of NULLs, then the values, in the byte order of x86. Walking these
 * bytes costs a fraction of binding a buffer per column; the tests hold it against all column
 * types.
 */
#pragma once

#include "base/cell.h"
#include "base/status.h"
#include <mysql.h>

struct arena;

/* How the values of each column of a statement are to be read. */
struct result_columns {
    uint8_t *decoders;
    uint32_t width;
};

void result_columns_resize(struct result_columns *columns, uint32_t width);
void result_columns_set(struct result_columns *columns, uint32_t index, enum enum_field_types type,
                        bool is_unsigned);
void result_columns_free(struct result_columns *columns);

/* Fills a cell per column; texts stay where they are in the row. False: bytes that are not as the
 * protocol says. */
bool result_row(const struct result_columns *columns, const unsigned char *row, size_t len,
                struct arena *arena, struct cell *cells);

/* After mysql_stmt_store_result(), which keeps every row as the server sent it in stmt->result;
 * mysql.h declares it. STATUS_LIMIT: more cells than can be counted; STATUS_INTERNAL: bytes that
 * are not as the protocol says. */
enum status result_read(MYSQL_STMT *stmt, struct arena *arena, struct rows *rows);

/* answer: what MariaDB sends back for one EXECUTE becomes rows, packet by packet.
 *
 * Either an error or a success without rows; or the number of columns, their definitions unless
 * they are as they were, an end mark, the rows, and another end mark or an error. The protocol:
 * "COM_STMT_EXECUTE" and "Binary Protocol Resultset" of MariaDB's manual, with
 * MARIADB_CLIENT_CACHE_METADATA and without CLIENT_DEPRECATE_EOF.
 */
#pragma once

#include "base/cell.h"
#include "base/status.h"

struct arena;
struct packets;
struct result_columns;

enum answer_state {
    ANSWER_BEGINS,
    ANSWER_COLUMNS,
    ANSWER_COLUMNS_END,
    ANSWER_ROWS,
    ANSWER_COMPLETE,
    ANSWER_BROKEN, /* not as the protocol says: nothing on the connection can be believed */
};

struct answer {
    enum answer_state state;
    uint8_t sequence;               /* the next packet's */
    bool further;                   /* a second result, which nobody asked for */
    bool keep;                      /* somebody wants the rows; may be taken back at any time */
    struct result_columns *columns; /* of the statement; brought up to date */
    uint32_t columns_left;
    struct arena *arena; /* of rows and problem */
    uint32_t row_limit;
    uint32_t row_room; /* how many there is room for in rows.cells */
    struct rows rows;
    enum status status;    /* of what was read so far */
    unsigned error_number; /* of MariaDB; 0: none */
    struct str problem;    /* when status is not STATUS_OK */
};

/* The rows go into the arena; NULL: nobody wants them. */
void answer_begin(struct answer *answer, struct result_columns *columns, struct arena *arena,
                  uint32_t row_limit);

/* Takes from the packets what belongs to the answer and is here. The state tells how far it came.
 */
void answer_read(struct answer *answer, struct packets *packets);

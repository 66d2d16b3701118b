/* record: what was rendered of a message is remembered, so that nobody can be shown anything else.
 */
#include "letter/record.h"

#include "base/arena.h"
#include "mariadb/database.h"

static const char insert_statement[] = "INSERT IGNORE INTO message_document (customer_id, "
                                       "message_id, renderer, sha256, bytes, pages)\n"
                                       "SELECT customer_id, id, ?, ?, ?, ?\n"
                                       "FROM communication_message\n"
                                       "WHERE id = ?";

static const char read_statement[] = "SELECT sha256\n"
                                     "FROM message_document\n"
                                     "WHERE message_id = ? AND renderer = ?";

enum status record_document(struct database *database, struct arena *arena, int64_t message_id,
                            const struct letter_pdf *pdf, struct str sha256)
{
    struct cell renderer = cell_text(str_copy(arena, str_of(letter_renderer())));
    struct cell values[] = {renderer, cell_text(sha256), cell_int((int64_t)pdf->bytes.len),
                            cell_int(pdf->pages), cell_int(message_id)};
    struct cell keys[] = {cell_int(message_id), renderer};
    struct rows rows;
    TRY(database_run(database, arena, str_of(insert_statement), values, 5, NULL));
    TRY(database_run(database, arena, str_of(read_statement), keys, 2, &rows));
    if (rows.count != 1)
        return STATUS_INTERNAL;
    return str_equal(cell_str(&rows.cells[0]), sha256) ? STATUS_OK : STATUS_CONFLICT;
}

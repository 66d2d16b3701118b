/* record: what was rendered of a message is remembered, so that nobody can be shown anything else.
 */
#pragma once

#include "letter/letter.h"

struct arena;
struct database;

/* Remembers the PDF of the message with this key, unless something is remembered. STATUS_CONFLICT:
 * something else is. */
enum status record_document(struct database *database, struct arena *arena, int64_t message_id,
                            const struct letter_pdf *pdf, struct str sha256);

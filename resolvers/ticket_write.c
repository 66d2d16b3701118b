/* ticket_write: what all that changes tickets has in common. */
#include "resolvers/ticket_write.h"

#include "graphql/coerce.h"
#include "resolvers/line.h"

enum { SUBJECT_CHARACTERS = 200, TEXT_BYTES = 60000 };

enum status ticket_begin(struct act *act)
{
    return act_run(act, "SET @ticket_now = NOW(6)", NULL, 0, NULL);
}

struct str ticket_words(struct act *act, const char *member, bool lines)
{
    struct str text = line_trimmed(act_field(act, member)->text);
    if (text.len == 0)
        act_error(act, "REQUIRED", member, "Say what it is about.");
    else if (lines && !line_fits_text(text, TEXT_BYTES))
        act_error(act, "INVALID", member, "A text has at most %d bytes and no control characters.",
                  TEXT_BYTES);
    else if (!lines && !line_fits(text, SUBJECT_CHARACTERS))
        act_error(act, "INVALID", member, "A subject is one line of at most %d characters.",
                  SUBJECT_CHARACTERS);
    return text;
}

enum status ticket_update_next_due(struct act *act)
{
    const struct cell parameters[] = {cell_int(act->object), cell_int(act->customer),
                                      cell_int(act->object)};
    return act_run(act,
                   "UPDATE trouble_ticket SET next_due_at = (\n"
                   "    SELECT MIN(c.due_at) FROM ticket_clock AS c\n"
                   "    WHERE c.ticket_id = ? AND c.stopped_at IS NULL)\n"
                   "WHERE customer_id = ? AND id = ?",
                   parameters, 3, NULL);
}

enum status ticket_add_article(struct act *act, const char *kind, const char *author_kind,
                               struct cell author, struct cell subject, struct str text)
{
    const struct cell parameters[] = {cell_int(act->customer),
                                      cell_int(act->object),
                                      cell_text(str_of(kind)),
                                      cell_text(str_of(author_kind)),
                                      author,
                                      subject,
                                      cell_text(text)};
    return act_run(act,
                   "INSERT INTO ticket_article\n"
                   "    (customer_id, ticket_id, kind, author_kind, author_name, written_at,\n"
                   "     subject, text)\n"
                   "VALUES (?, ?, ?, ?, ?, " TICKET_NOW ", ?, ?)",
                   parameters, 7, NULL);
}

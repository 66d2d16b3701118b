/* message: a stored message, as the engine answers it, becomes a letter. */
#pragma once

#include "letter/letter.h"
#include <jansson.h>

struct arena;

/* What is stored of a message and of its template. */
struct message_parts {
    struct str kind, direction, subject, recipient;
    struct str locale, letterhead, body;
    const json_t *inputs;
    int64_t sent_at; /* microseconds since 1970 */
};

/* The letter with everything filled in; texts that are made live in the arena. */
void message_compose(struct letter *letter, struct arena *arena, const struct message_parts *parts);

/* What is asked of the engine, with the variable id. */
extern const struct str message_document;

/* What came back, as far as it is not the letter itself. */
struct message {
    struct letter letter;
    struct str recorded; /* SHA-256 of what this renderer made of it before; .at NULL: nothing */
};

/* From the answer's body; texts live in the arena. STATUS_NOT_FOUND: there is no such message for
 * this viewer. STATUS_INTERNAL: the answer is not one to this document. */
enum status message_read(struct message *message, struct arena *arena, struct str body);

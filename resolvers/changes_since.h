/* changes_since: what has changed of an account since a moment, whatever of it. */
#pragma once

#include "base/map.h"
#include "run/resolver.h"

/* A field that is different, in words; .at of before and after is NULL where there are none. */
struct changed_field {
    struct str name, label, before, after;
};

/* Something that has changed. */
struct customer_change {
    int64_t id; /* of what has changed: together with the type which one it is */
    int64_t at; /* microseconds since 1970 */
    bool began;
    struct str type, what, subject;
    struct changed_field *fields;
    uint32_t field_count;
    int64_t record; /* the key of what was written down about it; 0: nothing was */
    struct str by, by_kind;
    bool undoable, undone;
};

struct changes_since {
    int64_t since;
    int64_t contact; /* its key; 0: none */
    struct customer_change *changes;
    uint32_t count;
    bool more;
    struct str cursor;
};

/* What people call types, fields and values, in one language: "Ticket", "Ticket.status". */
struct change_labels {
    struct map map; /* to struct str * */
    struct str language;
    struct arena *arena;
};

/* ---- changes_words.c ---- */

/* .at NULL: it has none. An empty field is the type itself. */
struct str change_label(const struct change_labels *labels, struct str type, struct str field);

/* The fields that are different, out of the JSON text that the statement makes of them:
 * {"status": [["HELD"], ["PENDING"]]}, before and after, a text for each column. */
void change_fields(const struct change_labels *labels, const struct type *version, struct str json,
                   struct customer_change *out);

/* ---- for the table of resolvers ---- */

void changes_since(struct resolve *resolve);
enum status changes_since_changes(struct resolve *resolve);
enum status customer_change_fields(struct resolve *resolve);
void changes_since_leaf(const struct resolve *resolve, const void *object,
                        const struct field *field, struct cell *out);
void customer_change_leaf(const struct resolve *resolve, const void *object,
                          const struct field *field, struct cell *out);
enum status changes_since_things(struct resolve *resolve);
enum status changed_thing_fields(struct resolve *resolve);
enum status changed_thing_changes(struct resolve *resolve);
void changed_thing_leaf(const struct resolve *resolve, const void *object,
                        const struct field *field, struct cell *out);
void changed_field_leaf(const struct resolve *resolve, const void *object,
                        const struct field *field, struct cell *out);

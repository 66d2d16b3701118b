/* loader: the schema's files, completed, checked against the database and bound to it.
 *
 * Every mistake is named by its schema coordinate, all of them at once: a table or column that is
 * not there, a type that does not fit, a field that may be null and says otherwise, rows without an
 * owner, objects without a right, a resolver without a field.
 */
#pragma once

#include "mariadb/catalogue.h"
#include "plan/binding.h"

struct arena;
struct database;
struct named_predicate;
struct resolver;

/* A row of right_definition. */
struct right {
    struct str tab;
    struct str level; /* READ or WRITE */
    uint32_t bit;
};

struct rights {
    struct right *list;
    uint32_t count;
};

struct schema_sources {
    const char *folder;     /* of *.graphql */
    const char *directives; /* the file that defines the directives; NULL: one of the folder does */
    const struct catalogue *catalogue; /* of Dossier's own database */
    /* The catalogue of another database of the same server; NULL: it cannot be read. */
    const struct catalogue *(*catalogue_of)(void *context, struct str database);
    void *catalogue_context;
    struct rights rights;
    const struct resolver *resolvers;         /* ended by coordinate NULL */
    const struct named_predicate *predicates; /* ended by name NULL */
};

struct loaded_schema {
    const struct schema *schema;
    struct scope_tables scopes;
    const struct reference **references; /* in the order of their index */
    uint32_t reference_count;
};

/* STATUS_INVALID: the mistakes are in *problem, one a line. */
enum status schema_load(struct loaded_schema *loaded, struct arena *arena,
                        const struct schema_sources *sources, struct str *problem);

/* Which fields with ! may turn out to be null and why, one a line, and how many there are. */
void proof_print(const struct schema *schema, struct buf *out);

/* Reads right_definition. */
enum status rights_read(struct rights *rights, struct arena *arena, struct database *database);

/* The bit of "orders:read" as a mask; 0 when there is no such right. */
uint64_t rights_mask(const struct rights *rights, struct str tab, struct str level);

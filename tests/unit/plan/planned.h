/* planned: documents to plans as text, over a schema and a catalogue written in the test itself. */
#pragma once

#include "base/arena.h"
#include "base/buf.h"
#include "graphql/errors.h"
#include "graphql/parser.h"
#include "graphql/validate.h"
#include "plan/plan.h"
#include "run/resolver.h"
#include "schema/loader.h"
#include "unit/test.h"
#include <stdlib.h>
#include <unistd.h>

struct planned {
    struct arena *arena;
    struct catalogue catalogue;
    struct loaded_schema loaded;
    struct str problem; /* of loading */
};

static inline void planned_open(struct planned *planned)
{
    *planned = (struct planned){.arena = arena_create()};
    map_init(&planned->catalogue.tables, planned->arena, 8);
}

static inline void planned_close(struct planned *planned)
{
    arena_destroy(planned->arena);
}

/* The next word, or an empty one. */
static inline struct str planned_word(const char **text)
{
    *text += strspn(*text, " ,");
    struct str word = {.at = *text, .len = strcspn(*text, " ,")};
    *text += word.len;
    return word;
}

static inline void planned_key(struct planned *planned, struct catalogue_table *table,
                               struct catalogue_column *column, bool unique)
{
    struct catalogue_key *key = arena_new(planned->arena, struct catalogue_key);
    *key =
        (struct catalogue_key){.name = unique ? STR("PRIMARY") : column->name,
                               .unique = unique,
                               .columns = arena_array(planned->arena, struct catalogue_column *, 1),
                               .column_count = 1};
    key->columns[0] = column;
    map_put(&table->keys, key->name, key);
}

/* A foreign key of the column to the id of another table. */
static inline void planned_reference(struct planned *planned, struct catalogue_table *table,
                                     struct catalogue_column *column, struct str other)
{
    struct catalogue_reference *reference = arena_new(planned->arena, struct catalogue_reference);
    *reference = (struct catalogue_reference){
        .name = column->name,
        .columns = arena_array(planned->arena, struct catalogue_column *, 1),
        .table = other,
        .referred_columns = arena_array(planned->arena, struct str, 1),
        .column_count = 1,
    };
    reference->columns[0] = column;
    reference->referred_columns[0] = STR("id");
    map_put(&table->references, column->name, reference);
}

/* Columns as words: "id! name:text! partner_id->partner": whole numbers unless told, `!` is NOT
 * NULL, the first is the key, every other one has an index, an arrow is a foreign key to the id of
 * that table. */
static inline void planned_table(struct planned *planned, const char *name, const char *columns)
{
    struct catalogue_table *table = arena_new(planned->arena, struct catalogue_table);
    table->name = str_of(name);
    map_init(&table->columns, planned->arena, 8);
    map_init(&table->keys, planned->arena, 8);
    map_init(&table->references, planned->arena, 4);
    map_put(&planned->catalogue.tables, table->name, table);
    for (struct str word = planned_word(&columns); word.len > 0; word = planned_word(&columns)) {
        struct catalogue_column *column = arena_new(planned->arena, struct catalogue_column);
        const char *text = str_copy(planned->arena, word).at;
        size_t len = strcspn(text, ":!-");
        bool is_text = strncmp(text + len, ":text", 5) == 0;
        *column = (struct catalogue_column){
            .name = {.at = text, .len = len},
            .column_type = is_text ? STR("varchar(80)") : STR("bigint(20)"),
            .kind = is_text ? CATALOGUE_TEXT : CATALOGUE_INTEGER,
            .nullable = strchr(text, '!') == NULL,
        };
        planned_key(planned, table, column, table->columns.count == 0);
        map_put(&table->columns, column->name, column);
        if (strstr(text, "->") != NULL)
            planned_reference(planned, table, column, str_of(strstr(text, "->") + 2));
    }
}

/* What is wrong with the schema; empty: it is loaded. */
static inline struct str planned_load(struct planned *planned, const char *schema)
{
    static struct right rights[] = {{STR("account"), STR("READ"), 0},
                                    {STR("orders"), STR("READ"), 1}};
    static const struct resolver no_resolvers[] = {{0}};
    static const struct named_predicate no_predicates[] = {{0}};
    char folder[] = "/tmp/dossier-planned-XXXXXX";
    if (mkdtemp(folder) == NULL)
        abort();
    const struct schema_sources sources = {
        .folder = folder,
        .directives = "schema/directives.graphql",
        .catalogue = &planned->catalogue,
        .rights = {.list = rights, .count = 2},
        .resolvers = no_resolvers,
        .predicates = no_predicates,
    };
    struct str path = str_printf(planned->arena, "%s/test.graphql", folder), problem = {0};
    FILE *file = fopen(path.at, "w");
    if (file == NULL)
        abort();
    fputs(schema, file);
    fclose(file);
    schema_load(&planned->loaded, planned->arena, &sources, &problem);
    unlink(path.at);
    rmdir(folder);
    return problem;
}

static inline struct str planned_words(struct planned *planned, const struct errors *errors)
{
    return errors->first == NULL ? STR("too many errors")
                                 : str_copy(planned->arena, errors->first->message);
}

/* The plan of a document of one operation; NULL: not valid, with the words in planned->problem. */
static inline const struct plan *planned_plan(struct planned *planned, const char *query)
{
    struct errors errors;
    errors_init(&errors, planned->arena, 1);
    const struct parse_limits unlimited = {0};
    const struct validate_limits any = {0};
    struct document *document = parse(planned->arena, str_of(query), &unlimited, &errors);
    const struct plan_options options = {
        .schema = planned->loaded.schema, .scopes = planned->loaded.scopes, .fetch_limit = 100};
    const char *reason;
    const struct plan *plan = NULL;
    if (document != NULL &&
        validate(planned->loaded.schema, document, UINT64_MAX >> 1, &any, &errors))
        plan = plan_make(planned->arena, &options, document,
                         document_operation(document, (struct str){0}, &reason), &errors);
    planned->problem = plan == NULL ? planned_words(planned, &errors) : (struct str){0};
    return plan;
}

/* Its fetches in words. */
static inline struct str planned_text(struct planned *planned, const char *query)
{
    const struct plan *plan = planned_plan(planned, query);
    if (plan == NULL)
        return planned->problem;
    struct buf text;
    buf_init(&text, planned->arena, 1024);
    plan_dump(plan, &text);
    return buf_str(&text);
}

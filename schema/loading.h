/* loading: what the files of the loader share while one schema is loaded. */
#pragma once

#include "base/buf.h"
#include "graphql/errors.h"
#include "graphql/schema.h"
#include "run/resolver.h"
#include "schema/loader.h"

struct loading {
    struct arena *arena;
    const struct schema_sources *sources;
    struct document **documents;
    uint32_t document_count;
    struct map generated; /* names of generated connection types → the element type's name (struct
                             str *) */
    struct map versions;  /* names of generated version types → the AST of the type they are of */
    struct schema *schema;
    struct scope_tables scopes;
    const struct reference **references;
    uint32_t reference_count;
    struct map catalogues; /* of other databases, by name: struct catalogue */
    struct buf mistakes;
    uint32_t mistake_count;
};

/* coordinate: Type, Type.field or Type.field(argument:) */
void mistake(struct loading *loading, struct str coordinate, const char *format, ...)
    __attribute__((format(printf, 3, 4)));
struct str field_coordinate(struct loading *loading, const struct field *field);

/* ---- connections.c ---- */

/* A document of the loader's own. */
struct document *parse_generated(struct loading *loading, struct str text);

/* Adds the definitions of XConnection, XEdge and PageInfo that fields name, and their page
 * arguments. */
void connections_generate(struct loading *loading);

/* ---- loader.c ---- */

void document_add(struct loading *loading, struct document *document);

/* ---- filter_types.c ---- */

/* Adds the input types of filters and orders, and the arguments that take them. */
void filters_generate(struct loading *loading);

/* The name of a field among the values of its type's sort enum. */
struct str sort_value(struct arena *arena, struct str field);

/* ---- filters.c ---- */

/* Says of each filter and order which columns it is about; once all fields are bound. */
void filters_bind(struct loading *loading);

/* ---- rights.c ---- */

/* Fills `needs` of types, fields and enums; refuses what has neither @right nor @public. */
void rights_bind(struct loading *loading);

/* ---- bind.c ---- */

/* Completes a table whose name and key were read, and holds it against the database. False, and a
 * mistake: it is not there, or has no such key. */
bool table_check(struct loading *loading, struct table *table);

/* Tables first, then the fields between them. */
void tables_bind(struct loading *loading);
void fields_bind(struct loading *loading);

/* Whether a column holds values of a leaf type. */
bool leaf_fits(const struct type *type, const struct catalogue_column *column);
/* ---- resolvers.c ---- */

/* A field with @resolver; `table` is its parent's, NULL: none. */
void resolver_bind(struct loading *loading, struct field *field, const struct table *table);

/* Every resolver serves a field. */
void resolvers_check(struct loading *loading);

/* ---- kinds.c ---- */

/* The interface or union with @discriminator whose table has the rows of this type; NULL: none. */
const struct type *kinds_owner(const struct loading *loading, const struct type *type);

/* The types whose rows are in the table of an interface or union. */
void kinds_bind(struct loading *loading, struct type *type, struct table *table);

/* The text of @value as the column has it; a mistake when it cannot have it. */
bool kind_value(struct loading *loading, const struct type *type, struct str text,
                const struct catalogue_column *column, struct cell *value);

/* What a type without a table of its own says amiss about tables of several types. */
void kinds_check(struct loading *loading, const struct type *type);

/* True when a row of that type may be one of another, or of one that not everybody sees who sees
 * the type. */
bool kinds_may_hide(const struct table *table);

/* ---- halves.c ---- */

/* The type's other tables, from its @join directives. */
void halves_bind(struct loading *loading, const struct type *type, struct table *table);

/* Which of them has that name; NULL in *half: the type's own table, also without a name. False, and
 * a mistake: none. */
bool half_named(struct loading *loading, struct str coordinate, const struct table *table,
                struct str name, const struct half **half);

/* The same by the `table` of a field's directive. */
bool half_find(struct loading *loading, struct str coordinate, const struct table *table,
               const struct ast_directive *directive, const struct half **half);

/* The table that has the field's columns; a mistake when the other half may be missing and the
 * field may not. */
const struct table *half_check(struct loading *loading, const struct field *field,
                               const struct table *table, const struct half *half);

/* ---- merge.c ---- */

void merge_bind(struct loading *loading, struct field *field,
                const struct ast_directive *directive);

/* ---- nodes.c ---- */

/* A field with @node, and one with @one(kind:). */
void nodes_bind(struct loading *loading, struct field *field);
void nodes_bind_kind(struct loading *loading, struct field *field,
                     const struct ast_directive *directive);

/* True when some @one(kind:) leads to rows of that type. */
bool nodes_lead_to(const struct loading *loading, const struct type *type);

/* ---- relations.c ---- */

void relation_bind_one(struct loading *loading, struct field *field,
                       const struct ast_directive *directive);
void relation_bind_many(struct loading *loading, struct field *field,
                        const struct ast_directive *directive);

/* ---- orders.c ---- */

/* Reads "opened_at desc, id" and completes it with the key. */
void orders_bind(struct loading *loading, const struct field *field, struct binding *binding,
                 struct str text);

/* A column that pages can be sorted by. False and a mistake when it is not. */
bool order_term_bind(struct loading *loading, struct str coordinate,
                     const struct catalogue_column *column, struct order_term *out);

/* ---- arguments.c ---- */

/* @limit and @match on the arguments of a list or connection. */
void arguments_bind(struct loading *loading, const struct field *field, struct binding *binding);

/* Who does not see a column's field cannot match it either; once all fields are bound. */
void arguments_need(struct loading *loading);

/* How values of the type are compared with the column. False and a mistake when they are not. */
bool compared_bind(struct loading *loading, struct str coordinate, const struct type *type,
                   const struct catalogue_column *column, struct compared *out);

/* ---- history.c ---- */

/* Adds a type of versions for each type that has a field with @history; before connections. */
void history_generate(struct loading *loading);

/* Versions are of the same table, once that is bound. */
void history_bind_tables(struct loading *loading);

/* The connection with @history. */
void history_bind_field(struct loading *loading, struct field *field,
                        const struct ast_directive *directive);

/* What every version has. False: it is a field like those of the row. */
bool history_bind_part(struct loading *loading, struct field *field, const struct table *table);

/* By which columns versions differ, once all fields are bound. */
void history_bind(struct loading *loading);

/* ---- moments.c ---- */

/* What a table can say about the past. */
void moments_bind_table(struct loading *loading, struct table *table,
                        const struct ast_directive *directive);

/* How many of the field's arguments have @asOf. */
uint32_t moments_argument_count(const struct field *field);

/* @asOf, once all fields are bound: everything below such a field must have a past. */
void moments_bind(struct loading *loading);

/* ---- references.c ---- */

/* Types with @reference, once their fields are bound. */
void references_bind(struct loading *loading);

/* ---- proof.c ---- */

/* Fills `doubt` of all fields; the last thing, when there are no mistakes. */
void proof_make(struct loading *loading);

/* ---- applied.c: reading what is applied ---- */

const struct ast_directive *type_directive(const struct type *type, const char *name);
const struct ast_directive *field_directive(const struct field *field, const char *name);

/* The text of a string argument; .at NULL when it is not given. */
struct str directive_text(const struct ast_directive *directive, const char *name);
bool directive_flag(const struct ast_directive *directive, const char *name);
uint32_t directive_number(const struct ast_directive *directive, const char *name,
                          uint32_t otherwise);
struct str snake_case(struct arena *arena, struct str name);
const struct table *table_of(const struct type *type);

/* What the database says of the table; NULL: there is none. */
const struct catalogue_table *catalogued_table(struct loading *loading, const struct table *table);

/* The column, or NULL and a mistake. */
const struct catalogue_column *need_column(struct loading *loading, struct str coordinate,
                                           const struct table *table, struct str name);

/* False and a mistake when the table's key does not tell its rows apart; `why` says what needs
 * that. */
bool need_unique_key(struct loading *loading, struct str coordinate, const struct table *table,
                     const char *why);
bool is_root(const struct schema *schema, const struct type *type);

/* True when ids of these objects say of which type they are: of a union, when all members do. */
bool has_global_ids(const struct type *type);

/* True for types that the schema files or the generator define: not introspection, not scalars. */
bool is_ours(const struct type *type);

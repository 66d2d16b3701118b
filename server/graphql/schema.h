/* schema: the types a server answers for (specification §3), read-only once built.
 *
 * Made by schema_build() from type system documents; every name is a span of their sources, which
 * must outlive it. `needs` is the visibility of a type, field, argument, input field or enum value:
 * a 64-bit mask of rights; who lacks one of its bits does not see it, neither in introspection nor
 * in validation. The language only compares bits; the schema loader says what they mean.
 */
#pragma once

#include "base/map.h"
#include "graphql/ast.h"

struct arena;
struct errors;

enum type_kind {
    TYPE_SCALAR,
    TYPE_OBJECT,
    TYPE_INTERFACE,
    TYPE_UNION,
    TYPE_ENUM,
    TYPE_INPUT_OBJECT,
};

struct type;

enum type_use_kind { USE_NAMED, USE_LIST, USE_NON_NULL };

/* A type as it is used: `[Ticket!]!` is NON_NULL of LIST of NON_NULL of NAMED. */
struct type_use {
    enum type_use_kind kind;
    const struct type *named;  /* the innermost type, at every level */
    const struct type_use *of; /* USE_LIST and USE_NON_NULL */
};

struct input_value {
    struct str name;
    struct str coordinate;  /* Type.field(argument:), @directive(argument:) or Type.field */
    struct str description; /* .at NULL: none */
    const struct type_use *type;
    const struct ast_value *default_value; /* NULL: none */
    struct str deprecation_reason;         /* .at NULL: not deprecated */
    const struct ast_input_value *ast;
    uint64_t needs;
};

struct field {
    struct str name;
    struct str description;
    struct input_value *arguments;
    uint32_t argument_count;
    const struct type_use *type;
    struct str deprecation_reason;
    const struct ast_field_definition *ast; /* NULL for introspection */
    const struct type *parent;
    uint64_t needs;
    void *binding;    /* the planner's: where its values come from */
    struct str doubt; /* the loader's: why its ! might turn out to be wrong; empty: it cannot */
};

struct enum_value {
    struct str name;
    struct str description;
    struct str deprecation_reason;
    const struct ast_enum_value *ast;
    uint64_t needs;
};

struct type {
    enum type_kind kind;
    struct str name;
    struct str description;
    uint32_t index;       /* in schema.types */
    struct field *fields; /* object, interface */
    uint32_t field_count;
    struct map field_map;
    const struct type **interfaces; /* object, interface: all that it implements */
    uint32_t interface_count;
    /* Object: itself. Union: its members, as written. Interface: the objects that implement it, in
     * the order of the schema's types. */
    const struct type **possible;
    uint32_t possible_count;
    uint64_t *possible_bits; /* by type index */
    struct enum_value *values;
    uint32_t value_count;
    struct input_value *inputs; /* input object */
    uint32_t input_count;
    bool one_of;
    bool built_in; /* introspection types and the five scalars */
    struct str specified_by;
    const struct ast_type_system *ast; /* extensions are in the arrays above; NULL: built in */
    const struct ast_type_system **extensions;
    uint32_t extension_count;
    const struct ast_directives **applied; /* directives of the definition and of each extension */
    uint32_t applied_count;
    const struct scalar *scalar; /* how its values are checked; see coerce.h */
    uint64_t needs;
    void *binding; /* the planner's */
};

struct directive {
    struct str name;
    struct str description;
    const struct ast_type_system *ast; /* NULL: built in */
    struct input_value *arguments;
    uint32_t argument_count;
    uint32_t locations; /* 1 << enum directive_location */
    bool repeatable;
    bool built_in;
    bool hidden; /* binds the schema to its sources; clients never see it */
};

enum directive_location {
    LOCATION_QUERY,
    LOCATION_MUTATION,
    LOCATION_SUBSCRIPTION,
    LOCATION_FIELD,
    LOCATION_FRAGMENT_DEFINITION,
    LOCATION_FRAGMENT_SPREAD,
    LOCATION_INLINE_FRAGMENT,
    LOCATION_VARIABLE_DEFINITION,
    LOCATION_SCHEMA,
    LOCATION_SCALAR,
    LOCATION_OBJECT,
    LOCATION_FIELD_DEFINITION,
    LOCATION_ARGUMENT_DEFINITION,
    LOCATION_INTERFACE,
    LOCATION_UNION,
    LOCATION_ENUM,
    LOCATION_ENUM_VALUE,
    LOCATION_INPUT_OBJECT,
    LOCATION_INPUT_FIELD_DEFINITION,
};

struct schema {
    struct arena *arena;
    struct str description;
    struct type **types; /* in order of definition, introspection types last */
    uint32_t type_count;
    struct map type_map;
    struct directive **directives;
    uint32_t directive_count;
    const struct type *query;
    const struct type *mutation;                /* NULL: none */
    const struct type *subscription;            /* NULL: none */
    const struct ast_type_system **definitions; /* `schema { … }` and its extensions */
    uint32_t definition_count;
    const struct field *typename_field; /* __typename, of every composite type */
    struct field *schema_field;         /* Query.__schema; `needs` is who may introspect */
    struct field *type_field;           /* Query.__type; the same */
};

/* Runs the schema rules and type validation over the documents together (definitions and extensions
 * may be spread over them). NULL and the errors, or the schema. */
struct schema *schema_build(struct arena *arena, struct document **documents, uint32_t count,
                            struct errors *errors);

struct schema_options {
    bool unchecked;        /* neither schema rules nor type validation, for tests of documents */
    bool standard_scalars; /* Dossier's own scalars, DateTime and the like, accept everything */
};

struct schema *schema_build_with(struct arena *arena, struct document **documents, uint32_t count,
                                 const struct schema_options *options, struct errors *errors);

/* What the viewer with these rights sees by that name, or NULL. */
struct type *schema_type(const struct schema *schema, struct str name, uint64_t rights);

/* What a member's name says, or NULL. Visible or not. */
const struct input_value *type_input(const struct type *type, struct str name);
const struct enum_value *type_value(const struct type *type, struct str name);
const struct input_value *input_value_find(const struct input_value *inputs, uint32_t count,
                                           struct str name);

/* QUERY, FIELD_DEFINITION and so on; false: there is no such location. */
bool directive_location_find(struct str name, enum directive_location *location);
const char *directive_location_name(enum directive_location location);

/* A type reference of a document, in the arena; NULL: the viewer sees no type by that name. */
const struct type_use *schema_type_use(const struct schema *schema, struct arena *arena,
                                       const struct ast_type *type, uint64_t rights);

/* The field of an object or interface, __typename and the two introspection fields of the query
 * root included. */
const struct field *schema_field(const struct schema *schema, const struct type *parent,
                                 struct str name, uint64_t rights);
const struct directive *schema_directive(const struct schema *schema, struct str name);

static inline bool needs_met(uint64_t needs, uint64_t rights)
{
    return (needs & ~rights) == 0;
}

static inline bool type_is_composite(const struct type *type)
{
    return type->kind == TYPE_OBJECT || type->kind == TYPE_INTERFACE || type->kind == TYPE_UNION;
}

static inline bool type_is_input(const struct type *type)
{
    return type->kind == TYPE_SCALAR || type->kind == TYPE_ENUM || type->kind == TYPE_INPUT_OBJECT;
}

static inline bool type_is_abstract(const struct type *type)
{
    return type->kind == TYPE_INTERFACE || type->kind == TYPE_UNION;
}

static inline bool type_is_possible(const struct type *abstract, const struct type *object)
{
    return (abstract->possible_bits[object->index / 64] >> (object->index % 64)) & 1;
}

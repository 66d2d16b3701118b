/* validation: what the rules share: the document, the place where the walk is, and how to report.
 *
 * A rule is a function that looks at where the walk is and reports what is wrong there. Rules do
 * not know each other. The tables that say which rule looks at what, in which order, are in
 * validate.c for executable documents and in schema_rules.c for the schema language.
 */
#pragma once

#include "graphql/errors.h"
#include "graphql/validate.h"

struct arena;
struct validation;

/* What a walk calls rules at, in the order in which it meets them. */
enum validation_event {
    ON_DOCUMENT,
    ON_OPERATION,
    ON_VARIABLE_DEFINITION,
    ON_FRAGMENT,
    ON_SELECTION_SET,
    ON_FIELD,
    ON_SPREAD,
    ON_INLINE_FRAGMENT,
    ON_ARGUMENT, /* of a field */
    ON_VALUE,    /* of an argument, or a default: the whole of it */
    ON_DIRECTIVE,
    ON_TYPE_NAME,
    ON_TYPE_SYSTEM,
    ON_MEMBER, /* of a type system definition: a field, argument or enum value */
    ON_DIRECTIVE_END,
    ON_FIELD_END,
    ON_OPERATION_END,
    ON_DOCUMENT_END,
    VALIDATION_EVENT_COUNT,
};

struct rule_set {
    void (*const *on[VALIDATION_EVENT_COUNT])(
        struct validation *v); /* each ended by NULL; NULL: none */
};

/* A variable where it is used. */
struct variable_use {
    const struct ast_value *variable;
    const struct type_use *type; /* expected there; NULL: unknown */
    const struct type *one_of;   /* the OneOf input object it is a field of; NULL: none */
    bool has_default;            /* the argument or input field has one */
};

struct variable_uses {
    struct variable_use *items;
    uint32_t count;
    uint32_t capacity;
    bool known;
};

/* What is found out about a fragment, each part by the rule that needs it and only once. */
struct fragment_info {
    const struct ast_fragment *ast;
    const struct ast_selection **spreads; /* all that are in it, not looking into other fragments */
    uint32_t spread_count;
    bool spreads_known;
    struct variable_uses uses;
    uint32_t reached; /* by the walk of this number */
    bool cycle_checked;
    uint32_t cycle_index; /* in the path of spreads, from 1; 0: not in it */
    uint32_t introspection_run;
    int introspection_visited;
    int introspection_checked;  /* fine when entered at this depth; -1: not known */
    int introspection_exceeded; /* too deep when entered at this depth */
    uint32_t incremental_run;
    bool measured, measuring;
    uint64_t measured_fields;
    uint32_t measured_depth;
    uint64_t measured_root_fields;
};

struct validation {
    const struct schema *schema; /* NULL where the schema's own documents are looked at */
    uint64_t rights;
    struct document **documents;
    uint32_t document_count;
    const struct validate_limits *limits;
    struct arena *arena;
    struct errors *errors;
    uint32_t error_limit;
    bool aborted;
    const struct rule_set *rules;
    struct map fragments;             /* struct fragment_info by name; the last definition counts */
    struct map directive_definitions; /* struct ast_type_system by name, of these documents */
    struct map type_definitions;      /* struct ast_definition by name, of these documents */
    struct map operation_names;       /* struct name */
    struct map fragment_names;        /* struct name */
    struct map definition_directives; /* on a type and its extensions: struct map by type name */
    struct map labels;                /* of @defer and @stream: struct ast_directive */
    uint32_t run;                     /* counts walks over fragments */
    uint32_t chain;                   /* fragments within fragments on the stack */
    uint64_t work;                    /* fragments and variables looked at for operations */
    const struct ast_selection *too_deep; /* the introspection that was found so; NULL: none */
    struct schema_rules *schema_rules;    /* theirs alone */
    struct merging *merging;              /* the field merging rules' alone */
    struct variable_uses *collecting;     /* where variables go while they are collected */
    struct variable_uses operation_uses;  /* of the operation that was looked at last */
    const struct ast_definition *operation_uses_of;

    /* Where the walk is. */
    const struct document *document;
    const struct ast_definition *definition;
    const struct ast_variable_definition *variable;
    const struct ast_selection_set *selections;
    bool selections_of_inline_fragment;
    const struct ast_selection *selection;
    const struct type *parent_type; /* what selections are of; NULL: unknown or not composite */
    const struct field *field;      /* NULL: there is none by that name */
    const struct type *type;        /* of the operation, field or fragment; NULL: unknown */
    const struct ast_directives *directives;
    enum directive_location location;
    const struct ast_directive *directive;
    const struct ast_argument *argument;
    const struct input_value *argument_definition;
    const struct ast_value *value;
    const struct type_use *input_type; /* NULL: unknown */
    bool has_default;
    const struct name *type_name;
};

/* The error, for its locations; nothing is reported after the validation was aborted. */
struct error *validation_report(struct validation *v, const char *format, ...)
    __attribute__((format(printf, 2, 3)));
struct error *validation_report_text(struct validation *v, struct str message);
void validation_at(struct validation *v, struct error *error, uint32_t at);

/* Ends it with one last error (code LIMIT). */
void validation_abort(struct validation *v, const char *message);

/* Work that grows with fragments times operations; aborts when it is too much. */
void validation_work(struct validation *v, uint64_t amount);

/* Into a fragment from within another; false, and aborted, when that is too deep for the stack. */
bool validation_descend(struct validation *v);
void validation_ascend(struct validation *v);

struct fragment_info *validation_fragment(const struct validation *v, struct str name);

/* A directive as it was defined; NULL: there is none by that name, or clients do not see it. */
const struct ast_type_system *validation_directive(const struct validation *v, struct str name);

/* Reports each name that occurs more than once, at all its places. The names are members of
 * structs. */
struct named_items {
    const void *items;
    uint32_t count;
    size_t size;   /* of an item */
    size_t offset; /* of the struct name in it */
};

void validation_unique_names(struct validation *v, struct named_items names, const char *before,
                             const char *after);

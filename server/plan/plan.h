/* plan: a document compiled: what to fetch, in which order, and how to write the answer.
 *
 * Immutable once made, shared by all loops. Nothing of a request is in it: no variable's value, no
 * user, no right (Hasura #3097 is what comes of that); conditions, page sizes and row scopes are
 * looked at when it runs. `needs` is what a viewer must hold for the document to be valid for them.
 *
 * A plan is a tree of fetches. A fetch brings the rows of one field for all its parents at once; a
 * shape says how one object is written from such a row.
 */
#pragma once

#include "plan/binding.h"
#include "plan/cost.h"

struct fetch;
struct shape;

/* @skip and @include: a disjunction of conjunctions of variables. Condition 0 always holds. */
struct condition_literal {
    uint32_t variable; /* index in operation->variables */
    bool wanted;
};

struct condition_term {
    uint32_t count;
    struct condition_literal literals[];
};

struct condition {
    const struct condition_term **terms;
    uint32_t count;
};

/* How a leaf's cell becomes JSON. */
enum form {
    FORM_ANY, /* as the cell is: for scalars that nobody knows */
    FORM_INT,
    FORM_FLOAT,
    FORM_STRING,
    FORM_BOOLEAN,
    FORM_ID,
    FORM_GLOBAL_ID,
    FORM_ENUM,
    FORM_BIG_INT, /* a string of digits; also Decimal */
    FORM_DATE,
    FORM_DATE_TIME,
    FORM_JSON,
};

enum shape_kind {
    SHAPE_TYPENAME, /* a constant */
    SHAPE_LEAF,
    SHAPE_COMPUTED, /* a leaf out of the fetch's computed cells */
    SHAPE_VALID_UNTIL,
    SHAPE_CHANGES,
    SHAPE_EMBEDDED, /* an object over the same row; null when `column` is */
    SHAPE_ONE,      /* the first row of a child fetch, or null */
    SHAPE_LIST,     /* all rows of a child fetch */
    SHAPE_CONNECTION,
    SHAPE_NODE, /* a row of whatever type; one child for each possible type, from `child` on */
    /* Inside of a connection: */
    SHAPE_NODES,
    SHAPE_EDGES,
    SHAPE_EDGE_NODE,
    SHAPE_CURSOR,
    SHAPE_PAGE_INFO,
    SHAPE_HAS_NEXT_PAGE,
    SHAPE_HAS_PREVIOUS_PAGE,
    SHAPE_START_CURSOR,
    SHAPE_END_CURSOR,
    SHAPE_TOTAL_COUNT,
};

/* Where a field stands in its selection set, and when: for the order of conditional duplicates. */
struct shape_place {
    uint32_t position;
    uint32_t condition;
};

struct shape_field {
    struct str lead; /* ,"key": with its comma */
    struct str key;
    uint32_t condition;
    enum shape_kind kind;
    enum form form;
    uint32_t column;     /* SHAPE_LEAF; SHAPE_COMPUTED: of fetch->computed */
    uint32_t arguments;  /* of a leaf: index of plan->argument_lists, or UINT32_MAX */
    struct str constant; /* SHAPE_TYPENAME: quoted; FORM_GLOBAL_ID: the type's name */
    const struct type_use *type;
    const struct binding *nodes; /* SHAPE_NODE: by the kind in `column`; NULL: by global ids */
    uint32_t child;              /* fetch->children[child] */
    struct shape **shapes;       /* what is inside: one for each of shape_types */
    const struct type **shape_types;
    uint32_t shape_count;
    const struct field *field;
    const struct ast_selection *ast;
    struct shape_place *places; /* of all occurrences, in order */
    uint32_t place_count;
};

struct shape {
    const struct type *type; /* always a concrete one */
    struct shape_field *fields;
    uint32_t field_count;
    bool reordered; /* the order of fields depends on conditions */
};

enum fetch_kind {
    FETCH_ROOT,    /* the one row without columns that everything begins with */
    FETCH_ROWS,    /* rows of a table */
    FETCH_BRANCH,  /* what one of several tables adds to a fetch of rows or counts */
    FETCH_COUNT,   /* how many rows of a table there are for each parent */
    FETCH_OBJECTS, /* objects of a source in memory: object, type, then leaves */
};

/* Introspection is one source, all other objects come from the engine's own: resolvers, or the
 * wiring of the conformance tests. */
enum object_source { OBJECTS_RESOLVER, OBJECTS_INTROSPECTION };

/* A leaf asked of an object. */
struct object_column {
    const struct field *field;
    const struct type *type; /* only objects of this type are asked */
    uint32_t arguments;      /* index of plan->argument_lists */
};

/* A leaf that C code makes for all rows of a fetch once they are there. */
struct computed {
    const struct field *field;
    const struct type *row_type; /* NULL: of all rows, or only of those of that type */
    const struct binding *binding;
    uint32_t condition;
    uint32_t arguments;      /* index of plan->argument_lists, or UINT32_MAX */
    const uint32_t *columns; /* of the rows: where binding->needs are */
};

enum { OBJECT_COLUMN = 0, TYPE_COLUMN = 1, FIRST_LEAF_COLUMN = 2 };

/* Which rows of a table each kind of viewer may see; by enum viewer_kind. */
struct row_rule {
    struct str condition[3]; /* empty for what is open to that kind */
    bool bound[3];           /* the condition has one parameter: scope_id or scope_path */
    struct str
        then; /* as of a moment, for a partner: instead of the condition, and bound like it */
    struct str
        recorded; /* as of a moment, for all: one more condition, whose parameter is the moment */
    bool decided; /* set by the one function that writes conditions; the verifier looks for it */
};

/* A table that is joined to the one of a fetch, with at most one row for each of its rows. */
struct join {
    const struct table *table;
    const struct binding *binding; /* the field that leads to its row; NULL: the other half of the
                                      object whose first half is `base` */
    uint32_t base;                 /* what it is joined to, as in struct row_column */
    struct str base_column;
    struct str text;      /* LEFT JOIN `partner` AS j1 ON j1.`id` = t.`partner_id` */
    size_t moment_at;     /* where in it FOR SYSTEM_TIME ALL belongs; 0: no history is kept */
    struct str then;      /* as of a moment: the version of then; two parameters, the moment */
    struct row_rule rule; /* what is added to ON */
};

/* A table that filters of the document may look into: which of its rows count. */
struct filter_table {
    const struct table *table;
    struct row_rule rule;
};

/* A column of a fetch of rows. */
struct row_column {
    struct str name;
    uint32_t join;   /* 0: of the fetch's own table; n: of joins[n - 1] */
    bool computed;   /* the name is an expression */
    bool mask_bound; /* with a parameter: which fields of versions the viewer sees */
};

/* SQL with holes: select <joins> where <key> and <rule> and <predicate> and <keyset> order by …
 * limit. */
struct fetch_sql {
    struct str select; /* SELECT … FROM `t` AS t */
    size_t moment_at;  /* where in it FOR SYSTEM_TIME AS OF … belongs; 0: no history is kept */
    uint32_t masks;    /* parameters in it, all of them the mask of fields that the viewer sees */
    struct str key;    /* t.`column`, or empty */
    struct row_rule rule;
    struct str changed; /* of versions: the viewer sees that something changed; one parameter: the
                           mask */
};

/* Parents that one statement serves. */
enum {
    KEYS_IN_LIST = 512,
    BRANCHES_IN_UNION = 64,
    ROWS_IN_LIST = 32768,   /* to be expected of a statement that reads all rows of its parents */
    LISTS_CUT_FACTOR = 4,   /* so many times more rows than are wanted: the average was wrong */
    ROWS_ALWAYS_CUT = 1024, /* so few are never worth a second statement */
};

/* Reading all rows of all parents and cutting them is dearer than a page of each. `average` is how
 * many rows a parent has, `wanted` how many of them are asked for. */
static inline bool pages_are_deep(uint32_t average, uint32_t wanted)
{
    return average > 2 * wanted;
}

/* Parents whose rows are read at once; wanted 0: all rows, which are few. */
static inline uint32_t keys_in_list(uint32_t wanted)
{
    uint32_t keys = KEYS_IN_LIST;
    while (keys > 1 && keys * 2 * wanted > ROWS_IN_LIST)
        keys /= 2;
    return keys;
}

struct fetch {
    uint32_t index;
    enum fetch_kind kind;
    enum object_source source;
    const struct field *field;
    const struct ast_selection *ast; /* the first of the merged ones: arguments and locations */
    const struct binding *binding;   /* FETCH_ROWS, FETCH_COUNT */
    /* FETCH_ROWS: the rows are in memory, as a rule; NULL: they are not. Then `columns` are those
     * of the reference, and the statement is for what memory lacks. */
    const struct reference *reference;
    const struct fetch *parent;
    const struct type **parent_types; /* only parents of these types have it; NULL: all */
    uint32_t parent_type_count;
    bool has_types;                /* each row is of a type of its own */
    uint32_t type_column;          /* the same of rows: the discriminator; of objects TYPE_COLUMN */
    uint32_t parent_column;        /* of the parent's rows: the key */
    const struct cell *kind_value; /* only of parents whose kind it is; NULL: of all */
    uint32_t kind_column;          /* of the parent's rows: the kind */
    bool early;          /* its keys are the parent's own: it need not wait for the parent's rows */
    uint32_t list_level; /* FETCH_OBJECTS: how many list wrappers were opened already */
    uint32_t condition;
    uint32_t arguments;         /* index of the run's argument lists */
    struct row_column *columns; /* FETCH_ROWS: [0] is the key of the target */
    struct join *joins;         /* FETCH_ROWS: each after what it is joined to */
    uint32_t join_count;
    uint32_t join_capacity;
    struct object_column *object_columns;
    uint32_t width;
    uint32_t column_capacity;
    struct computed *computed;
    uint32_t computed_count;
    uint32_t *need_columns; /* FETCH_OBJECTS below rows: where binding->needs are in the parent's */
    uint32_t *order_columns; /* where the columns of the list's own order are, for cursors; NULL:
                                not needed */
    bool needs_more;         /* hasNextPage is asked: fetch one row more */
    struct fetch_sql sql;
    struct fetch **branches; /* of a list over several tables, whose own sql is empty */
    uint32_t branch_count;
    const struct fetch *whole; /* FETCH_BRANCH: of what */
    struct fetch **children;
    uint32_t child_count;
    uint32_t child_capacity;
    const struct fetch *inner; /* lists of lists: what is in the lists that are this fetch's rows */
    const struct group *group; /* what it was made for */
    struct shape **shapes;     /* how its objects are written, one for each of shape_types */
    const struct type **shape_types;
    uint32_t shape_count;
};

/* A field whose arguments are computed once per request. */
struct argument_list {
    const struct field *field;
    const struct ast_selection *ast;
};

struct plan {
    struct arena *arena;
    const struct schema *schema;
    const struct document *document;
    const struct ast_operation *operation;
    bool consistent; /* @consistent: all fetches see one state of the database */
    uint64_t needs;
    struct condition *conditions;
    uint32_t condition_count;
    struct argument_list *argument_lists;
    uint32_t argument_list_count;
    struct fetch **fetches;
    uint32_t fetch_count;
    struct fetch *root;
    struct shape *root_shape;
    struct filter_table *filter_tables;
    uint32_t filter_table_count;
    struct cost_step *cost_steps; /* by fetch */
};

struct plan_options {
    const struct schema *schema;
    struct scope_tables scopes;
    uint32_t fetch_limit; /* more fetches than this are refused */
};

/* Compiles one operation of a valid document. NULL with the error when it cannot be (a limit). The
 * document must outlive the plan; both usually live in the same arena. */
struct plan *plan_make(struct arena *arena, const struct plan_options *options,
                       const struct document *document, const struct ast_operation *operation,
                       struct errors *errors);

/* The rights that are needed for all definitions of a document to be visible. */
uint64_t document_needs(const struct schema *schema, const struct document *document);

/* Leaves out what viewers with these rights do not see, and what has nothing left below it.
 * Fragments that are spread are left alone. */
void selections_narrow(const struct schema *schema, const struct type *parent,
                       struct ast_selection_set *set, uint64_t rights);

/* The row rule of a table under the alias t. */
void plan_row_rule(struct arena *arena, const struct plan_options *options,
                   const struct table *table, struct row_rule *rule);

/* False when a fetch of rows lacks its row rule: a mistake of ours that must never run. */
bool plan_verify(const struct plan *plan);

/* The plan in words, one fetch a line, with its SQL. */
void plan_dump(const struct plan *plan, struct buf *out);

/* answer: what our reading of the specification says to one question. */
#include "answer.h"

#include "base/arena.h"
#include "base/buf.h"
#include "graphql/coerce.h"
#include "graphql/json_literal.h"
#include "graphql/printer.h"
#include "hiding.h"
#include "wired.h"
#include <stdlib.h>

enum { REMEMBERED_SCHEMAS = 64 };

/* A schema that was asked about; where there is none, what is wrong with its text. */
struct remembered {
    struct arena *arena;
    struct str text;
    bool unchecked; /* for validating only: neither schema rules nor type validation were applied */
    uint64_t hide;  /* which part of it is not seen; 0: all is */
    const struct schema *schema;
    uint64_t rights; /* of who asks */
    struct wired wired;
    struct errors errors;
    uint64_t used; /* by which question, counted */
};

struct answers {
    struct remembered schemas[REMEMBERED_SCHEMAS];
    uint32_t schema_count;
    uint64_t questions;
    struct remembered *last; /* of the question before */
};

/* What one question is answered with. */
struct asking {
    struct answers *answers;
    struct arena *arena;
    const json_t *question;
    const char *problem;
    struct buf out;
};

static const struct parse_limits no_parse_limits;
static const struct validate_limits no_validate_limits;

static struct str text_of(const json_t *json)
{
    return (struct str){.at = json_string_value(json), .len = json_string_length(json)};
}

static struct str take_text(struct asking *asking, const char *key, const char *problem)
{
    const json_t *value = json_object_get(asking->question, key);
    if (!json_is_string(value))
        asking->problem = problem;
    return text_of(value);
}

/* Message and places, as the cases of data/ have them. */
static void write_error(struct buf *out, const struct error *error)
{
    buf_add(out, STR("{\"message\":"));
    buf_add_json_string(out, error->message);
    if (error->location_count > 0)
        buf_add(out, STR(",\"locations\":["));
    for (uint32_t i = 0; i < error->location_count; i++)
        buf_printf(out, "%s{\"line\":%u,\"column\":%u}", i == 0 ? "" : ",",
                   error->locations[i].line, error->locations[i].column);
    buf_add(out, error->location_count > 0 ? STR("]}") : STR("}"));
}

static void write_errors(struct buf *out, const struct errors *errors)
{
    buf_add_char(out, '[');
    for (const struct error *error = errors->first; error != NULL; error = error->next) {
        if (error != errors->first)
            buf_add_char(out, ',');
        write_error(out, error);
    }
    buf_add_char(out, ']');
}

static void write_refusal(struct buf *out, const struct errors *errors)
{
    buf_add(out, STR("{\"errors\":"));
    write_errors(out, errors);
    buf_add_char(out, '}');
}

static void write_text(struct buf *out, const struct buf *text)
{
    buf_add(out, STR("{\"text\":"));
    buf_add_json_string(out, buf_str(text));
    buf_add_char(out, '}');
}

/* ---- schemas ---- */

static void forget(struct remembered *schema)
{
    if (!schema->unchecked)
        wired_close(&schema->wired);
    arena_destroy(schema->arena);
}

/* A place for one more: the one that nobody asked about for longest goes. */
static struct remembered *make_room(struct answers *answers)
{
    if (answers->schema_count < REMEMBERED_SCHEMAS)
        return &answers->schemas[answers->schema_count++];
    struct remembered *oldest = &answers->schemas[0];
    for (uint32_t i = 1; i < REMEMBERED_SCHEMAS; i++) {
        if (answers->schemas[i].used < oldest->used)
            oldest = &answers->schemas[i];
    }
    forget(oldest);
    return oldest;
}

static const struct schema *build_unchecked(struct remembered *schema)
{
    const struct schema_options options = {.unchecked = true, .standard_scalars = true};
    struct document *document =
        parse(schema->arena, schema->text, &no_parse_limits, &schema->errors);
    return document == NULL
               ? NULL
               : schema_build_with(schema->arena, &document, 1, &options, &schema->errors);
}

static void apply_hiding(struct remembered *schema)
{
    hiding_apply(schema->wired.schema, schema->hide);
    schema->rights = schema->wired.rights = ~(uint64_t)HIDING_RIGHT;
}

static struct remembered *remember(struct answers *answers, struct str text, bool unchecked,
                                   uint64_t hide)
{
    for (uint32_t i = 0; i < answers->schema_count; i++) {
        struct remembered *schema = &answers->schemas[i];
        if (schema->unchecked == unchecked && schema->hide == hide && str_equal(schema->text, text))
            return schema;
    }
    struct remembered *schema = make_room(answers);
    *schema = (struct remembered){
        .arena = arena_create(), .unchecked = unchecked, .hide = hide, .rights = UINT64_MAX};
    schema->text = str_copy(schema->arena, text);
    errors_init(&schema->errors, schema->arena, 0);
    if (unchecked)
        schema->schema = build_unchecked(schema);
    else if (wired_open(&schema->wired, schema->text, &schema->errors))
        schema->schema = schema->wired.schema;
    if (hide != 0 && schema->schema != NULL)
        apply_hiding(schema);
    return schema;
}

/* The schema of the question, or of the one before it. NULL: the question has a problem, or the
 * schema has, which is written as the answer. */
static struct remembered *find_schema(struct asking *asking, bool unchecked)
{
    struct answers *answers = asking->answers;
    const json_t *given = json_object_get(asking->question, "schema");
    if (given != NULL && !json_is_string(given))
        asking->problem = "\"schema\" must be a string: the text of a schema.";
    if (given == NULL && answers->last == NULL)
        asking->problem = "\"schema\" is missing: the text of a schema.";
    if (asking->problem != NULL)
        return NULL;
    struct str text = given != NULL ? text_of(given) : str_copy(asking->arena, answers->last->text);
    uint64_t hide = (uint64_t)json_integer_value(json_object_get(asking->question, "hide"));
    struct remembered *schema = remember(answers, text, unchecked && hide == 0, hide);
    schema->used = ++answers->questions;
    answers->last = schema;
    if (schema->schema != NULL)
        return schema;
    write_refusal(&asking->out, &schema->errors);
    return NULL;
}

/* ---- questions ---- */

static void answer_parse(struct asking *asking)
{
    struct str source =
        take_text(asking, "source", "\"source\" is missing: the text to be parsed.");
    if (asking->problem != NULL)
        return;
    struct errors errors;
    errors_init(&errors, asking->arena, 0);
    if (parse(asking->arena, source, &no_parse_limits, &errors) != NULL) {
        buf_add(&asking->out, STR("{\"ok\":true}"));
        return;
    }
    buf_add(&asking->out, STR("{\"ok\":false,\"error\":"));
    write_error(&asking->out, errors.first);
    buf_add_char(&asking->out, '}');
}

static void answer_schema(struct asking *asking)
{
    struct str source = take_text(asking, "source", "\"source\" is missing: the text of a schema.");
    if (asking->problem != NULL)
        return;
    struct errors errors;
    errors_init(&errors, asking->arena, 0);
    const struct schema_options options = {.standard_scalars = true};
    struct document *document = parse(asking->arena, source, &no_parse_limits, &errors);
    if (document != NULL &&
        schema_build_with(asking->arena, &document, 1, &options, &errors) != NULL) {
        buf_add(&asking->out, STR("{\"ok\":true}"));
        return;
    }
    buf_add(&asking->out, STR("{\"ok\":false,\"errors\":"));
    write_errors(&asking->out, &errors);
    buf_add_char(&asking->out, '}');
}

/* The schema is taken as it is, as tests of documents want it. */
static void answer_validate(struct asking *asking)
{
    struct str query =
        take_text(asking, "query", "\"query\" is missing: the document to be validated.");
    struct remembered *schema = find_schema(asking, true);
    if (schema == NULL || asking->problem != NULL)
        return;
    struct errors errors;
    errors_init(&errors, asking->arena, 0);
    struct document *document = parse(asking->arena, query, &no_parse_limits, &errors);
    if (document != NULL)
        validate(schema->schema, document, schema->rights, &no_validate_limits, &errors);
    write_refusal(&asking->out, &errors);
}

static void answer_execute(struct asking *asking)
{
    struct str query =
        take_text(asking, "query", "\"query\" is missing: the document to be executed.");
    struct remembered *schema = find_schema(asking, false);
    const json_t *variables = json_object_get(asking->question, "variables");
    const json_t *name = json_object_get(asking->question, "operationName");
    if (variables != NULL && !json_is_object(variables) && !json_is_null(variables))
        asking->problem = "\"variables\" must be an object, or null.";
    if (name != NULL && !json_is_string(name) && !json_is_null(name))
        asking->problem = "\"operationName\" must be a string, or null.";
    if (schema == NULL || asking->problem != NULL)
        return;
    buf_add(&asking->out, wired_execute(&schema->wired, asking->arena, query, text_of(name),
                                        json_is_object(variables) ? variables : NULL));
}

/* {"<argument>":…} of those that have a value; false when the arguments cannot be used. */
static bool write_arguments(struct asking *asking, const struct schema *schema,
                            const struct type *root, const struct ast_selection *selection,
                            const struct variables *variables, bool first)
{
    const struct field *field = schema_field(schema, root, selection->name.text, UINT64_MAX);
    struct input *values = arena_array(asking->arena, struct input, field->argument_count);
    struct str problem;
    if (!coerce_arguments(field->arguments, field->argument_count, &selection->arguments, variables,
                          asking->arena, values, &problem))
        return false;
    buf_add(&asking->out, first ? STR("") : STR(","));
    buf_add_json_string(&asking->out, ast_response_key(selection));
    const char *before = ":{";
    for (uint32_t i = 0; i < field->argument_count; i++) {
        if (values[i].kind == INPUT_ABSENT)
            continue;
        buf_add(&asking->out, str_of(before));
        buf_add_json_string(&asking->out, field->arguments[i].name);
        buf_add_char(&asking->out, ':');
        json_literal_write_input(&asking->out, &values[i]);
        before = ",";
    }
    buf_add(&asking->out, *before == ':' ? STR(":{}") : STR("}"));
    return true;
}

static void write_all_arguments(struct asking *asking, const struct schema *schema,
                                const struct variables *variables)
{
    const struct ast_operation *operation = variables->operation;
    const struct type *root = operation->kind == AST_QUERY      ? schema->query
                              : operation->kind == AST_MUTATION ? schema->mutation
                                                                : schema->subscription;
    bool first = true;
    buf_add(&asking->out, STR("{\"data\":{"));
    for (uint32_t i = 0; i < operation->selections.count; i++) {
        const struct ast_selection *selection = &operation->selections.items[i];
        if (selection->kind == AST_FIELD &&
            write_arguments(asking, schema, root, selection, variables, first))
            first = false;
    }
    buf_add(&asking->out, STR("}}"));
}

static void answer_arguments(struct asking *asking)
{
    struct str query = take_text(asking, "query", "\"query\" is missing: the document to look at.");
    struct remembered *remembered = find_schema(asking, false);
    if (remembered == NULL || asking->problem != NULL)
        return;
    const struct schema *schema = remembered->schema;
    struct errors errors;
    errors_init(&errors, asking->arena, 0);
    struct document *document = parse(asking->arena, query, &no_parse_limits, &errors);
    const struct ast_operation *operation = NULL;
    if (document != NULL &&
        validate(schema, document, remembered->rights, &no_validate_limits, &errors)) {
        struct str name = text_of(json_object_get(asking->question, "operationName"));
        const char *problem;
        operation = document_operation(document, name, &problem);
        if (operation == NULL)
            errors_add(&errors, NULL, "%s", problem);
    }
    struct variables variables;
    if (operation != NULL &&
        coerce_variables(schema, document, operation,
                         json_object_get(asking->question, "variables"), remembered->rights,
                         asking->arena, &errors, &variables))
        write_all_arguments(asking, schema, &variables);
    else
        write_refusal(&asking->out, &errors);
}

static void answer_print(struct asking *asking)
{
    struct str source =
        take_text(asking, "source", "\"source\" is missing: the text to be printed.");
    if (asking->problem != NULL)
        return;
    struct errors errors;
    errors_init(&errors, asking->arena, 0);
    struct document *document = parse(asking->arena, source, &no_parse_limits, &errors);
    if (document == NULL) {
        write_refusal(&asking->out, &errors);
        return;
    }
    struct buf text;
    buf_init(&text, asking->arena, source.len + 64);
    print_document(&text, document);
    write_text(&asking->out, &text);
}

static void answer_print_schema(struct asking *asking)
{
    struct remembered *schema = find_schema(asking, false);
    if (schema == NULL)
        return;
    struct buf text;
    buf_init(&text, asking->arena, 4096);
    print_schema(&text, schema->schema, schema->rights);
    write_text(&asking->out, &text);
}

struct answers *answers_create(void)
{
    struct answers *answers = calloc(1, sizeof(*answers));
    if (answers == NULL)
        abort();
    return answers;
}

void answers_destroy(struct answers *answers)
{
    for (uint32_t i = 0; i < answers->schema_count; i++)
        forget(&answers->schemas[i]);
    free(answers);
}

struct str answer(struct answers *answers, struct arena *arena, const char *operation,
                  const json_t *question, const char **problem)
{
    static const struct {
        const char *operation;
        void (*answer)(struct asking *asking);
    } table[] = {
        {"parse", answer_parse},
        {"schema", answer_schema},
        {"validate", answer_validate},
        {"execute", answer_execute},
        {"arguments", answer_arguments},
        {"print", answer_print},
        {"print_schema", answer_print_schema},
    };
    struct asking asking = {.answers = answers, .arena = arena, .question = question};
    asking.problem = "There is no such operation; ask for parse, schema, validate, execute, "
                     "arguments, print or print_schema.";
    buf_init(&asking.out, arena, 4096);
    for (size_t i = 0; i < sizeof(table) / sizeof(table[0]) && operation != NULL; i++) {
        if (strcmp(table[i].operation, operation) == 0) {
            asking.problem = NULL;
            table[i].answer(&asking);
            break;
        }
    }
    *problem = asking.problem;
    return asking.problem != NULL ? (struct str){0} : buf_str(&asking.out);
}

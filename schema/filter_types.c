/* filter_types: the input types of filters and orders, written so that nobody has to.
 *
 * A type with @filter on some of its fields gets XFilter, one with @sort XSort; every list and
 * connection of it gets the arguments `where` and `orderBy`. What a value can be asked is said once
 * for each kind of value: StringFilter, DateFilter, ProductStatusFilter; OptionalDateFilter is the
 * one of values that may be null.
 */
#include "schema/loading.h"

#include "base/arena.h"
#include "graphql/parser.h"
#include <assert.h>
#include <ctype.h>

struct writing {
    struct loading *loading;
    struct buf text;
    struct map kinds; /* names of the filters of values that are written already */
};

/* ---- finding definitions ---- */

static const struct ast_type_system *find_type(const struct loading *loading, struct str name)
{
    for (uint32_t i = 0; i < loading->document_count; i++) {
        const struct document *document = loading->documents[i];
        for (uint32_t j = 0; j < document->definition_count; j++) {
            const struct ast_definition *definition = &document->definitions[j];
            if ((definition->kind == AST_OBJECT_TYPE || definition->kind == AST_ENUM_TYPE) &&
                !definition->type_system.extension &&
                str_equal(definition->type_system.name.text, name))
                return &definition->type_system;
        }
    }
    return NULL;
}

static bool has_field_with(const struct ast_type_system *type, const char *directive)
{
    for (uint32_t i = 0; type != NULL && i < type->field_count; i++) {
        if (ast_directive(&type->fields[i].directives, directive) != NULL)
            return true;
    }
    return false;
}

static struct str named_type(const struct ast_type *type)
{
    while (type->kind == AST_TYPE_LIST)
        type = type->of;
    return type->name.text;
}

/* What a list or connection holds. */
static struct str element_of(const struct loading *loading,
                             const struct ast_field_definition *field)
{
    struct str name = named_type(field->type);
    const struct str *element = map_get(&loading->generated, name);
    return element != NULL ? *element : name;
}

/* ---- filters of values ---- */

enum { EQUAL = 1, SEVERAL = 2, TEXT = 4, SEARCH = 8, NUMBER = 16, TIME = 32 };

static const struct {
    const char *name, *words;
    unsigned operations;
} values[] = {
    {"String", "a text", EQUAL | SEVERAL | TEXT},
    {"UUID", "a UUID", EQUAL | SEVERAL},
    {"E164", "a telephone number", EQUAL | SEVERAL | TEXT},
    {"ID", "an id", EQUAL | SEVERAL},
    {"Int", "a number", EQUAL | SEVERAL | NUMBER},
    {"BigInt", "a number", EQUAL | SEVERAL | NUMBER},
    {"Decimal", "a number", EQUAL | SEVERAL | NUMBER},
    {"Float", "a number", EQUAL | SEVERAL | NUMBER},
    {"Boolean", "a yes or no", EQUAL},
    {"Date", "a day", EQUAL | SEVERAL | TIME},
    {"DateTime", "a point in time", EQUAL | SEVERAL | TIME},
};

static void add_operation(struct writing *writing, const char *name, struct str type,
                          const char *form, const char *words)
{
    buf_printf(&writing->text, "  \"%s\"\n  %s: ", words, name);
    for (; *form != '\0'; form++) {
        if (*form == 'T')
            buf_add(&writing->text, type);
        else
            buf_add_char(&writing->text, *form);
    }
    buf_add_char(&writing->text, '\n');
}

static void add_operations(struct writing *writing, struct str filter, struct str type,
                           unsigned operations, bool optional)
{
    add_operation(writing, "equal", type, "T", "The same.");
    if (operations & SEVERAL)
        add_operation(writing, "in", type, "[T!]", "One of these; of none when there are none.");
    if (operations & TEXT)
        add_operation(writing, "startsWith", type, "T", "Begins with this.");
    if (operations & SEARCH)
        add_operation(writing, "contains", type, "T", "Has this somewhere in it.");
    if (operations & NUMBER) {
        add_operation(writing, "atLeast", type, "T", "This or more.");
        add_operation(writing, "atMost", type, "T", "This or less.");
        add_operation(writing, "moreThan", type, "T", "More than this.");
        add_operation(writing, "lessThan", type, "T", "Less than this.");
    }
    if (operations & TIME) {
        add_operation(writing, "from", type, "T", "Then or later.");
        add_operation(writing, "until", type, "T", "Then or earlier.");
        add_operation(writing, "after", type, "T", "Later than that.");
        add_operation(writing, "before", type, "T", "Earlier than that.");
    }
    if (optional)
        add_operation(writing, "isNull", STR("Boolean"), "T", "Whether there is none.");
    add_operation(writing, "not", filter, "T", "What this does not say of it.");
}

/* The name of the filter of a leaf, written when it is the first of its kind; empty: it cannot be
 * filtered. */
static struct str value_filter(struct writing *writing, const struct ast_field_definition *field)
{
    struct loading *loading = writing->loading;
    struct str type = named_type(field->type);
    const struct ast_directive *directive = ast_directive(&field->directives, "filter");
    const struct ast_type_system *enumeration = find_type(loading, type);
    bool optional = !field->type->non_null, search = directive_flag(directive, "contains");
    const char *words = "a value";
    unsigned operations = 0;
    for (size_t i = 0; i < sizeof(values) / sizeof(*values); i++) {
        if (!str_is(type, values[i].name))
            continue;
        operations = values[i].operations;
        words = values[i].words;
    }
    if (enumeration != NULL && enumeration->value_count > 0)
        operations = EQUAL | SEVERAL;
    if (operations == 0 || field->type->kind == AST_TYPE_LIST)
        return (struct str){0};
    if (search)
        operations |= SEARCH;
    struct str name =
        str_printf(loading->arena, "%s%s" STR_FMT "Filter", optional ? "Optional" : "",
                   search ? "Searchable" : "", STR_ARG(type));
    if (map_get(&writing->kinds, name) != NULL)
        return name;
    map_put(&writing->kinds, name, writing);
    buf_printf(&writing->text,
               "\"What %s%s has to be: all that is said has to hold, what is null says "
               "nothing.\"\ninput " STR_FMT " {\n",
               words, optional ? " that may be null" : "", STR_ARG(name));
    add_operations(writing, name, type, operations, optional);
    buf_add(&writing->text, STR("}\n"));
    return name;
}

/* ---- filters of objects ---- */

/* Some or none of the rows of a list. */
static struct str list_filter(struct writing *writing, struct str element)
{
    struct str name = str_printf(writing->loading->arena, STR_FMT "ListFilter", STR_ARG(element));
    if (map_get(&writing->kinds, name) != NULL)
        return name;
    map_put(&writing->kinds, name, writing);
    buf_printf(&writing->text,
               "\"What a list of " STR_FMT " has to hold; what the viewer does not see is not in "
               "it.\"\ninput " STR_FMT " {\n"
               "  \"There is one like this.\"\n  some: " STR_FMT "Filter\n"
               "  \"There is none like this.\"\n  none: " STR_FMT "Filter\n"
               "}\n",
               STR_ARG(element), STR_ARG(name), STR_ARG(element), STR_ARG(element));
    return name;
}

/* The filter type of one field; empty, with a mistake, when it cannot be filtered. */
static struct str field_filter(struct writing *writing, struct str coordinate,
                               const struct ast_field_definition *field)
{
    struct loading *loading = writing->loading;
    struct str element = element_of(loading, field);
    const struct ast_type_system *type = find_type(loading, element);
    struct str name = {0};
    if (type == NULL || type->value_count > 0)
        name = value_filter(writing, field);
    else if (!has_field_with(type, "filter"))
        mistake(loading, coordinate, "no field of " STR_FMT " has a @filter", STR_ARG(element));
    else if (ast_directive(&field->directives, "many") != NULL)
        return list_filter(writing, element);
    else
        return str_printf(loading->arena, STR_FMT "Filter", STR_ARG(element));
    if (name.len == 0)
        mistake(loading, coordinate, "its values cannot be filtered");
    else if (directive_flag(ast_directive(&field->directives, "filter"), "contains") &&
             !str_is(element, "String"))
        mistake(loading, coordinate, "only a String contains something");
    return name;
}

static void add_described(struct buf *out, struct str description, struct str name)
{
    buf_printf(out, "  \"\"\"\n  " STR_FMT "\n  \"\"\"\n  " STR_FMT, STR_ARG(description),
               STR_ARG(name));
}

/* The members of a filter that are fields of the type. Filters of values are written meanwhile. */
static struct str filter_members(struct writing *writing, const struct ast_type_system *type)
{
    struct loading *loading = writing->loading;
    struct buf members;
    buf_init(&members, loading->arena, 512);
    for (uint32_t i = 0; i < type->field_count; i++) {
        const struct ast_field_definition *field = &type->fields[i];
        struct str coordinate = str_printf(loading->arena, STR_FMT "." STR_FMT,
                                           STR_ARG(type->name.text), STR_ARG(field->name.text));
        struct str filter = {0};
        if (ast_directive(&field->directives, "filter") != NULL)
            filter = field_filter(writing, coordinate, field);
        if (filter.len == 0)
            continue;
        add_described(&members, field->description, field->name.text);
        buf_printf(&members, ": " STR_FMT "\n", STR_ARG(filter));
    }
    return buf_str(&members);
}

static void add_filter(struct writing *writing, const struct ast_type_system *type)
{
    struct str name = type->name.text, members = filter_members(writing, type);
    buf_printf(&writing->text,
               "\"Which " STR_FMT ": all that is said has to hold, what is null says nothing; {} "
               "is every one.\"\ninput " STR_FMT "Filter {\n" STR_FMT
               "  \"All of these hold.\"\n  and: [" STR_FMT "Filter!]\n"
               "  \"At least one of these holds; of none, none does.\"\n  or: [" STR_FMT
               "Filter!]\n"
               "  \"This does not hold.\"\n  not: " STR_FMT "Filter\n"
               "}\n",
               STR_ARG(name), STR_ARG(name), STR_ARG(members), STR_ARG(name), STR_ARG(name),
               STR_ARG(name));
}

/* ---- orders ---- */

struct str sort_value(struct arena *arena, struct str field)
{
    struct str name = snake_case(arena, field);
    char *upper = arena_text(arena, name.len);
    for (size_t i = 0; i < name.len; i++)
        upper[i] = (char)toupper((unsigned char)name.at[i]);
    return (struct str){.at = upper, .len = name.len};
}

static void add_sort(struct writing *writing, const struct ast_type_system *type)
{
    struct buf *text = &writing->text;
    struct str name = type->name.text;
    if (map_get(&writing->kinds, STR("SortDirection")) == NULL)
        buf_add(text,
                STR("\"Which end comes first.\"\nenum SortDirection {\n"
                    "  \"The smallest, earliest, or first of the alphabet.\"\n  ASCENDING\n"
                    "  \"The largest, latest, or last of the alphabet.\"\n  DESCENDING\n}\n"));
    map_put(&writing->kinds, STR("SortDirection"), writing);
    buf_printf(text, "\"By what " STR_FMT " is sorted.\"\nenum " STR_FMT "SortField {\n",
               STR_ARG(name), STR_ARG(name));
    for (uint32_t i = 0; i < type->field_count; i++) {
        const struct ast_field_definition *field = &type->fields[i];
        if (ast_directive(&field->directives, "sort") != NULL)
            add_described(text, field->description,
                          sort_value(writing->loading->arena, field->name.text));
    }
    buf_printf(text,
               "\n}\n\"How to sort " STR_FMT ".\"\ninput " STR_FMT "Sort {\n"
               "  \"By what.\"\n  field: " STR_FMT "SortField!\n"
               "  \"Which end comes first.\"\n  direction: SortDirection! = ASCENDING\n}\n",
               STR_ARG(name), STR_ARG(name), STR_ARG(name));
}

/* ---- arguments ---- */

static struct ast_input_value *add_argument(struct loading *loading,
                                            struct ast_field_definition *field)
{
    uint32_t count = field->argument_count;
    struct ast_input_value *arguments =
        arena_array(loading->arena, struct ast_input_value, count + 1);
    if (count > 0)
        memcpy(arguments, field->arguments, count * sizeof(*arguments));
    field->arguments = arguments;
    field->argument_count = count + 1;
    return &arguments[count];
}

static void add_arguments(struct loading *loading, struct ast_field_definition *field)
{
    struct str element = element_of(loading, field);
    const struct ast_type_system *type = find_type(loading, element);
    bool filter = has_field_with(type, "filter"), sort = has_field_with(type, "sort");
    if (ast_directive(&field->directives, "many") == NULL || (!filter && !sort))
        return;
    struct str text =
        str_printf(loading->arena,
                   "type X { x(\"Which of them; all, unless told.\" where: " STR_FMT
                   "Filter, \"How to sort them, by the first of these first; as the list is "
                   "sorted by itself, unless told.\" orderBy: [" STR_FMT "Sort!]): Int }",
                   STR_ARG(element), STR_ARG(element));
    const struct document *model = parse_generated(loading, text);
    const struct ast_field_definition *like = &model->definitions[0].type_system.fields[0];
    if (filter)
        *add_argument(loading, field) = like->arguments[0];
    if (sort)
        *add_argument(loading, field) = like->arguments[1];
}

static void complete_type(struct writing *writing, struct ast_type_system *type)
{
    if (has_field_with(type, "filter"))
        add_filter(writing, type);
    if (has_field_with(type, "sort"))
        add_sort(writing, type);
    for (uint32_t i = 0; i < type->field_count; i++)
        add_arguments(writing->loading, &type->fields[i]);
}

void filters_generate(struct loading *loading)
{
    struct writing writing = {.loading = loading};
    buf_init(&writing.text, loading->arena, 4096);
    map_init(&writing.kinds, loading->arena, 32);
    for (uint32_t i = 0; i < loading->document_count; i++) {
        struct document *document = loading->documents[i];
        for (uint32_t j = 0; j < document->definition_count; j++) {
            struct ast_definition *definition = &document->definitions[j];
            if (definition->kind == AST_OBJECT_TYPE)
                complete_type(&writing, &definition->type_system);
        }
    }
    if (writing.text.len > 0)
        document_add(loading, parse_generated(loading, buf_str(&writing.text)));
}

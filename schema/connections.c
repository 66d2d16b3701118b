/* connections: the types of Relay's cursor connections, written so that nobody has to.
 *
 * A field of type TicketConnection! makes TicketConnection and TicketEdge out of type Ticket; the
 * field gets the arguments first, after, last and before.
 */
#include "schema/loading.h"

#include "base/arena.h"
#include "graphql/parser.h"
#include <assert.h>

static const char page_info_text[] =
    "\"Where a page lies in its list.\"\n"
    "type PageInfo {\n"
    "  \"Whether more follow behind the page.\"\n  hasNextPage: Boolean!\n"
    "  \"Whether some come before the page.\"\n  hasPreviousPage: Boolean!\n"
    "  \"The cursor of the page's first entry; null when it is empty.\"\n  startCursor: String\n"
    "  \"The cursor of the page's last entry; null when it is empty.\"\n  endCursor: String\n"
    "}\n";

static const char page_arguments_text[] =
    "type Page { page(\n"
    "  \"How many to give from the start, or behind `after`: 1 to 200, 25 unless told.\"\n  first: "
    "Int\n"
    "  \"Only what comes behind this cursor.\"\n  after: String\n"
    "  \"How many to give from the end, or before `before`: 1 to 200.\"\n  last: Int\n"
    "  \"Only what comes before this cursor.\"\n  before: String\n"
    "): Int }\n";

struct document *parse_generated(struct loading *loading, struct str text)
{
    struct errors errors;
    errors_init(&errors, loading->arena, 1);
    const struct parse_limits unlimited = {0};
    struct document *document = parse(loading->arena, text, &unlimited, &errors);
    assert(document != NULL); /* it is our own text */
    return document;
}

static bool is_defined(const struct loading *loading, struct str name)
{
    for (uint32_t i = 0; i < loading->document_count; i++) {
        const struct document *document = loading->documents[i];
        for (uint32_t j = 0; j < document->definition_count; j++) {
            const struct ast_definition *definition = &document->definitions[j];
            if (definition->kind >= AST_SCALAR_TYPE && definition->kind <= AST_INPUT_OBJECT_TYPE &&
                !definition->type_system.extension &&
                str_equal(definition->type_system.name.text, name))
                return true;
        }
    }
    return false;
}

static void add_connection(struct loading *loading, struct buf *text, struct str connection)
{
    if (map_get(&loading->generated, connection) != NULL)
        return;
    struct str *element = arena_new(loading->arena, struct str);
    *element = (struct str){.at = connection.at, .len = connection.len - strlen("Connection")};
    map_put(&loading->generated, connection, element);
    buf_printf(text,
               "\"A page of a list of %.*s.\"\n"
               "type %.*sConnection {\n"
               "  \"The entries of the page.\"\n  nodes: [%.*s!]!\n"
               "  \"The entries with their cursors.\"\n  edges: [%.*sEdge!]!\n"
               "  \"Where the page lies in the list.\"\n  pageInfo: PageInfo!\n"
               "  \"How many there are in the whole list, pages left aside; costs a count of its "
               "own.\"\n  totalCount: Int!\n"
               "}\n"
               "\"An entry of a list of %.*s with its place.\"\n"
               "type %.*sEdge {\n"
               "  \"For `after` and `before`: opaque, good for this list in this order.\"\n  "
               "cursor: String!\n"
               "  \"The entry.\"\n  node: %.*s!\n"
               "}\n",
               STR_ARG(*element), STR_ARG(*element), STR_ARG(*element), STR_ARG(*element),
               STR_ARG(*element), STR_ARG(*element), STR_ARG(*element));
}

static void add_page_arguments(struct loading *loading, struct ast_field_definition *field,
                               const struct document *page)
{
    const struct ast_field_definition *model = &page->definitions[0].type_system.fields[0];
    uint32_t count = field->argument_count + model->argument_count;
    struct ast_input_value *arguments = arena_array(loading->arena, struct ast_input_value, count);
    if (field->argument_count > 0)
        memcpy(arguments, field->arguments, field->argument_count * sizeof(*arguments));
    memcpy(arguments + field->argument_count, model->arguments,
           model->argument_count * sizeof(*arguments));
    field->arguments = arguments;
    field->argument_count = count;
}

static void complete_definition(struct loading *loading, struct ast_definition *definition,
                                struct buf *text, const struct document *page)
{
    if (definition->kind != AST_OBJECT_TYPE)
        return;
    for (uint32_t i = 0; i < definition->type_system.field_count; i++) {
        struct ast_field_definition *field = &definition->type_system.fields[i];
        struct str name =
            field->type->kind == AST_TYPE_NAMED ? field->type->name.text : (struct str){0};
        if (name.len <= strlen("Connection") || !str_ends(name, STR("Connection")) ||
            is_defined(loading, name))
            continue;
        add_connection(loading, text, name);
        add_page_arguments(loading, field, page);
    }
}

void connections_generate(struct loading *loading)
{
    map_init(&loading->generated, loading->arena, 32);
    struct buf text;
    buf_init(&text, loading->arena, 4096);
    const struct document *page = parse_generated(loading, str_of(page_arguments_text));
    for (uint32_t i = 0; i < loading->document_count; i++) {
        struct document *document = loading->documents[i];
        for (uint32_t j = 0; j < document->definition_count; j++)
            complete_definition(loading, &document->definitions[j], &text, page);
    }
    if (loading->generated.count == 0)
        return;
    if (!is_defined(loading, STR("PageInfo")))
        buf_add(&text, str_of(page_info_text));
    document_add(loading, parse_generated(loading, buf_str(&text)));
}

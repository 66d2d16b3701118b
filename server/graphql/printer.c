/* printer: executable documents and types as text. */
#include "graphql/printer.h"

#include "base/buf.h"
#include "graphql/print_types.h"
#include "graphql/print_values.h"

void print_type(struct buf *buf, const struct ast_type *type)
{
    if (type->kind == AST_TYPE_LIST) {
        buf_add_char(buf, '[');
        print_type(buf, type->of);
        buf_add_char(buf, ']');
    } else {
        buf_add(buf, type->name.text);
    }
    if (type->non_null)
        buf_add_char(buf, '!');
}

void print_type_use(struct buf *buf, const struct type_use *use)
{
    switch (use->kind) {
    case USE_NAMED:
        buf_add(buf, use->named->name);
        break;
    case USE_LIST:
        buf_add_char(buf, '[');
        print_type_use(buf, use->of);
        buf_add_char(buf, ']');
        break;
    case USE_NON_NULL:
        print_type_use(buf, use->of);
        buf_add_char(buf, '!');
        break;
    }
}

/* On lines of their own when they would make the line too wide. */
static void print_field_arguments(struct buf *buf, const struct ast_selection *field,
                                  uint32_t level)
{
    size_t width = print_width(field->name.text) + print_arguments_width(&field->arguments) + 2;
    if (field->alias.text.at != NULL)
        width += print_width(field->alias.text) + 2;
    if (width <= PRINT_LINE_WIDTH) {
        print_arguments(buf, &field->arguments, level);
        return;
    }
    buf_add_char(buf, '(');
    for (uint32_t i = 0; i < field->arguments.count; i++) {
        print_line(buf, level + 1);
        buf_add(buf, field->arguments.items[i].name.text);
        buf_add(buf, STR(": "));
        print_indented_value(buf, &field->arguments.items[i].value, level + 1);
    }
    print_line(buf, level);
    buf_add_char(buf, ')');
}

static void print_selection(struct buf *buf, const struct ast_selection *selection, uint32_t level)
{
    if (selection->kind == AST_FIELD) {
        if (selection->alias.text.at != NULL) {
            buf_add(buf, selection->alias.text);
            buf_add(buf, STR(": "));
        }
        buf_add(buf, selection->name.text);
        if (selection->arguments.count > 0)
            print_field_arguments(buf, selection, level);
    } else {
        buf_add(buf, STR("..."));
        buf_add(buf, selection->name.text);
        if (selection->type_condition.text.at != NULL) {
            buf_add(buf, STR(" on "));
            buf_add(buf, selection->type_condition.text);
        }
    }
    print_directives(buf, &selection->directives, level);
    if (selection->selections.count > 0) {
        buf_add_char(buf, ' ');
        print_selections(buf, &selection->selections, level);
    }
}

void print_selections(struct buf *buf, const struct ast_selection_set *selections, uint32_t level)
{
    buf_add_char(buf, '{');
    for (uint32_t i = 0; i < selections->count; i++) {
        print_line(buf, level + 1);
        print_selection(buf, &selections->items[i], level + 1);
    }
    print_line(buf, level);
    buf_add_char(buf, '}');
}

static void print_variable(struct buf *buf, const struct ast_variable_definition *variable)
{
    print_written_description(buf, variable->description, variable->description_is_block, 0);
    buf_add_char(buf, '$');
    buf_add(buf, variable->name.text);
    buf_add(buf, STR(": "));
    print_type(buf, variable->type);
    if (variable->default_value != NULL) {
        buf_add(buf, STR(" = "));
        print_value(buf, variable->default_value);
    }
    print_directives(buf, &variable->directives, 0);
}

static void print_variables_between(struct buf *buf, const struct ast_operation *operation,
                                    struct str open, struct str between, struct str close)
{
    buf_add(buf, open);
    for (uint32_t i = 0; i < operation->variable_count; i++) {
        if (i > 0)
            buf_add(buf, between);
        print_variable(buf, &operation->variables[i]);
    }
    buf_add(buf, close);
}

/* On lines of their own when one of them takes more than one line. */
static void print_variables(struct buf *buf, const struct ast_operation *operation)
{
    size_t begin = buf->len;
    print_variables_between(buf, operation, STR("("), STR(", "), STR(")"));
    if (memchr(buf->at + begin, '\n', buf->len - begin) == NULL)
        return;
    buf->len = begin;
    print_variables_between(buf, operation, STR("(\n"), STR("\n"), STR("\n)"));
}

/* `{ a }` behind a type without fields would read as its fields: then the word query is written
 * out. */
static bool may_be_bare(const struct buf *buf, const struct ast_operation *operation)
{
    bool plain = operation->kind == AST_QUERY && operation->description.at == NULL &&
                 operation->name.text.at == NULL && operation->variable_count == 0 &&
                 operation->directives.count == 0;
    size_t end = buf->len;
    while (end > 0 && buf->at[end - 1] == '\n')
        end--;
    return plain && (end == 0 || buf->at[end - 1] == '}');
}

static void print_operation(struct buf *buf, const struct ast_operation *operation)
{
    static const char *const words[] = {
        [AST_QUERY] = "query", [AST_MUTATION] = "mutation", [AST_SUBSCRIPTION] = "subscription"};
    if (!may_be_bare(buf, operation)) {
        print_written_description(buf, operation->description, operation->description_is_block, 0);
        buf_add(buf, str_of(words[operation->kind]));
        if (operation->name.text.at != NULL || operation->variable_count > 0)
            buf_add_char(buf, ' ');
        buf_add(buf, operation->name.text);
        if (operation->variable_count > 0)
            print_variables(buf, operation);
        print_directives(buf, &operation->directives, 0);
        buf_add_char(buf, ' ');
    }
    print_selections(buf, &operation->selections, 0);
}

static void print_fragment(struct buf *buf, const struct ast_fragment *fragment)
{
    print_written_description(buf, fragment->description, fragment->description_is_block, 0);
    buf_add(buf, STR("fragment "));
    buf_add(buf, fragment->name.text);
    buf_add(buf, STR(" on "));
    buf_add(buf, fragment->type_condition.text);
    print_directives(buf, &fragment->directives, 0);
    buf_add_char(buf, ' ');
    print_selections(buf, &fragment->selections, 0);
}

void print_document(struct buf *buf, const struct document *document)
{
    for (uint32_t i = 0; i < document->definition_count; i++) {
        const struct ast_definition *definition = &document->definitions[i];
        if (i > 0)
            buf_add(buf, STR("\n\n"));
        if (definition->kind == AST_OPERATION)
            print_operation(buf, &definition->operation);
        else if (definition->kind == AST_FRAGMENT)
            print_fragment(buf, &definition->fragment);
        else
            print_type_system(buf, definition);
    }
}

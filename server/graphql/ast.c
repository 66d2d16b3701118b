/* ast: finding one's way in a document. */
#include "graphql/ast.h"

struct location document_location(const struct document *document, uint32_t at)
{
    const char *text = document->source.at;
    struct location location = {.line = 1, .column = 1};
    uint32_t line_start = 0;
    for (uint32_t i = 0; i < at && i < document->source.len; i++) {
        if (text[i] != '\n' && text[i] != '\r')
            continue;
        if (text[i] == '\r' && i + 1 < document->source.len && text[i + 1] == '\n')
            i++;
        line_start = i + 1;
        location.line++;
    }
    for (uint32_t i = line_start; i < at && i < document->source.len; i++) {
        unsigned char byte = (unsigned char)text[i];
        location.column += (byte & 0xc0) == 0x80 ? 0 : byte >= 0xf0 ? 2 : 1;
    }
    return location;
}

const struct ast_fragment *document_fragment(const struct document *document, struct str name)
{
    for (uint32_t i = 0; i < document->definition_count; i++) {
        const struct ast_definition *definition = &document->definitions[i];
        if (definition->kind == AST_FRAGMENT && str_equal(definition->fragment.name.text, name))
            return &definition->fragment;
    }
    return NULL;
}

const struct ast_directive *ast_directive(const struct ast_directives *directives, const char *name)
{
    for (uint32_t i = 0; i < directives->count; i++) {
        if (str_is(directives->items[i].name.text, name))
            return &directives->items[i];
    }
    return NULL;
}

const struct ast_argument *ast_argument(const struct ast_arguments *arguments, const char *name)
{
    for (uint32_t i = 0; i < arguments->count; i++) {
        if (str_is(arguments->items[i].name.text, name))
            return &arguments->items[i];
    }
    return NULL;
}

const struct ast_operation *document_operation(const struct document *document, struct str name,
                                               const char **problem)
{
    const struct ast_operation *found = NULL;
    for (uint32_t i = 0; i < document->definition_count; i++) {
        const struct ast_definition *definition = &document->definitions[i];
        if (definition->kind != AST_OPERATION)
            continue;
        if (name.at != NULL) {
            if (str_equal(definition->operation.name.text, name))
                return &definition->operation;
        } else if (found != NULL) {
            *problem = "Must provide operation name if query contains multiple operations.";
            return NULL;
        } else {
            found = &definition->operation;
        }
    }
    if (found == NULL)
        *problem = name.at != NULL ? "The document has no operation of the name in operationName."
                                   : "Must provide an operation.";
    return found;
}

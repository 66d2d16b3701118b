/* rules_documents: what a document for execution may consist of. */
#include "graphql/rules.h"
#include "graphql/validation.h"

void rules_documents_executable(struct validation *v)
{
    for (uint32_t i = 0; i < v->document->definition_count; i++) {
        const struct ast_definition *definition = &v->document->definitions[i];
        if (definition->kind == AST_OPERATION || definition->kind == AST_FRAGMENT)
            continue;
        struct error *error =
            definition->kind == AST_SCHEMA
                ? validation_report(v, "The schema definition is not executable.")
                : validation_report(v, "The \"" STR_FMT "\" definition is not executable.",
                                    STR_ARG(definition->type_system.name.text));
        validation_at(v, error, definition->at);
    }
}

/* rules_types: the types a document names. */
#include "graphql/rules.h"
#include "graphql/schema_built_in.h"
#include "graphql/validation.h"

static bool is_type_system(enum ast_definition_kind kind)
{
    return kind != AST_OPERATION && kind != AST_FRAGMENT;
}

void rules_types_known(struct validation *v)
{
    struct str name = v->type_name->text;
    if (v->schema != NULL && schema_type(v->schema, name, v->rights) != NULL)
        return;
    if (map_get(&v->type_definitions, name) != NULL)
        return;
    if (is_type_system(v->definition->kind) && schema_built_in_type(name))
        return;
    validation_at(v, validation_report(v, "Unknown type \"" STR_FMT "\".", STR_ARG(name)),
                  v->type_name->at);
}

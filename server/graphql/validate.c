/* validate: the rules for executable documents, as a table. */
#include "graphql/validate.h"

#include "base/arena.h"
#include "graphql/rules.h"
#include "graphql/rules_limits.h"
#include "graphql/validation.h"
#include "graphql/walk.h"

/* In each list the order is that of graphql-js' specified rules, which is that of the errors. */
#define RULES(...) ((void (*const[])(struct validation *)){__VA_ARGS__, NULL})

/* clang-format off */
static const struct rule_set executable_rules = {
    .on = {
        [ON_DOCUMENT]      = RULES(rules_documents_executable),
        [ON_OPERATION]     = RULES(rules_operations_type_exists,
                                   rules_operations_names_unique,
                                   rules_operations_lone_anonymous,
                                   rules_operations_subscription_single,
                                   rules_variables_names_unique,
                                   rules_variables_defined,
                                   rules_variables_used,
                                   rules_directives_unique,
                                   rules_incremental_root,
                                   rules_incremental_operations),
        [ON_VARIABLE_DEFINITION] = RULES(rules_variables_input_types,
                                         rules_directives_unique),
        [ON_FRAGMENT]      = RULES(rules_fragments_composite,
                                   rules_fragments_names_unique,
                                   rules_fragments_no_cycles,
                                   rules_directives_unique),
        [ON_SELECTION_SET] = RULES(rules_merging_fields),
        [ON_FIELD]         = RULES(rules_fields_leaves,
                                   rules_fields_exist,
                                   rules_directives_unique,
                                   rules_arguments_unique,
                                   rules_fields_introspection_depth),
        [ON_SPREAD]        = RULES(rules_fragments_known,
                                   rules_fragments_possible,
                                   rules_directives_unique),
        [ON_INLINE_FRAGMENT] = RULES(rules_fragments_inline_composite,
                                     rules_fragments_inline_possible,
                                     rules_directives_unique),
        [ON_ARGUMENT]      = RULES(rules_arguments_known),
        [ON_VALUE]         = RULES(rules_values_correct,
                                   rules_values_fields_unique),
        [ON_DIRECTIVE]     = RULES(rules_directives_known,
                                   rules_incremental_labels,
                                   rules_incremental_lists,
                                   rules_arguments_known_of_directive,
                                   rules_arguments_unique_of_directive),
        [ON_TYPE_NAME]     = RULES(rules_types_known),
        [ON_TYPE_SYSTEM]   = RULES(rules_directives_unique),
        [ON_MEMBER]        = RULES(rules_directives_unique),
        [ON_DIRECTIVE_END] = RULES(rules_arguments_required_of_directive),
        [ON_FIELD_END]     = RULES(rules_arguments_required,
                                   rules_fields_introspection_end),
        [ON_OPERATION_END] = RULES(rules_variables_positions),
        [ON_DOCUMENT_END]  = RULES(rules_fragments_used),
    },
};
/* clang-format on */

static void index_fragment(struct validation *v, const struct ast_fragment *ast)
{
    if (v->fragments.arena == NULL)
        map_init(&v->fragments, v->arena, v->document->fragment_count);
    struct fragment_info *fragment = arena_new(v->arena, struct fragment_info);
    fragment->ast = ast;
    fragment->introspection_checked = -1;
    fragment->introspection_exceeded = INT32_MAX;
    map_put(&v->fragments, ast->name.text, fragment);
}

/* What the document defines itself. Types and directives do not belong there, but have names. */
static void index_definitions(struct validation *v)
{
    const struct document *document = v->document;
    for (uint32_t i = 0; i < document->definition_count; i++) {
        const struct ast_definition *definition = &document->definitions[i];
        if (definition->kind == AST_FRAGMENT) {
            index_fragment(v, &definition->fragment);
        } else if (definition->kind == AST_DIRECTIVE) {
            if (v->directive_definitions.arena == NULL)
                map_init(&v->directive_definitions, v->arena, 8);
            map_put(&v->directive_definitions, definition->type_system.name.text,
                    (void *)&definition->type_system);
        } else if (definition->kind >= AST_SCALAR_TYPE && !definition->type_system.extension) {
            if (v->type_definitions.arena == NULL)
                map_init(&v->type_definitions, v->arena, 8);
            map_put(&v->type_definitions, definition->type_system.name.text, (void *)definition);
        }
    }
    if (document->operation_count > 1)
        map_init(&v->operation_names, v->arena, document->operation_count);
    if (document->fragment_count > 1)
        map_init(&v->fragment_names, v->arena, document->fragment_count);
}

bool validate(const struct schema *schema, const struct document *document, uint64_t rights,
              const struct validate_limits *limits, struct errors *errors)
{
    struct document *documents[] = {(struct document *)document};
    uint32_t before = errors->count;
    struct validation v = {
        .schema = schema,
        .rights = rights,
        .documents = documents,
        .document_count = 1,
        .document = document,
        .limits = limits,
        .arena = errors->arena,
        .errors = errors,
        .error_limit = errors->limit,
        .rules = &executable_rules,
    };
    index_definitions(&v);
    if (rules_limits_met(&v))
        walk_documents(&v);
    return errors->count == before;
}

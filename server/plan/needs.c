/* needs: which rights a viewer must hold for everything a document names to exist for them, and
 * what is left of it for those who hold fewer.
 *
 * Asked over all definitions, also those that do not run: a document is valid as a whole or not at
 * all (specification §5).
 */
#include "plan/plan.h"

struct walk {
    const struct schema *schema;
    uint64_t needs;
};

static void add_type(struct walk *walk, const struct type *type)
{
    if (type != NULL)
        walk->needs |= type->needs;
}

/* Rights on parts of inputs count for whoever names these parts; what variables bring is looked at
 * when they are read. */
static void add_literal(struct walk *walk, const struct type *type, const struct ast_value *value)
{
    const struct enum_value *member =
        value->kind == AST_VALUE_ENUM ? type_value(type, value->text) : NULL;
    add_type(walk, type);
    if (member != NULL)
        walk->needs |= member->needs;
    for (uint32_t i = 0; value->kind == AST_VALUE_LIST && i < value->count; i++)
        add_literal(walk, type, &value->items[i]);
    for (uint32_t i = 0; value->kind == AST_VALUE_OBJECT && i < value->count; i++) {
        const struct input_value *input = type_input(type, value->fields[i].name.text);
        if (input == NULL)
            continue;
        walk->needs |= input->needs;
        add_literal(walk, input->type->named, &value->fields[i].value);
    }
}

static void add_arguments(struct walk *walk, const struct field *field,
                          const struct ast_arguments *given)
{
    for (uint32_t i = 0; i < given->count; i++) {
        const struct input_value *argument =
            input_value_find(field->arguments, field->argument_count, given->items[i].name.text);
        if (argument == NULL)
            continue;
        walk->needs |= argument->needs;
        add_literal(walk, argument->type->named, &given->items[i].value);
    }
}

/* What the selection needs without what is selected below it. *inner: the type that is. */
static void add_selection(struct walk *walk, const struct type *parent,
                          const struct ast_selection *selection, const struct type **inner)
{
    *inner = parent;
    if (selection->kind == AST_FIELD) {
        const struct field *field =
            parent == NULL ? NULL
                           : schema_field(walk->schema, parent, selection->name.text, UINT64_MAX);
        *inner = field == NULL ? NULL : field->type->named;
        add_type(walk, *inner);
        if (field == NULL)
            return;
        walk->needs |= field->needs;
        add_arguments(walk, field, &selection->arguments);
    } else if (selection->kind == AST_INLINE_FRAGMENT &&
               selection->type_condition.text.at != NULL) {
        *inner = schema_type(walk->schema, selection->type_condition.text, UINT64_MAX);
        add_type(walk, *inner);
    }
}

static void add_selections(struct walk *walk, const struct type *parent,
                           const struct ast_selection_set *set)
{
    for (uint32_t i = 0; i < set->count; i++) {
        const struct type *inner;
        add_selection(walk, parent, &set->items[i], &inner);
        add_selections(walk, inner, &set->items[i].selections);
    }
}

static void add_operation(struct walk *walk, const struct ast_operation *operation)
{
    const struct schema *schema = walk->schema;
    for (uint32_t i = 0; i < operation->variable_count; i++) {
        const struct ast_variable_definition *variable = &operation->variables[i];
        const struct ast_type *type = variable->type;
        while (type->kind == AST_TYPE_LIST)
            type = type->of;
        const struct type *named = schema_type(schema, type->name.text, UINT64_MAX);
        add_type(walk, named);
        if (named != NULL && variable->default_value != NULL)
            add_literal(walk, named, variable->default_value);
    }
    const struct type *root = operation->kind == AST_QUERY      ? schema->query
                              : operation->kind == AST_MUTATION ? schema->mutation
                                                                : schema->subscription;
    add_type(walk, root);
    add_selections(walk, root, &operation->selections);
}

uint64_t document_needs(const struct schema *schema, const struct document *document)
{
    struct walk walk = {.schema = schema};
    for (uint32_t i = 0; i < document->definition_count; i++) {
        const struct ast_definition *definition = &document->definitions[i];
        if (definition->kind == AST_OPERATION) {
            add_operation(&walk, &definition->operation);
        } else if (definition->kind == AST_FRAGMENT) {
            const struct type *type =
                schema_type(schema, definition->fragment.type_condition.text, UINT64_MAX);
            add_type(&walk, type);
            add_selections(&walk, type, &definition->fragment.selections);
        }
    }
    return walk.needs;
}

static bool is_seen(const struct schema *schema, const struct type *parent,
                    struct ast_selection *selection, uint64_t rights)
{
    struct walk walk = {.schema = schema};
    const struct type *inner;
    add_selection(&walk, parent, selection, &inner);
    if (!needs_met(walk.needs, rights))
        return false;
    bool leaf = selection->selections.count == 0;
    selections_narrow(schema, inner, &selection->selections, rights);
    return leaf || selection->selections.count > 0;
}

void selections_narrow(const struct schema *schema, const struct type *parent,
                       struct ast_selection_set *set, uint64_t rights)
{
    uint32_t kept = 0;
    for (uint32_t i = 0; i < set->count; i++) {
        if (is_seen(schema, parent, &set->items[i], rights))
            set->items[kept++] = set->items[i];
    }
    set->count = kept;
}

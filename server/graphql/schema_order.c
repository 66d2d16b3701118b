/* schema_order: types in order of definition, each followed by the built-in scalars it is the first
 * to use. */
#include "graphql/schema_order.h"

#include "base/arena.h"

struct ordering {
    struct schema *schema;
    const struct map *types;
    struct map own; /* names that the documents define: these stand where they are defined */
};

static void add_type(struct ordering *ordering, const struct type *type)
{
    struct schema *schema = ordering->schema;
    struct type *added = map_get(ordering->types, type->name);
    added->index = schema->type_count;
    schema->types[schema->type_count++] = added;
    map_put(&schema->type_map, added->name, added);
}

static void visit(struct ordering *ordering, const struct type *type);

/* Only built-in types are found this way; the walk is no deeper than the introspection schema. */
static void visit_used(struct ordering *ordering, const struct type *type)
{
    if (map_get(&ordering->own, type->name) != NULL ||
        map_get(&ordering->schema->type_map, type->name) != NULL)
        return;
    visit(ordering, type);
}

static void visit_inputs(struct ordering *ordering, const struct input_value *inputs,
                         uint32_t count)
{
    for (uint32_t i = 0; i < count; i++)
        visit_used(ordering, inputs[i].type->named);
}

static void visit(struct ordering *ordering, const struct type *type)
{
    add_type(ordering, type);
    for (uint32_t i = 0; i < type->field_count; i++) {
        visit_used(ordering, type->fields[i].type->named);
        visit_inputs(ordering, type->fields[i].arguments, type->fields[i].argument_count);
    }
    visit_inputs(ordering, type->inputs, type->input_count);
}

static void order_types(struct ordering *ordering, struct document **documents, uint32_t count)
{
    struct schema *schema = ordering->schema;
    for (uint32_t i = 0; i < count; i++) {
        for (uint32_t k = 0; k < documents[i]->definition_count; k++) {
            const struct ast_definition *definition = &documents[i]->definitions[k];
            if (definition->kind < AST_SCALAR_TYPE || definition->kind > AST_INPUT_OBJECT_TYPE ||
                definition->type_system.extension)
                continue;
            struct type *type = map_get(ordering->types, definition->type_system.name.text);
            map_put(&ordering->own, type->name, type);
        }
    }
    for (size_t i = 0; i < ordering->own.count; i++)
        visit(ordering, ordering->own.entries[i].value);
    for (uint32_t i = 0; i < schema->directive_count; i++)
        visit_inputs(ordering, schema->directives[i]->arguments,
                     schema->directives[i]->argument_count);
    visit_used(ordering, map_get(ordering->types, STR("__Schema")));
}

static void set_possible(struct type *type, const struct type *object)
{
    type->possible_bits[object->index / 64] |= (uint64_t)1 << (object->index % 64);
}

/* The objects that implement an interface, in the order of the schema's types. */
static void find_implementations(const struct schema *schema, struct type *interface)
{
    interface->possible = arena_array(schema->arena, const struct type *, schema->type_count);
    for (uint32_t i = 0; i < schema->type_count; i++) {
        const struct type *type = schema->types[i];
        for (uint32_t k = 0; type->kind == TYPE_OBJECT && k < type->interface_count; k++) {
            if (type->interfaces[k] != interface)
                continue;
            interface->possible[interface->possible_count++] = type;
            break;
        }
    }
}

static void find_possible(struct schema *schema, struct type *type)
{
    if (!type_is_composite(type))
        return;
    type->possible_bits = arena_array(schema->arena, uint64_t, schema->type_count / 64 + 1);
    if (type->kind == TYPE_INTERFACE)
        find_implementations(schema, type);
    if (type->kind == TYPE_OBJECT) {
        type->possible = arena_new(schema->arena, const struct type *);
        type->possible[0] = type;
        type->possible_count = 1;
    }
    for (uint32_t i = 0; i < type->possible_count; i++)
        set_possible(type, type->possible[i]);
}

void schema_order(struct schema *schema, const struct map *types, const struct map *directives,
                  struct document **documents, uint32_t count)
{
    struct ordering ordering = {.schema = schema, .types = types};
    schema->directives = arena_array(schema->arena, struct directive *, directives->count);
    for (size_t i = 0; i < directives->count; i++)
        schema->directives[schema->directive_count++] = directives->entries[i].value;
    schema->types = arena_array(schema->arena, struct type *, types->count);
    map_init(&schema->type_map, schema->arena, types->count);
    map_init(&ordering.own, schema->arena, types->count);
    order_types(&ordering, documents, count);
    for (uint32_t i = 0; i < schema->type_count; i++)
        find_possible(schema, schema->types[i]);
}

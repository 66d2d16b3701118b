/* schema: building one, and finding what a viewer may see of it. */
#include "graphql/schema.h"

#include "base/arena.h"
#include "graphql/errors.h"
#include "graphql/schema_check.h"
#include "graphql/schema_make.h"
#include "graphql/schema_rules.h"

static const char *const location_names[] = {
    [LOCATION_QUERY] = "QUERY",
    [LOCATION_MUTATION] = "MUTATION",
    [LOCATION_SUBSCRIPTION] = "SUBSCRIPTION",
    [LOCATION_FIELD] = "FIELD",
    [LOCATION_FRAGMENT_DEFINITION] = "FRAGMENT_DEFINITION",
    [LOCATION_FRAGMENT_SPREAD] = "FRAGMENT_SPREAD",
    [LOCATION_INLINE_FRAGMENT] = "INLINE_FRAGMENT",
    [LOCATION_VARIABLE_DEFINITION] = "VARIABLE_DEFINITION",
    [LOCATION_SCHEMA] = "SCHEMA",
    [LOCATION_SCALAR] = "SCALAR",
    [LOCATION_OBJECT] = "OBJECT",
    [LOCATION_FIELD_DEFINITION] = "FIELD_DEFINITION",
    [LOCATION_ARGUMENT_DEFINITION] = "ARGUMENT_DEFINITION",
    [LOCATION_INTERFACE] = "INTERFACE",
    [LOCATION_UNION] = "UNION",
    [LOCATION_ENUM] = "ENUM",
    [LOCATION_ENUM_VALUE] = "ENUM_VALUE",
    [LOCATION_INPUT_OBJECT] = "INPUT_OBJECT",
    [LOCATION_INPUT_FIELD_DEFINITION] = "INPUT_FIELD_DEFINITION",
};

const char *directive_location_name(enum directive_location location)
{
    return location_names[location];
}

bool directive_location_find(struct str name, enum directive_location *location)
{
    for (int i = LOCATION_QUERY; i <= LOCATION_INPUT_FIELD_DEFINITION; i++) {
        if (str_is(name, location_names[i])) {
            *location = (enum directive_location)i;
            return true;
        }
    }
    return false;
}

struct schema *schema_build_with(struct arena *arena, struct document **documents, uint32_t count,
                                 const struct schema_options *options, struct errors *errors)
{
    if (!options->unchecked && !schema_rules(arena, documents, count, errors))
        return NULL;
    struct schema *schema = schema_make(arena, documents, count, options, errors);
    if (schema == NULL || options->unchecked || schema_check(schema, errors))
        return schema;
    return NULL;
}

struct schema *schema_build(struct arena *arena, struct document **documents, uint32_t count,
                            struct errors *errors)
{
    return schema_build_with(arena, documents, count, &(struct schema_options){0}, errors);
}

struct type *schema_type(const struct schema *schema, struct str name, uint64_t rights)
{
    struct type *type = map_get(&schema->type_map, name);
    return type != NULL && needs_met(type->needs, rights) ? type : NULL;
}

const struct type_use *schema_type_use(const struct schema *schema, struct arena *arena,
                                       const struct ast_type *type, uint64_t rights)
{
    struct type_use *use = arena_new(arena, struct type_use);
    if (type->kind == AST_TYPE_NAMED) {
        *use = (struct type_use){.kind = USE_NAMED,
                                 .named = schema_type(schema, type->name.text, rights)};
        if (use->named == NULL)
            return NULL;
    } else {
        const struct type_use *of = schema_type_use(schema, arena, type->of, rights);
        if (of == NULL)
            return NULL;
        *use = (struct type_use){.kind = USE_LIST, .named = of->named, .of = of};
    }
    if (!type->non_null)
        return use;
    struct type_use *outer = arena_new(arena, struct type_use);
    *outer = (struct type_use){.kind = USE_NON_NULL, .named = use->named, .of = use};
    return outer;
}

static const struct field *meta_field(const struct schema *schema, const struct type *parent,
                                      struct str name)
{
    if (str_is(name, "__typename"))
        return schema->typename_field;
    if (parent == schema->query && str_is(name, "__schema"))
        return schema->schema_field;
    if (parent == schema->query && str_is(name, "__type"))
        return schema->type_field;
    return NULL;
}

/* A field of a type that the viewer does not see is not seen either. */
const struct field *schema_field(const struct schema *schema, const struct type *parent,
                                 struct str name, uint64_t rights)
{
    if (name.len > 2 && name.at[0] == '_' && name.at[1] == '_') {
        const struct field *meta = meta_field(schema, parent, name);
        if (meta != NULL)
            return needs_met(meta->needs, rights) ? meta : NULL;
    }
    if (parent->kind != TYPE_OBJECT && parent->kind != TYPE_INTERFACE)
        return NULL;
    const struct field *field = map_get(&parent->field_map, name);
    if (field == NULL || !needs_met(field->needs | field->type->named->needs, rights))
        return NULL;
    return field;
}

const struct directive *schema_directive(const struct schema *schema, struct str name)
{
    for (uint32_t i = 0; i < schema->directive_count; i++) {
        if (str_equal(schema->directives[i]->name, name))
            return schema->directives[i];
    }
    return NULL;
}

const struct input_value *input_value_find(const struct input_value *inputs, uint32_t count,
                                           struct str name)
{
    for (uint32_t i = 0; i < count; i++) {
        if (str_equal(inputs[i].name, name))
            return &inputs[i];
    }
    return NULL;
}

const struct input_value *type_input(const struct type *type, struct str name)
{
    return input_value_find(type->inputs, type->input_count, name);
}

const struct enum_value *type_value(const struct type *type, struct str name)
{
    for (uint32_t i = 0; i < type->value_count; i++) {
        if (str_equal(type->values[i].name, name))
            return &type->values[i];
    }
    return NULL;
}

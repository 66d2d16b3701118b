/* introspection: what each field of the introspection schema says, one function for each kind of
 * object. */
#include "graphql/introspection.h"

#include "base/arena.h"
#include "base/buf.h"
#include "graphql/input_check.h"
#include "graphql/printer.h"

/* Who is asking, about what. */
struct question {
    const struct schema *schema;
    uint64_t rights;
    struct arena *arena;
};

static struct input text_or_null(struct str text)
{
    return text.at == NULL ? (struct input){.kind = INPUT_NULL}
                           : (struct input){.kind = INPUT_STRING, .text = text};
}

static struct input boolean(bool value)
{
    return (struct input){.kind = INPUT_BOOLEAN, .boolean = value};
}

static struct str kind_name(const struct type_use *use)
{
    static const char *const names[] = {
        [TYPE_SCALAR] = "SCALAR", [TYPE_OBJECT] = "OBJECT", [TYPE_INTERFACE] = "INTERFACE",
        [TYPE_UNION] = "UNION",   [TYPE_ENUM] = "ENUM",     [TYPE_INPUT_OBJECT] = "INPUT_OBJECT",
    };
    if (use->kind == USE_LIST)
        return STR("LIST");
    return use->kind == USE_NON_NULL ? STR("NON_NULL") : str_of(names[use->named->kind]);
}

static struct input type_leaf(const struct type_use *use, struct str name)
{
    const struct type *type = use->kind == USE_NAMED ? use->named : NULL;
    if (str_is(name, "kind"))
        return text_or_null(kind_name(use));
    if (type == NULL)
        return text_or_null((struct str){0});
    if (str_is(name, "name"))
        return text_or_null(type->name);
    if (str_is(name, "description"))
        return text_or_null(type->description);
    if (str_is(name, "specifiedByURL"))
        return text_or_null(type->specified_by);
    if (str_is(name, "isOneOf") && type->kind == TYPE_INPUT_OBJECT)
        return boolean(type->one_of);
    return text_or_null((struct str){0});
}

/* What fields, input values and enum values have in common. */
static struct input member_leaf(struct str member, struct str description, struct str deprecation,
                                struct str name)
{
    if (str_is(name, "name"))
        return text_or_null(member);
    if (str_is(name, "description"))
        return text_or_null(description);
    if (str_is(name, "isDeprecated"))
        return boolean(deprecation.at != NULL);
    return text_or_null(deprecation);
}

static struct input field_leaf(const struct field *field, struct str name)
{
    return member_leaf(field->name, field->description, field->deprecation_reason, name);
}

static struct input enum_value_leaf(const struct enum_value *value, struct str name)
{
    return member_leaf(value->name, value->description, value->deprecation_reason, name);
}

static struct input input_value_leaf(const struct question *question,
                                     const struct input_value *input, struct str name)
{
    if (!str_is(name, "defaultValue"))
        return member_leaf(input->name, input->description, input->deprecation_reason, name);
    if (input->default_value == NULL)
        return text_or_null((struct str){0});
    struct buf buf;
    buf_init(&buf, question->arena, 64);
    print_value(&buf, input->default_value);
    return text_or_null(buf_str(&buf));
}

static struct input locations(const struct question *question, const struct directive *directive)
{
    const struct ast_type_system *ast = directive->ast;
    struct input list = {.kind = INPUT_LIST, .count = ast->location_count};
    list.items = arena_array(question->arena, struct input, list.count);
    for (uint32_t i = 0; i < list.count; i++)
        list.items[i] = text_or_null(ast->locations[i].text);
    return list;
}

static struct input directive_leaf(const struct question *question,
                                   const struct directive *directive, struct str name)
{
    if (str_is(name, "isRepeatable"))
        return boolean(directive->repeatable);
    if (str_is(name, "locations"))
        return locations(question, directive);
    return text_or_null(str_is(name, "name") ? directive->name : directive->description);
}

void introspect_leaf(const struct schema *schema, uint64_t rights, struct introspected object,
                     const struct field *field, struct arena *arena, struct input *out)
{
    const struct question question = {.schema = schema, .rights = rights, .arena = arena};
    switch (object.kind) {
    case INTROSPECTED_SCHEMA:
        *out = text_or_null(schema->description);
        break;
    case INTROSPECTED_TYPE:
        *out = type_leaf(object.object, field->name);
        break;
    case INTROSPECTED_FIELD:
        *out = field_leaf(object.object, field->name);
        break;
    case INTROSPECTED_INPUT_VALUE:
        *out = input_value_leaf(&question, object.object, field->name);
        break;
    case INTROSPECTED_ENUM_VALUE:
        *out = enum_value_leaf(object.object, field->name);
        break;
    case INTROSPECTED_DIRECTIVE:
        *out = directive_leaf(&question, object.object, field->name);
        break;
    }
}

struct answer {
    struct introspected *items;
    uint32_t count;
    bool is_null;
};

static const struct answer null_answer = {.is_null = true};

static struct answer answer_of(const struct question *question, uint32_t most)
{
    return (struct answer){.items = arena_array(question->arena, struct introspected, most)};
}

static void add(struct answer *answer, enum introspected_kind kind, const void *object)
{
    answer->items[answer->count++] = (struct introspected){.kind = kind, .object = object};
}

static void add_type(const struct question *question, struct answer *answer,
                     const struct type *type)
{
    if (!needs_met(type->needs, question->rights))
        return;
    struct type_use *use = arena_new(question->arena, struct type_use);
    *use = (struct type_use){.kind = USE_NAMED, .named = type};
    add(answer, INTROSPECTED_TYPE, use);
}

static struct answer types_answer(const struct question *question, const struct type *const *types,
                                  uint32_t count)
{
    struct answer answer = answer_of(question, count);
    for (uint32_t i = 0; i < count; i++)
        add_type(question, &answer, types[i]);
    return answer;
}

static struct answer one_type(const struct question *question, const struct type *type)
{
    if (type == NULL || !needs_met(type->needs, question->rights))
        return null_answer;
    return types_answer(question, &type, 1);
}

static struct answer one_use(const struct question *question, const struct type_use *use)
{
    if (use == NULL)
        return null_answer;
    struct answer answer = answer_of(question, 1);
    add(&answer, INTROSPECTED_TYPE, use);
    return answer;
}

static struct answer directives_answer(const struct question *question)
{
    const struct schema *schema = question->schema;
    struct answer answer = answer_of(question, schema->directive_count);
    for (uint32_t i = 0; i < schema->directive_count; i++) {
        if (!schema->directives[i]->hidden)
            add(&answer, INTROSPECTED_DIRECTIVE, schema->directives[i]);
    }
    return answer;
}

static struct answer schema_answer(const struct question *question, struct str name)
{
    const struct schema *schema = question->schema;
    if (str_is(name, "types"))
        return types_answer(question, (const struct type *const *)schema->types,
                            schema->type_count);
    if (str_is(name, "queryType"))
        return one_type(question, schema->query);
    if (str_is(name, "mutationType"))
        return one_type(question, schema->mutation);
    if (str_is(name, "subscriptionType"))
        return one_type(question, schema->subscription);
    return directives_answer(question);
}

static struct answer inputs_answer(const struct question *question,
                                   const struct input_value *inputs, uint32_t count,
                                   bool deprecated)
{
    struct answer answer = answer_of(question, count);
    for (uint32_t i = 0; i < count; i++) {
        if (input_value_visible(&inputs[i], question->rights) &&
            (deprecated || inputs[i].deprecation_reason.at == NULL))
            add(&answer, INTROSPECTED_INPUT_VALUE, &inputs[i]);
    }
    return answer;
}

static struct answer fields_answer(const struct question *question, const struct type *type,
                                   bool deprecated)
{
    struct answer answer = answer_of(question, type->field_count);
    for (uint32_t i = 0; i < type->field_count; i++) {
        const struct field *field = &type->fields[i];
        if (needs_met(field->needs | field->type->named->needs, question->rights) &&
            (deprecated || field->deprecation_reason.at == NULL))
            add(&answer, INTROSPECTED_FIELD, field);
    }
    return answer;
}

static struct answer values_answer(const struct question *question, const struct type *type,
                                   bool deprecated)
{
    struct answer answer = answer_of(question, type->value_count);
    for (uint32_t i = 0; i < type->value_count; i++) {
        const struct enum_value *value = &type->values[i];
        if (needs_met(value->needs, question->rights) &&
            (deprecated || value->deprecation_reason.at == NULL))
            add(&answer, INTROSPECTED_ENUM_VALUE, value);
    }
    return answer;
}

static struct answer type_answer(const struct question *question, const struct type_use *use,
                                 struct str name, bool deprecated)
{
    if (str_is(name, "ofType"))
        return one_use(question, use->of);
    if (use->kind != USE_NAMED)
        return null_answer;
    const struct type *type = use->named;
    bool has_fields = type->kind == TYPE_OBJECT || type->kind == TYPE_INTERFACE;
    if (str_is(name, "fields") && has_fields)
        return fields_answer(question, type, deprecated);
    if (str_is(name, "interfaces") && has_fields)
        return types_answer(question, type->interfaces, type->interface_count);
    if (str_is(name, "possibleTypes") && type_is_abstract(type))
        return types_answer(question, type->possible, type->possible_count);
    if (str_is(name, "enumValues") && type->kind == TYPE_ENUM)
        return values_answer(question, type, deprecated);
    if (str_is(name, "inputFields") && type->kind == TYPE_INPUT_OBJECT)
        return inputs_answer(question, type->inputs, type->input_count, deprecated);
    return null_answer;
}

static struct answer field_answer(const struct question *question, const struct field *field,
                                  struct str name, bool deprecated)
{
    if (str_is(name, "type"))
        return one_use(question, field->type);
    return inputs_answer(question, field->arguments, field->argument_count, deprecated);
}

static struct answer directive_answer(const struct question *question,
                                      const struct directive *directive, bool deprecated)
{
    return inputs_answer(question, directive->arguments, directive->argument_count, deprecated);
}

bool introspect_objects(const struct schema *schema, uint64_t rights, struct introspected object,
                        const struct field *field, const struct input *arguments,
                        struct arena *arena, struct introspected **objects, uint32_t *count)
{
    const struct question question = {.schema = schema, .rights = rights, .arena = arena};
    bool deprecated =
        field->argument_count > 0 && arguments[0].kind == INPUT_BOOLEAN && arguments[0].boolean;
    struct answer answer = null_answer;
    switch (object.kind) {
    case INTROSPECTED_SCHEMA:
        answer = schema_answer(&question, field->name);
        break;
    case INTROSPECTED_TYPE:
        answer = type_answer(&question, object.object, field->name, deprecated);
        break;
    case INTROSPECTED_FIELD:
        answer = field_answer(&question, object.object, field->name, deprecated);
        break;
    case INTROSPECTED_INPUT_VALUE:
        answer = one_use(&question, ((const struct input_value *)object.object)->type);
        break;
    case INTROSPECTED_DIRECTIVE:
        answer = directive_answer(&question, object.object, deprecated);
        break;
    case INTROSPECTED_ENUM_VALUE:
        break;
    }
    *objects = answer.items;
    *count = answer.count;
    return !answer.is_null;
}

bool introspect_root(const struct schema *schema, uint64_t rights, const struct field *field,
                     const struct input *arguments, struct arena *arena, struct introspected *out)
{
    if (field == schema->schema_field) {
        *out = (struct introspected){.kind = INTROSPECTED_SCHEMA, .object = schema};
        return true;
    }
    const struct question question = {.schema = schema, .rights = rights, .arena = arena};
    struct answer answer = one_type(&question, schema_type(schema, arguments[0].text, rights));
    if (!answer.is_null)
        *out = answer.items[0];
    return !answer.is_null;
}

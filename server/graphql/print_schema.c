/* print_schema: a schema in its own language, as far as the viewer sees it. */
#include "base/buf.h"
#include "graphql/print_values.h"
#include "graphql/printer.h"

struct printing {
    struct buf *buf;
    const struct schema *schema;
    uint64_t rights;
    bool first; /* nothing was printed yet */
};

static void begin(struct printing *printing)
{
    if (!printing->first)
        buf_add(printing->buf, STR("\n\n"));
    printing->first = false;
}

static bool is_seen(const struct printing *printing, uint64_t needs, const struct type_use *type)
{
    return needs_met(needs | type->named->needs, printing->rights);
}

static void print_deprecation(struct buf *buf, struct str reason)
{
    if (reason.at == NULL)
        return;
    buf_add(buf, STR(" @deprecated"));
    if (str_is(reason, "No longer supported"))
        return;
    buf_add(buf, STR("(reason: "));
    print_string(buf, reason);
    buf_add_char(buf, ')');
}

/* A description inside a block has an empty line before it, but for the first. */
static void print_member_start(struct buf *buf, struct str description, uint32_t level, bool first)
{
    if (description.at != NULL && !first)
        buf_add_char(buf, '\n');
    print_line(buf, level);
    print_description(buf, description, level);
}

static void print_input(struct buf *buf, const struct input_value *input)
{
    buf_add(buf, input->name);
    buf_add(buf, STR(": "));
    print_type_use(buf, input->type);
    if (input->default_value != NULL) {
        buf_add(buf, STR(" = "));
        print_value(buf, input->default_value);
    }
    print_deprecation(buf, input->deprecation_reason);
}

static void print_arguments_of(struct printing *printing, const struct input_value *inputs,
                               uint32_t count, uint32_t level)
{
    struct buf *buf = printing->buf;
    bool described = false, first = true;
    for (uint32_t i = 0; i < count; i++)
        described = described || (inputs[i].description.at != NULL &&
                                  is_seen(printing, inputs[i].needs, inputs[i].type));
    for (uint32_t i = 0; i < count; i++) {
        if (!is_seen(printing, inputs[i].needs, inputs[i].type))
            continue;
        if (first)
            buf_add_char(buf, '(');
        else if (!described)
            buf_add(buf, STR(", "));
        if (described)
            print_member_start(buf, inputs[i].description, level + 1, first);
        print_input(buf, &inputs[i]);
        first = false;
    }
    if (!first && described)
        print_line(buf, level);
    if (!first)
        buf_add_char(buf, ')');
}

static void open_block(struct buf *buf, bool *first)
{
    if (*first)
        buf_add(buf, STR(" {"));
}

static void close_block(struct buf *buf, bool first)
{
    if (!first)
        buf_add(buf, STR("\n}"));
}

static void print_fields(struct printing *printing, const struct type *type)
{
    bool first = true;
    for (uint32_t i = 0; i < type->field_count; i++) {
        const struct field *field = &type->fields[i];
        if (!is_seen(printing, field->needs, field->type))
            continue;
        open_block(printing->buf, &first);
        print_member_start(printing->buf, field->description, 1, first);
        buf_add(printing->buf, field->name);
        print_arguments_of(printing, field->arguments, field->argument_count, 1);
        buf_add(printing->buf, STR(": "));
        print_type_use(printing->buf, field->type);
        print_deprecation(printing->buf, field->deprecation_reason);
        first = false;
    }
    close_block(printing->buf, first);
}

static void print_values_of(struct printing *printing, const struct type *type)
{
    bool first = true;
    for (uint32_t i = 0; i < type->value_count; i++) {
        if (!needs_met(type->values[i].needs, printing->rights))
            continue;
        open_block(printing->buf, &first);
        print_member_start(printing->buf, type->values[i].description, 1, first);
        buf_add(printing->buf, type->values[i].name);
        print_deprecation(printing->buf, type->values[i].deprecation_reason);
        first = false;
    }
    close_block(printing->buf, first);
}

static void print_inputs(struct printing *printing, const struct type *type)
{
    bool first = true;
    for (uint32_t i = 0; i < type->input_count; i++) {
        if (!is_seen(printing, type->inputs[i].needs, type->inputs[i].type))
            continue;
        open_block(printing->buf, &first);
        print_member_start(printing->buf, type->inputs[i].description, 1, first);
        print_input(printing->buf, &type->inputs[i]);
        first = false;
    }
    close_block(printing->buf, first);
}

static void print_type_names(struct printing *printing, const char *before, const char *between,
                             const struct type **types, uint32_t count)
{
    bool first = true;
    for (uint32_t i = 0; i < count; i++) {
        if (!needs_met(types[i]->needs, printing->rights))
            continue;
        buf_add(printing->buf, str_of(first ? before : between));
        buf_add(printing->buf, types[i]->name);
        first = false;
    }
}

static void print_named_type(struct printing *printing, const struct type *type)
{
    static const char *const words[] = {
        [TYPE_SCALAR] = "scalar ", [TYPE_OBJECT] = "type ", [TYPE_INTERFACE] = "interface ",
        [TYPE_UNION] = "union ",   [TYPE_ENUM] = "enum ",   [TYPE_INPUT_OBJECT] = "input ",
    };
    struct buf *buf = printing->buf;
    begin(printing);
    print_description(buf, type->description, 0);
    buf_add(buf, str_of(words[type->kind]));
    buf_add(buf, type->name);
    print_type_names(printing, " implements ", " & ", type->interfaces, type->interface_count);
    if (type->one_of)
        buf_add(buf, STR(" @oneOf"));
    if (type->specified_by.at != NULL) {
        buf_add(buf, STR(" @specifiedBy(url: "));
        print_string(buf, type->specified_by);
        buf_add_char(buf, ')');
    }
    if (type->kind == TYPE_UNION)
        print_type_names(printing, " = ", " | ", type->possible, type->possible_count);
    print_fields(printing, type);
    print_values_of(printing, type);
    print_inputs(printing, type);
}

static void print_directive(struct printing *printing, const struct directive *directive)
{
    struct buf *buf = printing->buf;
    begin(printing);
    print_description(buf, directive->description, 0);
    buf_add(buf, STR("directive @"));
    buf_add(buf, directive->name);
    print_arguments_of(printing, directive->arguments, directive->argument_count, 0);
    if (directive->repeatable)
        buf_add(buf, STR(" repeatable"));
    for (uint32_t i = 0; i < directive->ast->location_count; i++) {
        buf_add(buf, i == 0 ? STR(" on ") : STR(" | "));
        buf_add(buf, directive->ast->locations[i].text);
    }
}

static bool is_default_root(const struct schema *schema, const struct type *root, const char *name)
{
    return map_get(&schema->type_map, str_of(name)) == root;
}

static void print_root(struct buf *buf, const char *operation, const struct type *type)
{
    if (type != NULL)
        buf_printf(buf, "\n  %s: " STR_FMT, operation, STR_ARG(type->name));
}

/* Only where it says more than the names of the root types do (specification §3.3.1). */
static void print_schema_definition(struct printing *printing)
{
    const struct schema *schema = printing->schema;
    bool is_default = is_default_root(schema, schema->query, "Query") &&
                      is_default_root(schema, schema->mutation, "Mutation") &&
                      is_default_root(schema, schema->subscription, "Subscription");
    if (is_default && schema->description.at == NULL)
        return;
    begin(printing);
    print_description(printing->buf, schema->description, 0);
    buf_add(printing->buf, STR("schema {"));
    print_root(printing->buf, "query", schema->query);
    print_root(printing->buf, "mutation", schema->mutation);
    print_root(printing->buf, "subscription", schema->subscription);
    buf_add(printing->buf, STR("\n}"));
}

void print_schema(struct buf *buf, const struct schema *schema, uint64_t rights)
{
    struct printing printing = {.buf = buf, .schema = schema, .rights = rights, .first = true};
    print_schema_definition(&printing);
    for (uint32_t i = 0; i < schema->directive_count; i++) {
        if (!schema->directives[i]->built_in && !schema->directives[i]->hidden)
            print_directive(&printing, schema->directives[i]);
    }
    for (uint32_t i = 0; i < schema->type_count; i++) {
        if (!schema->types[i]->built_in && needs_met(schema->types[i]->needs, rights))
            print_named_type(&printing, schema->types[i]);
    }
}

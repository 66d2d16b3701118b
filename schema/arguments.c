/* arguments: what the arguments of a list do to it: @limit, @match. */
#include "schema/loading.h"

#include "base/arena.h"

static struct str argument_coordinate(struct loading *loading, const struct field *field,
                                      const struct input_value *argument)
{
    return str_printf(loading->arena, STR_FMT "." STR_FMT "(" STR_FMT ":)",
                      STR_ARG(field->parent->name), STR_ARG(field->name), STR_ARG(argument->name));
}

static bool is_list(const struct type_use *use)
{
    return use->kind == USE_LIST || (use->kind == USE_NON_NULL && use->of->kind == USE_LIST);
}

static void bind_limit(struct loading *loading, const struct field *field,
                       const struct input_value *argument, struct binding *binding)
{
    struct str coordinate = argument_coordinate(loading, field, argument);
    if (binding->kind != BIND_LIST)
        mistake(loading, coordinate, "a connection has first and last instead of @limit");
    else if (!str_is(argument->type->named->name, "Int") || is_list(argument->type))
        mistake(loading, coordinate, "@limit needs an Int");
    else if (binding->size_argument != NULL)
        mistake(loading, coordinate, "one argument with @limit is enough");
    else
        binding->size_argument = argument;
}

bool compared_bind(struct loading *loading, struct str coordinate, const struct type *type,
                   const struct catalogue_column *column, struct compared *out)
{
    static const struct {
        const char *name;
        enum operand operand;
    } operands[] = {
        {"Int", OPERAND_INTEGER},        {"BigInt", OPERAND_INTEGER},  {"Boolean", OPERAND_INTEGER},
        {"Float", OPERAND_REAL},         {"Decimal", OPERAND_DECIMAL}, {"Date", OPERAND_DATE_TIME},
        {"DateTime", OPERAND_DATE_TIME}, {"ID", OPERAND_ID},
    };
    bool text = column->kind == CATALOGUE_TEXT || column->kind == CATALOGUE_ENUM;
    out->column = column->name;
    out->operand = OPERAND_TEXT;
    for (size_t i = 0; i < sizeof(operands) / sizeof(*operands); i++) {
        if (str_is(type->name, operands[i].name))
            out->operand = operands[i].operand;
    }
    bool fits = leaf_fits(type, column) && (type->kind == TYPE_ENUM || type->kind == TYPE_SCALAR) &&
                (out->operand != OPERAND_TEXT || (text && !str_is(type->name, "JSON")));
    if (!fits)
        mistake(loading, coordinate, "column %.*s is %.*s, which is not compared with %.*s",
                STR_ARG(column->name), STR_ARG(column->column_type), STR_ARG(type->name));
    return fits;
}

static void add_match(struct loading *loading, struct binding *binding, struct match match)
{
    struct match *matches = arena_array(loading->arena, struct match, binding->match_count + 1);
    if (binding->match_count > 0)
        memcpy(matches, binding->matches, binding->match_count * sizeof(*matches));
    matches[binding->match_count++] = match;
    binding->matches = matches;
}

static void bind_match(struct loading *loading, const struct field *field,
                       const struct input_value *argument, struct binding *binding,
                       const struct ast_directive *directive)
{
    struct str coordinate = argument_coordinate(loading, field, argument);
    struct str name = directive_text(directive, "column"), how = directive_text(directive, "how");
    if (name.at == NULL)
        name = snake_case(loading->arena, argument->name);
    const struct catalogue_column *column = need_column(loading, coordinate, binding->target, name);
    struct match match = {.argument = argument, .prefix = str_is(how, "PREFIX")};
    if (column == NULL ||
        !compared_bind(loading, coordinate, argument->type->named, column, &match.compared))
        return;
    match.compared.id_type = directive_text(directive, "id");
    if (how.at != NULL && !match.prefix && !str_is(how, "EQUAL"))
        mistake(loading, coordinate, "@match(how:) is EQUAL or PREFIX");
    else if (match.prefix && (match.compared.operand != OPERAND_TEXT || is_list(argument->type)))
        mistake(loading, coordinate, "only a single text has a beginning");
    else
        add_match(loading, binding, match);
}

/* These come from the generators, which know what they do. */
static bool is_generated(const struct binding *binding, const struct input_value *argument)
{
    static const char *const names[] = {"first", "after", "last", "before", "where", "orderBy"};
    for (size_t i = binding->kind == BIND_CONNECTION ? 0 : 4; i < 6; i++) {
        if (str_is(argument->name, names[i]))
            return true;
    }
    return false;
}

void arguments_bind(struct loading *loading, const struct field *field, struct binding *binding)
{
    for (uint32_t i = 0; i < field->argument_count; i++) {
        const struct input_value *argument = &field->arguments[i];
        const struct ast_directive *match = ast_directive(&argument->ast->directives, "match");
        bool limit = ast_directive(&argument->ast->directives, "limit") != NULL;
        if (limit)
            bind_limit(loading, field, argument, binding);
        else if (match != NULL)
            bind_match(loading, field, argument, binding, match);
        else if (argument != binding->key_argument && binding->predicate == NULL &&
                 !is_generated(binding, argument))
            mistake(loading, argument_coordinate(loading, field, argument),
                    "what does it do? add @limit, @match, or @many(key:) or (predicate:)");
    }
}

/* ---- rights ---- */

static bool shows_column(const struct field *field, struct str column)
{
    const struct binding *binding = field->binding;
    if (binding == NULL)
        return false;
    if (binding->kind == BIND_COLUMN || binding->kind == BIND_ONE)
        return str_equal(binding->column, column);
    for (uint32_t i = 0; binding->kind == BIND_EMBEDDED && i < field->type->named->field_count;
         i++) {
        if (str_equal(binding->embedded[i], column))
            return true;
    }
    return false;
}

/* What the field that shows the column needs; of several, the one that needs least. */
static uint64_t column_needs(const struct type *type, struct str column)
{
    uint64_t needs = 0;
    bool found = false;
    for (uint32_t i = 0; i < type->field_count; i++) {
        uint64_t own = type->fields[i].needs;
        if (!shows_column(&type->fields[i], column))
            continue;
        if (!found || __builtin_popcountll(own) < __builtin_popcountll(needs))
            needs = own;
        found = true;
    }
    return needs;
}

static void need_matched(struct field *field, const struct binding *binding)
{
    for (uint32_t i = 0; i < binding->match_count; i++) {
        const struct match *match = &binding->matches[i];
        struct input_value *argument = &field->arguments[match->argument - field->arguments];
        argument->needs |= column_needs(binding->target->type, match->compared.column);
        if (argument->type->kind == USE_NON_NULL && argument->default_value == NULL)
            field->needs |= argument->needs; /* nobody could ask for it otherwise */
    }
}

void arguments_need(struct loading *loading)
{
    for (uint32_t i = 0; i < loading->schema->type_count; i++) {
        struct type *type = loading->schema->types[i];
        for (uint32_t j = 0; j < type->field_count && is_ours(type); j++) {
            const struct binding *binding = type->fields[j].binding;
            if (binding != NULL)
                need_matched(&type->fields[j], binding);
        }
    }
}

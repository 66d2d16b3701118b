/* schema_check_interfaces: who implements an interface keeps its promises (specification §3.6.1,
 * §3.7.1). */
#include "base/arena.h"
#include "graphql/input_check.h"
#include "graphql/schema_checking.h"

static void at_implements_in(struct schema_checking *checking, struct error *error,
                             const struct ast_type_system *definition, struct str name)
{
    for (uint32_t i = 0; i < definition->interface_count; i++) {
        if (str_equal(definition->interfaces[i].text, name))
            checking_at(checking, error, definition->document, definition->interfaces[i].at);
    }
}

/* Where a type says that it implements the interface. */
static void at_implements(struct schema_checking *checking, struct error *error,
                          const struct type *type, const struct type *interface)
{
    if (type->ast != NULL)
        at_implements_in(checking, error, type->ast, interface->name);
    for (uint32_t i = 0; i < type->extension_count; i++)
        at_implements_in(checking, error, type->extensions[i], interface->name);
}

static bool implements(const struct type *type, const struct type *interface)
{
    for (uint32_t i = 0; i < type->interface_count; i++) {
        if (type->interfaces[i] == interface)
            return true;
    }
    return false;
}

static bool is_member(const struct type *type, const struct type *abstract)
{
    if (abstract->kind == TYPE_UNION) {
        for (uint32_t i = 0; i < abstract->possible_count; i++) {
            if (abstract->possible[i] == type)
                return true;
        }
        return false;
    }
    return abstract->kind == TYPE_INTERFACE && implements(type, abstract);
}

/* IsSubType() (specification §3.6.1). */
static bool is_sub_type(const struct type_use *type, const struct type_use *super)
{
    while (true) {
        if (super->kind == USE_NON_NULL) {
            if (type->kind != USE_NON_NULL)
                return false;
            super = super->of;
            type = type->of;
            continue;
        }
        if (type->kind == USE_NON_NULL)
            type = type->of;
        if (super->kind != type->kind)
            return false;
        if (super->kind == USE_NAMED)
            return super->named == type->named || is_member(type->named, super->named);
        super = super->of;
        type = type->of;
    }
}

static bool is_same_type(const struct type_use *a, const struct type_use *b)
{
    while (a->kind == b->kind && a->kind != USE_NAMED) {
        a = a->of;
        b = b->of;
    }
    return a->kind == b->kind && a->named == b->named;
}

struct implementation {
    struct schema_checking *checking;
    const struct type *type;
    const struct type *interface;
    const struct document *document;           /* of the type's field */
    const struct document *interface_document; /* of the interface's field */
};

static void check_argument(const struct implementation *implementation, const struct field *field,
                           const struct input_value *expected)
{
    struct schema_checking *checking = implementation->checking;
    struct arena *arena = checking->arena;
    const struct input_value *argument =
        input_value_find(field->arguments, field->argument_count, expected->name);
    if (argument == NULL) {
        struct error *error = checking_report(
            checking, str_printf(arena,
                                 "Interface field argument " STR_FMT " expected but " STR_FMT
                                 "." STR_FMT " does not provide it.",
                                 STR_ARG(expected->coordinate), STR_ARG(implementation->type->name),
                                 STR_ARG(field->name)));
        checking_at(checking, error, implementation->interface_document, expected->ast->at);
        checking_at(checking, error, implementation->document, field->ast->at);
        return;
    }
    if (is_same_type(expected->type, argument->type))
        return;
    struct error *error = checking_report(
        checking,
        str_printf(arena,
                   "Interface field argument " STR_FMT " expects type " STR_FMT " but " STR_FMT
                   " is type " STR_FMT ".",
                   STR_ARG(expected->coordinate), STR_ARG(type_use_text(arena, expected->type)),
                   STR_ARG(argument->coordinate), STR_ARG(type_use_text(arena, argument->type))));
    checking_at(checking, error, implementation->interface_document, expected->ast->type->at);
    checking_at(checking, error, implementation->document, argument->ast->type->at);
}

/* What the interface does not ask for must not be asked for. */
static void check_additional_arguments(const struct implementation *implementation,
                                       const struct field *field, const struct field *expected)
{
    struct schema_checking *checking = implementation->checking;
    for (uint32_t i = 0; i < field->argument_count; i++) {
        const struct input_value *argument = &field->arguments[i];
        if (!input_value_required(argument) ||
            input_value_find(expected->arguments, expected->argument_count, argument->name) != NULL)
            continue;
        struct error *error = checking_report(
            checking,
            str_printf(checking->arena,
                       "Argument \"" STR_FMT "\" must not be required type \"" STR_FMT
                       "\" if not provided by the Interface field \"" STR_FMT "." STR_FMT "\".",
                       STR_ARG(argument->coordinate),
                       STR_ARG(type_use_text(checking->arena, argument->type)),
                       STR_ARG(implementation->interface->name), STR_ARG(expected->name)));
        checking_at(checking, error, implementation->document, argument->ast->at);
        checking_at(checking, error, implementation->interface_document, expected->ast->at);
    }
}

static void check_field_type(const struct implementation *implementation, const struct field *field,
                             const struct field *expected)
{
    struct schema_checking *checking = implementation->checking;
    if (is_sub_type(field->type, expected->type))
        return;
    struct str interface = implementation->interface->name, type = implementation->type->name;
    struct error *error = checking_report(
        checking,
        str_printf(checking->arena,
                   "Interface field " STR_FMT "." STR_FMT " expects type " STR_FMT " but " STR_FMT
                   "." STR_FMT " is type " STR_FMT ".",
                   STR_ARG(interface), STR_ARG(expected->name),
                   STR_ARG(type_use_text(checking->arena, expected->type)), STR_ARG(type),
                   STR_ARG(field->name), STR_ARG(type_use_text(checking->arena, field->type))));
    checking_at(checking, error, implementation->interface_document, expected->ast->type->at);
    checking_at(checking, error, implementation->document, field->ast->type->at);
}

static void check_field_deprecation(const struct implementation *implementation,
                                    const struct field *field, const struct field *expected)
{
    struct schema_checking *checking = implementation->checking;
    if (field->deprecation_reason.at == NULL || expected->deprecation_reason.at != NULL)
        return;
    struct error *error = checking_report(
        checking, str_printf(checking->arena,
                             "Interface field " STR_FMT "." STR_FMT
                             " is not deprecated, so implementation field " STR_FMT "." STR_FMT
                             " must not be deprecated.",
                             STR_ARG(implementation->interface->name), STR_ARG(expected->name),
                             STR_ARG(implementation->type->name), STR_ARG(field->name)));
    checking_at_deprecation(checking, error, implementation->document, &field->ast->directives);
    checking_at(checking, error, implementation->document, field->ast->type->at);
}

static void check_field(struct implementation *implementation, const struct field *expected)
{
    struct schema_checking *checking = implementation->checking;
    const struct type *type = implementation->type;
    const struct field *field = map_get(&type->field_map, expected->name);
    implementation->interface_document =
        checking_document(implementation->interface, expected->ast);
    if (field == NULL) {
        struct error *error =
            checking_report(checking, str_printf(checking->arena,
                                                 "Interface field " STR_FMT "." STR_FMT
                                                 " expected but " STR_FMT " does not provide it.",
                                                 STR_ARG(implementation->interface->name),
                                                 STR_ARG(expected->name), STR_ARG(type->name)));
        checking_at(checking, error, implementation->interface_document, expected->ast->at);
        checking_at_type(checking, error, type);
        return;
    }
    implementation->document = checking_document(type, field->ast);
    check_field_type(implementation, field, expected);
    for (uint32_t i = 0; i < expected->argument_count; i++)
        check_argument(implementation, field, &expected->arguments[i]);
    check_additional_arguments(implementation, field, expected);
    check_field_deprecation(implementation, field, expected);
}

static void check_ancestors(struct schema_checking *checking, const struct type *type,
                            const struct type *interface)
{
    for (uint32_t i = 0; i < interface->interface_count; i++) {
        const struct type *transitive = interface->interfaces[i];
        if (implements(type, transitive))
            continue;
        struct error *error = checking_report(
            checking, transitive == type
                          ? str_printf(checking->arena,
                                       "Type " STR_FMT " cannot implement " STR_FMT
                                       " because it would create a circular reference.",
                                       STR_ARG(type->name), STR_ARG(interface->name))
                          : str_printf(checking->arena,
                                       "Type " STR_FMT " must implement " STR_FMT
                                       " because it is implemented by " STR_FMT ".",
                                       STR_ARG(type->name), STR_ARG(transitive->name),
                                       STR_ARG(interface->name)));
        at_implements(checking, error, interface, transitive);
        at_implements(checking, error, type, interface);
    }
}

static void report_implements(struct schema_checking *checking, const struct type *type,
                              const struct type *interface, struct str message)
{
    at_implements(checking, checking_report(checking, message), type, interface);
}

static bool is_repeated(const struct type *type, uint32_t i)
{
    for (uint32_t k = 0; k < i; k++) {
        if (type->interfaces[k] == type->interfaces[i])
            return true;
    }
    return false;
}

void checking_interfaces(struct schema_checking *checking, const struct type *type)
{
    struct arena *arena = checking->arena;
    for (uint32_t i = 0; i < type->interface_count; i++) {
        const struct type *interface = type->interfaces[i];
        if (interface->kind != TYPE_INTERFACE) {
            report_implements(
                checking, type, interface,
                str_printf(arena,
                           "Type " STR_FMT
                           " must only implement Interface types, it cannot implement " STR_FMT ".",
                           STR_ARG(type->name), STR_ARG(interface->name)));
            continue;
        }
        if (type == interface) {
            report_implements(
                checking, type, interface,
                str_printf(arena,
                           "Type " STR_FMT
                           " cannot implement itself because it would create a circular reference.",
                           STR_ARG(type->name)));
            continue;
        }
        if (is_repeated(type, i)) {
            report_implements(checking, type, interface,
                              str_printf(arena,
                                         "Type " STR_FMT " can only implement " STR_FMT " once.",
                                         STR_ARG(type->name), STR_ARG(interface->name)));
            continue;
        }
        check_ancestors(checking, type, interface);
        struct implementation implementation = {
            .checking = checking, .type = type, .interface = interface};
        for (uint32_t k = 0; k < interface->field_count; k++)
            check_field(&implementation, &interface->fields[k]);
    }
}

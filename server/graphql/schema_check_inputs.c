/* schema_check_inputs: arguments and input fields, their types and defaults (specification §3.6.1,
 * §3.10). */
#include "base/arena.h"
#include "graphql/input_check.h"
#include "graphql/schema_checking.h"

struct default_report {
    struct schema_checking *checking;
    const struct input_value *input;
    const struct document *document;
};

static void report_default(void *context, struct str message, uint32_t at,
                           const struct path_step *path)
{
    struct default_report *report = context;
    struct arena *arena = report->checking->arena;
    struct error *error =
        checking_report(report->checking,
                        str_printf(arena, STR_FMT " has invalid default value" STR_FMT ": " STR_FMT,
                                   STR_ARG(report->input->coordinate),
                                   STR_ARG(input_path_text(arena, path)), STR_ARG(message)));
    checking_at(report->checking, error, report->document, at);
}

static void check_default(struct schema_checking *checking, const struct input_value *input,
                          const struct document *document)
{
    if (input->default_value == NULL || !type_is_input(input->type->named))
        return;
    struct default_report report = {.checking = checking, .input = input, .document = document};
    const struct input_check check = {.arena = checking->arena,
                                      .rights = ~(uint64_t)0,
                                      .report = report_default,
                                      .context = &report};
    input_check_literal(&check, input->default_value, input->type);
}

static void check_input_value(struct schema_checking *checking, const struct input_value *input,
                              const struct document *document, const char *what, bool of_directive)
{
    struct arena *arena = checking->arena;
    checking_name(checking, input->name, document, input->ast->at);
    if (!type_is_input(input->type->named)) {
        struct error *error = checking_report(
            checking,
            str_printf(arena, "The type of " STR_FMT " must be Input Type but got: " STR_FMT ".",
                       STR_ARG(input->coordinate), STR_ARG(type_use_text(arena, input->type))));
        checking_at(checking, error, document,
                    of_directive ? input->ast->at : input->ast->type->at);
    }
    if (input_value_required(input) && input->deprecation_reason.at != NULL) {
        struct error *error = checking_report(
            checking, str_printf(arena, "Required %s " STR_FMT " cannot be deprecated.", what,
                                 STR_ARG(input->coordinate)));
        checking_at_deprecation(checking, error, document, &input->ast->directives);
        checking_at(checking, error, document, input->ast->type->at);
    }
    check_default(checking, input, document);
}

void checking_arguments(struct schema_checking *checking, const struct input_value *arguments,
                        uint32_t count, const struct document *document, bool of_directive)
{
    for (uint32_t i = 0; i < count; i++)
        check_input_value(checking, &arguments[i], document, "argument", of_directive);
}

/* Exactly one field is given, so none may be required or have a default (§3.10.1). */
static void check_one_of(struct schema_checking *checking, const struct input_value *input,
                         const struct document *document)
{
    struct arena *arena = checking->arena;
    if (input->type->kind == USE_NON_NULL) {
        struct error *error = checking_report(
            checking, str_printf(arena, "OneOf input field " STR_FMT " must be nullable.",
                                 STR_ARG(input->coordinate)));
        checking_at(checking, error, document, input->ast->type->at);
    }
    if (input->default_value != NULL) {
        struct error *error = checking_report(checking, str_printf(arena,
                                                                   "OneOf input field " STR_FMT
                                                                   " cannot have a default value.",
                                                                   STR_ARG(input->coordinate)));
        checking_at(checking, error, document, input->ast->at);
    }
}

void checking_input_object(struct schema_checking *checking, const struct type *type)
{
    for (uint32_t i = 0; i < type->input_count; i++) {
        const struct input_value *input = &type->inputs[i];
        const struct document *document = checking_document(type, input->ast);
        check_input_value(checking, input, document, "input field", false);
        if (type->one_of)
            check_one_of(checking, input, document);
    }
}

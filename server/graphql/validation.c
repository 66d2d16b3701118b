/* validation: reporting, and looking up what a document itself defines. */
#include "graphql/validation.h"

#include "base/arena.h"
#include "base/buf.h"
#include <stdarg.h>
#include <stdio.h>

enum { WORK_LIMIT = 500000, CHAIN_LIMIT = 250, FEW_NAMES = 12 };

static struct error *refuse(struct validation *v, const char *code, struct str message)
{
    if (v->aborted) {
        v->errors->unkept = (struct error){0};
        return &v->errors->unkept;
    }
    if (v->error_limit != 0 && v->errors->count + 1 >= v->error_limit) {
        v->aborted = true;
        errors_add(v->errors, code,
                   "Too many validation errors, error limit reached. Validation aborted.");
        v->errors->unkept = (struct error){0};
        return &v->errors->unkept;
    }
    return errors_add_text(v->errors, code, message);
}

struct error *validation_report_text(struct validation *v, struct str message)
{
    return refuse(v, "GRAPHQL_VALIDATION_FAILED", message);
}

struct error *validation_report(struct validation *v, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    struct str text = str_vprintf(v->errors->arena, format, arguments);
    va_end(arguments);
    return validation_report_text(v, text);
}

void validation_at(struct validation *v, struct error *error, uint32_t at)
{
    error_at(v->errors, error, v->document, at);
}

void validation_abort(struct validation *v, const char *message)
{
    if (v->aborted)
        return;
    refuse(v, "LIMIT", str_of(message));
    v->aborted = true;
}

void validation_work(struct validation *v, uint64_t amount)
{
    v->work += amount;
    if (v->work > WORK_LIMIT)
        validation_abort(
            v, "Validation aborted: too many fragments and variables for so many operations.");
}

bool validation_descend(struct validation *v)
{
    if (++v->chain > CHAIN_LIMIT)
        validation_abort(v, "Validation aborted: too many fragments spread within one another.");
    return !v->aborted;
}

void validation_ascend(struct validation *v)
{
    v->chain--;
}

struct fragment_info *validation_fragment(const struct validation *v, struct str name)
{
    return map_get(&v->fragments, name);
}

const struct ast_type_system *validation_directive(const struct validation *v, struct str name)
{
    const struct ast_type_system *defined = map_get(&v->directive_definitions, name);
    if (defined != NULL || v->schema == NULL)
        return defined;
    const struct directive *directive = schema_directive(v->schema, name);
    return directive == NULL || directive->hidden ? NULL : directive->ast;
}

static const struct name *item_name(const struct named_items *names, uint32_t i)
{
    return (const struct name *)((const char *)names->items + i * names->size + names->offset);
}

/* Reports the name at i at all its places from there on. */
static void report_name(struct validation *v, const struct named_items *names, uint32_t i,
                        const char *before, const char *after)
{
    const struct name *name = item_name(names, i);
    struct error *error =
        validation_report(v, "%s" STR_FMT "%s", before, STR_ARG(name->text), after);
    for (uint32_t k = i; k < names->count; k++) {
        if (str_equal(item_name(names, k)->text, name->text))
            validation_at(v, error, item_name(names, k)->at);
    }
}

static bool is_repeated_from(const struct named_items *names, uint32_t i, uint32_t start,
                             uint32_t end)
{
    for (uint32_t k = start; k < end; k++) {
        if (k != i && str_equal(item_name(names, k)->text, item_name(names, i)->text))
            return true;
    }
    return false;
}

static void report_many(struct validation *v, const struct named_items *names, const char *before,
                        const char *after)
{
    struct map counts;
    map_init(&counts, v->arena, names->count);
    for (uint32_t i = 0; i < names->count; i++) {
        struct str name = item_name(names, i)->text;
        map_put(&counts, name, (void *)((uintptr_t)map_get(&counts, name) + 1));
    }
    /* The map keeps the order in which names were first met, which is that of the reports. */
    for (uint32_t i = 0; i < names->count && counts.count < names->count; i++) {
        struct str name = item_name(names, i)->text;
        if ((uintptr_t)map_get(&counts, name) < 2)
            continue;
        report_name(v, names, i, before, after);
        map_put(&counts, name, NULL);
    }
}

void validation_unique_names(struct validation *v, struct named_items names, const char *before,
                             const char *after)
{
    if (names.count > FEW_NAMES) {
        report_many(v, &names, before, after);
        return;
    }
    for (uint32_t i = 0; i + 1 < names.count; i++) {
        if (is_repeated_from(&names, i, i + 1, names.count) && !is_repeated_from(&names, i, 0, i))
            report_name(v, &names, i, before, after);
    }
}

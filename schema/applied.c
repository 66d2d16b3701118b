/* applied: reading the directives that are applied to types and fields. */
#include "schema/loading.h"

#include "base/arena.h"
#include <ctype.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

void mistake(struct loading *loading, struct str coordinate, const char *format, ...)
{
    char text[512];
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(text, sizeof(text), format, arguments);
    va_end(arguments);
    buf_printf(&loading->mistakes, "%s" STR_FMT ": %s", loading->mistake_count == 0 ? "" : "\n",
               STR_ARG(coordinate), text);
    loading->mistake_count++;
}

struct str field_coordinate(struct loading *loading, const struct field *field)
{
    return str_printf(loading->arena, STR_FMT "." STR_FMT, STR_ARG(field->parent->name),
                      STR_ARG(field->name));
}

const struct ast_directive *type_directive(const struct type *type, const char *name)
{
    for (uint32_t i = 0; i < type->applied_count; i++) {
        const struct ast_directive *found = ast_directive(type->applied[i], name);
        if (found != NULL)
            return found;
    }
    return NULL;
}

const struct ast_directive *field_directive(const struct field *field, const char *name)
{
    return field->ast == NULL ? NULL : ast_directive(&field->ast->directives, name);
}

struct str directive_text(const struct ast_directive *directive, const char *name)
{
    const struct ast_argument *argument =
        directive == NULL ? NULL : ast_argument(&directive->arguments, name);
    return argument == NULL || argument->value.kind != AST_VALUE_STRING ? (struct str){0}
                                                                        : argument->value.text;
}

uint32_t directive_number(const struct ast_directive *directive, const char *name,
                          uint32_t otherwise)
{
    const struct ast_argument *argument = ast_argument(&directive->arguments, name);
    if (argument == NULL || argument->value.kind != AST_VALUE_INT)
        return otherwise;
    uint32_t number = 0;
    for (size_t i = 0; i < argument->value.text.len && number < 1000000; i++)
        number = number * 10 + (uint32_t)(argument->value.text.at[i] - '0');
    return number;
}

bool directive_flag(const struct ast_directive *directive, const char *name)
{
    const struct ast_argument *argument = ast_argument(&directive->arguments, name);
    return argument != NULL && argument->value.kind == AST_VALUE_BOOLEAN && argument->value.boolean;
}

struct str snake_case(struct arena *arena, struct str name)
{
    char *out = arena_text(arena, name.len * 2 + 1);
    size_t len = 0;
    for (size_t i = 0; i < name.len; i++) {
        unsigned char c = (unsigned char)name.at[i];
        if (isupper(c) && i > 0)
            out[len++] = '_';
        out[len++] = (char)tolower(c);
    }
    out[len] = '\0';
    return (struct str){.at = out, .len = len};
}

const struct table *table_of(const struct type *type)
{
    return type->kind == TYPE_OBJECT || type_is_abstract(type) ? type->binding : NULL;
}

const struct catalogue_table *catalogued_table(struct loading *loading, const struct table *table)
{
    const struct schema_sources *sources = loading->sources;
    if (table->database.len == 0)
        return catalogue_table(sources->catalogue, table->name);
    const struct catalogue *catalogue = map_get(&loading->catalogues, table->database);
    if (catalogue == NULL) {
        catalogue = sources->catalogue_of(sources->catalogue_context, table->database);
        if (catalogue == NULL)
            return NULL;
        map_put(&loading->catalogues, table->database, (void *)catalogue);
    }
    return catalogue_table(catalogue, table->name);
}

const struct catalogue_column *need_column(struct loading *loading, struct str coordinate,
                                           const struct table *table, struct str name)
{
    const struct catalogue_table *found = catalogued_table(loading, table);
    const struct catalogue_column *column = found == NULL ? NULL : catalogue_column(found, name);
    if (column == NULL)
        mistake(
            loading, coordinate,
            "table %.*s has no column %.*s; name the column with @column, or add it in a migration",
            STR_ARG(table->name), STR_ARG(name));
    return column;
}

bool need_unique_key(struct loading *loading, struct str coordinate, const struct table *table,
                     const char *why)
{
    const struct catalogue_table *catalogued = catalogued_table(loading, table);
    if (catalogued == NULL || catalogue_is_unique(catalogued, &table->primary_key, 1))
        return true;
    mistake(loading, coordinate, "column %.*s of %.*s is not unique, but %s; name another as key",
            STR_ARG(table->primary_key), STR_ARG(table->name), why);
    return false;
}

bool is_root(const struct schema *schema, const struct type *type)
{
    return type == schema->query || type == schema->mutation || type == schema->subscription;
}

bool is_ours(const struct type *type)
{
    return !type->built_in && type->ast != NULL;
}

static bool implements_node(const struct type *type)
{
    for (uint32_t i = 0; i < type->interface_count; i++) {
        if (str_is(type->interfaces[i]->name, "Node"))
            return true;
    }
    return false;
}

bool has_global_ids(const struct type *type)
{
    uint32_t count = 0;
    for (uint32_t i = 0; i < type->possible_count; i++)
        count += implements_node(type->possible[i]);
    return count > 0 && count == type->possible_count;
}

/* orders: how the rows of lists and connections are sorted, and that no two share a place. */
#include "schema/loading.h"

#include "base/arena.h"
#include <ctype.h>

/* The next word of "opened_at desc, id", a comma being a word; empty at the end. */
static struct str next_word(struct str *text)
{
    while (text->len > 0 && isspace((unsigned char)*text->at))
        *text = (struct str){.at = text->at + 1, .len = text->len - 1};
    size_t len = text->len > 0 && *text->at == ',' ? 1 : 0;
    while (len < text->len && *text->at != ',' && text->at[len] != ',' &&
           !isspace((unsigned char)text->at[len]))
        len++;
    struct str word = {.at = text->at, .len = len};
    *text = (struct str){.at = text->at + len, .len = text->len - len};
    return word;
}

bool order_term_bind(struct loading *loading, struct str coordinate,
                     const struct catalogue_column *column, struct order_term *out)
{
    *out = (struct order_term){
        .column = column->name,
        .operand = column->kind == CATALOGUE_DECIMAL ? OPERAND_DECIMAL : OPERAND_TEXT,
    };
    if (column->nullable)
        mistake(loading, coordinate,
                "column %.*s of the order may be NULL: pages need one that may not",
                STR_ARG(column->name));
    else if (column->kind == CATALOGUE_ENUM || column->kind == CATALOGUE_SET ||
             column->kind == CATALOGUE_DOUBLE)
        mistake(loading, coordinate,
                "column %.*s is %.*s, which is sorted in another way than it is compared: pages "
                "need a number, a text or a time",
                STR_ARG(column->name), STR_ARG(column->column_type));
    else
        return true;
    return false;
}

static void add_term(struct loading *loading, const struct field *field, struct binding *binding,
                     struct str column)
{
    const struct catalogue_column *found =
        need_column(loading, field_coordinate(loading, field), binding->target, column);
    struct order_term term = {.column = column};
    if (found != NULL && binding->kind == BIND_CONNECTION)
        order_term_bind(loading, field_coordinate(loading, field), found, &term);
    struct order_term *order =
        arena_array(loading->arena, struct order_term, binding->order_count + 1);
    if (binding->order_count > 0)
        memcpy(order, binding->order, binding->order_count * sizeof(*order));
    order[binding->order_count++] = term;
    binding->order = order;
}

/* Rows of one parent never share a place in the order. */
static void check_total(struct loading *loading, const struct field *field,
                        const struct binding *binding)
{
    const struct catalogue_table *catalogued = catalogued_table(loading, binding->target);
    struct str *columns = arena_array(loading->arena, struct str, binding->order_count + 1);
    uint32_t count = 0;
    for (uint32_t i = 0; i < binding->order_count; i++)
        columns[count++] = binding->order[i].column;
    if (binding->target_key.len > 0)
        columns[count++] = binding->target_key;
    if (!catalogue_is_unique(catalogued, columns, count))
        mistake(loading, field_coordinate(loading, field),
                "rows of %.*s may share a place in this order: name all columns of a unique key "
                "in key and order",
                STR_ARG(binding->target->name));
}

/* The order always ends in the key, so that it is total. */
void orders_bind(struct loading *loading, const struct field *field, struct binding *binding,
                 struct str text)
{
    bool by_key = false;
    for (struct str word = next_word(&text); word.len > 0; word = next_word(&text)) {
        if (str_is(word, ","))
            continue;
        if (str_is(word, "desc") && binding->order_count > 0) {
            binding->order[binding->order_count - 1].descending = true;
            continue;
        }
        add_term(loading, field, binding, word);
        by_key |= str_equal(word, binding->target->primary_key);
    }
    if (!by_key) {
        bool descending =
            binding->order_count > 0 && binding->order[binding->order_count - 1].descending;
        add_term(loading, field, binding, binding->target->primary_key);
        binding->order[binding->order_count - 1].descending = descending;
    }
    check_total(loading, field, binding);
    const struct str keys[] = {binding->target->primary_key, binding->target_key};
    binding->ends_in_key = catalogue_is_unique(catalogued_table(loading, binding->target), keys,
                                               binding->target_key.len > 0 ? 2 : 1);
}

/* order: how the rows of a page or list are sorted: as the list is by itself, or as the client
 * says.
 */
#include "plan/filter.h"
#include "run/run.h"

#include "base/arena.h"

static bool has_column(const struct order_term *terms, uint32_t count, struct str column)
{
    for (uint32_t i = 0; i < count; i++) {
        if (str_equal(terms[i].column, column))
            return true;
    }
    return false;
}

static void add_term(struct page *page, struct order_term *terms, struct order_term term)
{
    if (!has_column(terms, page->order_count, term.column))
        terms[page->order_count++] = term;
}

/* The term that an entry of orderBy names. */
static struct order_term chosen_term(const struct binding *binding, const struct input *entry)
{
    const struct type *values = binding->sort_argument->type->named->inputs[0].type->named;
    struct order_term term = {0};
    struct str field = input_member(entry, "field")->text;
    for (uint32_t i = 0; i < values->value_count; i++) {
        if (str_equal(values->values[i].name, field))
            term = binding->sort->terms[i];
    }
    term.descending = str_is(input_member(entry, "direction")->text, "DESCENDING");
    return term;
}

/* No two rows share a place: the key ends the order, in the direction of what is before it, so that
 * an index serves both; where the key is not unique the list's own order does. */
static void complete(const struct binding *binding, struct page *page, struct order_term *terms)
{
    const struct order_term key = {
        .column = binding->target->primary_key,
        .descending = terms[page->order_count - 1].descending,
    };
    if (binding->ends_in_key) {
        add_term(page, terms, key);
        return;
    }
    for (uint32_t i = 0; i < binding->order_count; i++)
        add_term(page, terms, binding->order[i]);
}

static void find_columns(struct run *run, const struct fetch *fetch, struct page *page)
{
    uint32_t *columns = arena_array(run->arena, uint32_t, page->order_count);
    for (uint32_t i = 0; i < page->order_count; i++) {
        for (uint32_t j = 0; j < fetch->width; j++) {
            if (fetch->columns[j].join == 0 &&
                str_equal(fetch->columns[j].name, page->order[i].column))
                columns[i] = j;
        }
    }
    page->order_columns = columns;
}

bool order_bind(struct run *run, const struct fetch *fetch, struct page *page, struct str *problem)
{
    const struct binding *binding = fetch->binding;
    page->order = binding->order;
    page->order_count = binding->order_count;
    page->order_columns = fetch->order_columns;
    if (binding->sort_argument == NULL)
        return true;
    const struct input *chosen =
        &run->arguments[fetch->arguments][binding->sort_argument - fetch->field->arguments];
    if (chosen->kind != INPUT_LIST || chosen->count == 0)
        return true;
    if (chosen->count > binding->sort->count) {
        *problem = STR("\"orderBy\" names a field twice.");
        return false;
    }
    struct order_term *terms =
        arena_array(run->arena, struct order_term, chosen->count + binding->order_count + 1);
    page->order = terms;
    page->order_count = 0;
    for (uint32_t i = 0; i < chosen->count; i++) {
        if (chosen->items[i].kind != INPUT_OBJECT)
            continue;
        struct order_term term = chosen_term(binding, &chosen->items[i]);
        if (has_column(terms, page->order_count, term.column)) {
            *problem = STR("\"orderBy\" names a field twice.");
            return false;
        }
        terms[page->order_count++] = term;
    }
    complete(binding, page, terms);
    if (fetch->order_columns != NULL)
        find_columns(run, fetch, page);
    return true;
}

bool order_equal(const struct page *a, const struct page *b)
{
    if (a->order_count != b->order_count)
        return false;
    for (uint32_t i = 0; i < a->order_count; i++) {
        if (a->order[i].descending != b->order[i].descending ||
            !str_equal(a->order[i].column, b->order[i].column))
            return false;
    }
    return true;
}

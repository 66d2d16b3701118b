/* search_definition: what somebody can look for customers by, and how it is compared. */
#include "resolvers/search_definition.h"

#include "base/arena.h"
#include "base/buf.h"
#include "base/viewer.h"
#include "resolvers/catalogue.h"

enum { OPERATORS_LIMIT = 2 };

/* EQUAL, LIKE or both with a comma between, the one to begin with first: a CHECK sees to it. */
enum status search_field_operators(struct compute *compute)
{
    for (uint32_t i = 0; i < compute->count; i++) {
        struct str rest = cell_str(compute_need(compute, i, 0));
        struct cell_list *list = arena_new(compute->arena, struct cell_list);
        list->items = arena_array(compute->arena, struct cell, OPERATORS_LIMIT);
        while (rest.len > 0 && list->count < OPERATORS_LIMIT) {
            const char *comma = memchr(rest.at, ',', rest.len);
            size_t len = comma == NULL ? rest.len : (size_t)(comma - rest.at);
            list->items[list->count++] = cell_text((struct str){.at = rest.at, .len = len});
            size_t taken = comma == NULL ? len : len + 1;
            rest = (struct str){.at = rest.at + taken, .len = rest.len - taken};
        }
        compute->out[i] = (struct cell){.kind = CELL_LIST, .object = list};
    }
    return STATUS_OK;
}

enum status search_field_sold(const struct field *field, const struct input *arguments,
                              struct arena *arena, struct predicate *out, struct str *problem)
{
    buf_add(out->sql, STR("(t.only_for IS NULL OR " CATALOGUE_HAS("t.only_for") ")"));
    return STATUS_OK;
}

enum status search_definition_active(const struct field *field, const struct input *arguments,
                                     struct arena *arena, struct predicate *out,
                                     struct str *problem)
{
    static const char *const audiences[] = {[VIEWER_OPERATOR] = "OPERATOR",
                                            [VIEWER_PARTNER] = "PARTNER",
                                            [VIEWER_CUSTOMER] = "CUSTOMER"};
    buf_add(out->sql, STR("t.name = (SELECT a.definition FROM search_activation AS a "
                          "WHERE a.audience = ?)"));
    out->parameters[out->parameter_count++] = cell_text(str_of(audiences[out->viewer->kind]));
    return STATUS_OK;
}

/* product: when what a customer holds ends next. */
#include "resolvers/product.h"

#include "base/arena.h"
#include "graphql/schema.h"
#include "resolvers/day.h"

enum { BINDING_UNTIL, TERMINATION_DATE };

struct expiry {
    int64_t date;
    int64_t days_left;
    bool terminates;
};

static bool is_ahead(const struct cell *date, int64_t on)
{
    return date->kind == CELL_DATE && date->integer >= on;
}

/* A product that ends before its minimum term does ends; the minimum term of one that goes on only
 * sets it free. */
enum status product_next_expiry(struct resolve *resolve)
{
    const struct source_request *request = resolve->request;
    int64_t on = day_of(&request->arguments[0], request->moment);
    for (uint32_t i = 0; i < request->parent_count; i++) {
        const struct cell *needs = request->parents[i].object;
        const struct cell *bound = &needs[BINDING_UNTIL], *end = &needs[TERMINATION_DATE];
        bool terminates =
            is_ahead(end, on) && (!is_ahead(bound, on) || end->integer <= bound->integer);
        const struct cell *next = terminates ? end : bound;
        if (!is_ahead(next, on))
            continue;
        struct expiry *expiry = arena_new(request->arena, struct expiry);
        *expiry = (struct expiry){
            .date = next->integer, .days_left = next->integer - on, .terminates = terminates};
        resolve_add(resolve, i, expiry);
    }
    return STATUS_OK;
}

void product_expiry_leaf(const struct resolve *resolve, const void *object,
                         const struct field *field, struct cell *out)
{
    const struct expiry *expiry = object;
    if (str_is(field->name, "date"))
        *out = (struct cell){.kind = CELL_DATE, .integer = expiry->date};
    else if (str_is(field->name, "daysLeft"))
        *out = cell_int(expiry->days_left);
    else if (str_is(field->name, "terminates"))
        *out = cell_int(expiry->terminates);
}

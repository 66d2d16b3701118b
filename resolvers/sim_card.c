/* sim_card: what is told of the codes of a SIM card: that they are there.
 *
 * The codes themselves are in a table that no type has, so that no document can lead to them; every
 * card has both (db/invariants.c).
 */
#include "resolvers/sim_card.h"

#include "graphql/schema.h"

/* A PUK has eight digits (3GPP TS 51.011). */
static const char masked[] = "••••••••";

enum status sim_card_code(struct resolve *resolve)
{
    for (uint32_t i = 0; i < resolve->request->parent_count; i++)
        resolve_add(resolve, i, masked);
    return STATUS_OK;
}

void sim_card_code_leaf(const struct resolve *resolve, const void *object,
                        const struct field *field, struct cell *out)
{
    if (str_is(field->name, "state"))
        *out = cell_text(STR("LOCKED"));
    else if (str_is(field->name, "masked"))
        *out = cell_text(str_of(object));
}

/* version: what a change begins from. */
#include "resolvers/version.h"

#include "graphql/coerce.h"

enum status version_batch(struct compute *compute)
{
    for (uint32_t i = 0; i < compute->count; i++)
        compute->out[i] = *compute_need(compute, i, 0);
    return STATUS_OK;
}

void version_check(struct act *act, const struct cell *now)
{
    const struct input *expected = act_field(act, "expectedVersion");
    if (expected == NULL || expected->kind == INPUT_NULL || expected->integer == now->integer)
        return;
    act_error(act, "CONFLICT", "expectedVersion",
              "Somebody else changed it meanwhile: it has version %lld now. Look at it again.",
              (long long)now->integer);
}

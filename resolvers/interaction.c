/* interaction: which of the times that somebody was in touch with customers are the viewer's. */
#include "resolvers/interaction.h"

#include "base/buf.h"
#include "base/viewer.h"

enum status interaction_of_viewer(const struct field *field, const struct input *arguments,
                                  struct arena *arena, struct predicate *out, struct str *problem)
{
    buf_add(out->sql, STR("t.user_account_id = ?"));
    out->parameters[out->parameter_count++] = cell_int(out->viewer->user_id);
    return STATUS_OK;
}

enum status interaction_own(struct compute *compute)
{
    for (uint32_t i = 0; i < compute->count; i++) {
        const struct cell *user = compute_need(compute, i, 0);
        compute->out[i] =
            cell_int(user->kind != CELL_NULL && user->integer == compute->viewer->user_id);
    }
    return STATUS_OK;
}

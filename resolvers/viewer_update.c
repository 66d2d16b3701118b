/* viewer_update: how the viewer's own screens look. */
#include "resolvers/viewer_update.h"

#include "base/viewer.h"
#include "graphql/coerce.h"
#include "resolvers/language.h"

static enum status perform(struct act *act)
{
    struct str language = act_field(act, "language")->text;
    const struct cell parameters[] = {cell_text(language), cell_int(act->viewer->user_id)};
    if (!language_valid(language)) {
        act_error(act, "INVALID", "language", LANGUAGE_WORDS);
        return STATUS_OK;
    }
    return act_run(act, "UPDATE user_account SET language = ? WHERE id = ?", parameters, 2, NULL);
}

const struct action viewer_update = {.type = "Viewer", .perform = perform};

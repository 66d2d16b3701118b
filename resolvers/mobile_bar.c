/* mobile_bar: services of a mobile line are barred, and given back. */
#include "resolvers/mobile_bar.h"

#include "graphql/coerce.h"
#include "resolvers/mobile_line.h"
#include "resolvers/words.h"

enum { REASON_CHARACTERS = 200 };

/* Does it for each of the kinds that are given. */
static enum status for_each_kind(struct act *act, const struct mobile_line *line, const char *sql,
                                 struct cell reason)
{
    const struct input *kinds = act_field(act, "kinds");
    bool with_reason = reason.kind != CELL_NULL;
    for (uint32_t i = 0; i < kinds->count; i++) {
        const struct cell parameters[] = {cell_int(line->customer_id), cell_int(line->id),
                                          cell_text(kinds->items[i].text), reason};
        TRY(act_run(act, sql, parameters, with_reason ? 4 : 3, NULL));
    }
    return STATUS_OK;
}

static enum status lock(struct act *act, struct mobile_line *line)
{
    TRY(mobile_line_lock(act, line));
    if (act_field(act, "kinds")->count == 0)
        act_error(act, "REQUIRED", "kinds", "Name at least one service.");
    return STATUS_OK;
}

static enum status bar(struct act *act)
{
    struct mobile_line line;
    struct str reason = words_of(act, "reason", REASON_CHARACTERS, false);
    TRY(lock(act, &line));
    if (act->errors != NULL)
        return STATUS_OK;
    return for_each_kind(act, &line,
                         "INSERT INTO line_bar (customer_id, product_id, kind, reason, barred_at)\n"
                         "VALUES (?, ?, ?, ?, NOW(6))\n"
                         "ON DUPLICATE KEY UPDATE kind = line_bar.kind",
                         cell_text(reason));
}

/* The line's row is locked by all that bar it. */
static const struct undo undo = {.rows = {{"line_bar", "customer_id", "product_id"}}};

const struct action mobile_bar = {.type = "Product", .perform = bar, .undo = &undo};

static enum status unbar(struct act *act)
{
    struct mobile_line line;
    TRY(lock(act, &line));
    if (act->errors != NULL)
        return STATUS_OK;
    return for_each_kind(
        act, &line, "DELETE FROM line_bar WHERE customer_id = ? AND product_id = ? AND kind = ?",
        (struct cell){.kind = CELL_NULL});
}

const struct action mobile_unbar = {.type = "Product", .perform = unbar, .undo = &undo};

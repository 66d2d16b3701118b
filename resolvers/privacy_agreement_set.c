/* privacy_agreement_set: what a customer agrees to, or does not, as they said it now. */
#include "resolvers/privacy_agreement_set.h"

#include "base/viewer.h"
#include "graphql/coerce.h"

static const char *source_of(const struct viewer *viewer)
{
    return viewer->kind == VIEWER_CUSTOMER  ? "SELF_CARE"
           : viewer->kind == VIEWER_PARTNER ? "SHOP"
                                            : "AGENT";
}

static enum status set(struct act *act)
{
    struct rows rows;
    TRY(act_lock(act, "Customer", "customerId", "", &rows));
    if (rows.count == 0)
        return STATUS_OK;
    act->customer = rows.cells[0].integer;
    bool agrees = act_field(act, "agrees")->boolean;
    const struct cell parameters[] = {rows.cells[0], cell_text(act_field(act, "purpose")->text),
                                      cell_text(act_field(act, "channel")->text),
                                      cell_text(agrees ? STR("VALIDATED") : STR("REJECTED")),
                                      cell_text(str_of(source_of(act->viewer)))};
    TRY(act_run(act,
                "INSERT INTO privacy_agreement\n"
                "    (customer_id, purpose, channel, state, source, stated_at)\n"
                "VALUES (?, ?, ?, ?, ?, UTC_TIMESTAMP(6))\n"
                "ON DUPLICATE KEY UPDATE state = VALUES(state), source = VALUES(source),\n"
                "    stated_at = VALUES(stated_at), version = version + 1",
                parameters, 5, NULL));
    struct rows made = {0};
    TRY(act_run(act,
                "SELECT id FROM privacy_agreement\n"
                "WHERE customer_id = ? AND purpose = ? AND channel = ?",
                parameters, 3, &made));
    act->object = made.cells[0].integer;
    return STATUS_OK;
}

/* All who write one hold the customer. What was said for a while stays in its history. */
static const struct undo undo = {.rows = {{"privacy_agreement", "customer_id", "id"}}};

const struct action privacy_agreement_set = {
    .type = "PrivacyAgreement", .perform = set, .undo = &undo};

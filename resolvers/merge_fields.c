/* merge_fields: where the headers of two customers differ, the survivor's value is kept, unless the
 * duplicate's is chosen or there is none. */
#include "resolvers/merge.h"

#include "base/arena.h"
#include "graphql/coerce.h"

static const char *const names[MERGE_FIELDS] = {
    [MERGE_NAME] = "NAME",
    [MERGE_BIRTH_DATE] = "BIRTH_DATE",
    [MERGE_LANGUAGE] = "LANGUAGE",
    [MERGE_SEGMENT] = "SEGMENT",
    [MERGE_CUSTOMER_SINCE] = "CUSTOMER_SINCE",
    [MERGE_CREDIT_CLASS] = "CREDIT_CLASS",
    [MERGE_PREFERRED_CONTACT] = "PREFERRED_CONTACT",
    [MERGE_CONTACT_ADDRESS] = "CONTACT_ADDRESS",
    [MERGE_PARENT] = "PARENT",
};

/* ---- compared ---- */

/* In the order of enum merge_field. Being a part of the other one is not a difference. */
static const char values_sql[] =
    "SELECT t.display_name, CAST(t.birth_date AS CHAR), t.language, t.segment,\n"
    "    CAST(t.customer_since AS CHAR),\n"
    "    (SELECT class FROM credit_profile WHERE customer_id = t.id),\n"
    "    (SELECT value FROM contact_medium\n"
    "     WHERE customer_id = t.id AND preferred AND valid_until IS NULL ORDER BY id LIMIT 1),\n"
    "    (SELECT CONCAT(street, ', ', postcode, ' ', city, ', ', country)\n"
    "     FROM geographic_address WHERE customer_id = t.id AND role = 'CONTACT'\n"
    "     ORDER BY id LIMIT 1),\n"
    "    (SELECT display_name FROM customer WHERE id = t.parent_id AND id <> ?)\n"
    "FROM customer AS t WHERE t.id = ?";

static enum status read_values(struct merge *merge, int which)
{
    struct act *act = merge->act;
    const struct cell parameters[] = {merge->pair[1 - which], merge->pair[which]};
    struct rows rows;
    TRY(act_run(act, values_sql, parameters, 2, &rows));
    for (int i = 0; i < MERGE_FIELDS; i++)
        merge->values[i][which] = rows.cells[i];
    return STATUS_OK;
}

static bool is_chosen(const struct act *act, enum merge_field field)
{
    const struct input *take = act_field(act, "take");
    for (uint32_t i = 0; i < take->count; i++) {
        if (str_is(take->items[i].text, names[field]))
            return true;
    }
    return false;
}

enum status merge_fields_compare(struct merge *merge)
{
    for (int which = 0; which < 2; which++)
        TRY(read_values(merge, which));
    for (enum merge_field i = 0; i < MERGE_FIELDS; i++) {
        const struct cell *values = merge->values[i];
        if (values[1].kind == CELL_NULL || str_equal(cell_str(&values[0]), cell_str(&values[1])))
            continue;
        merge->taken[i] = values[0].kind == CELL_NULL || is_chosen(merge->act, i);
        struct merge_difference *difference = arena_new(merge->act->arena, struct merge_difference);
        *difference = (struct merge_difference){.field = names[i],
                                                .survivor = values[0],
                                                .duplicate = values[1],
                                                .taken = merge->taken[i]};
        *merge->result->last_difference = difference;
        merge->result->last_difference = &difference->next;
    }
    return STATUS_OK;
}

/* ---- what there is once, each in rows of its own ---- */

/* Both have it, and whose is not kept. */
static bool find_loser(const struct merge *merge, enum merge_field field, struct cell *loser)
{
    const struct cell *values = merge->values[field];
    *loser = merge->pair[merge->taken[field] ? 0 : 1];
    return values[0].kind != CELL_NULL && values[1].kind != CELL_NULL;
}

static enum status keep_one_preferred(struct merge *merge)
{
    struct cell loser;
    if (!find_loser(merge, MERGE_PREFERRED_CONTACT, &loser))
        return STATUS_OK;
    return act_run(merge->act,
                   "UPDATE contact_medium SET preferred = FALSE, version = version + 1\n"
                   "WHERE customer_id = ? AND preferred",
                   &loser, 1, NULL);
}

/* An address that something is installed at, or a bill goes to, stays for that. */
static enum status keep_one_address(struct merge *merge)
{
    struct cell loser;
    if (!find_loser(merge, MERGE_CONTACT_ADDRESS, &loser))
        return STATUS_OK;
    TRY(act_run(merge->act,
                "UPDATE geographic_address AS a SET a.role = 'SERVICE', a.version = a.version + 1\n"
                "WHERE a.customer_id = ? AND a.role = 'CONTACT' AND EXISTS (SELECT 1 FROM product\n"
                "    WHERE customer_id = a.customer_id AND place_id = a.id)",
                &loser, 1, NULL));
    TRY(act_run(merge->act,
                "UPDATE geographic_address AS a SET a.role = 'BILLING', a.version = a.version + 1\n"
                "WHERE a.customer_id = ? AND a.role = 'CONTACT' AND (\n"
                "    EXISTS (SELECT 1 FROM billing_account\n"
                "        WHERE customer_id = a.customer_id AND billing_address_id = a.id)\n"
                "    OR EXISTS (SELECT 1 FROM product\n"
                "        WHERE customer_id = a.customer_id AND billing_address_id = a.id))",
                &loser, 1, NULL));
    return act_run(merge->act,
                   "DELETE FROM geographic_address WHERE customer_id = ? AND role = 'CONTACT'",
                   &loser, 1, NULL);
}

static enum status keep_one_class(struct merge *merge)
{
    struct cell loser;
    if (!find_loser(merge, MERGE_CREDIT_CLASS, &loser))
        return STATUS_OK;
    return act_run(merge->act, "DELETE FROM credit_profile WHERE customer_id = ?", &loser, 1, NULL);
}

enum status merge_fields_choose(struct merge *merge)
{
    TRY(keep_one_preferred(merge));
    TRY(keep_one_address(merge));
    return keep_one_class(merge);
}

/* ---- the two rows ---- */

static enum status write_survivor(struct merge *merge)
{
    const struct cell name = cell_int(merge->taken[MERGE_NAME]),
                      parent = cell_int(merge->taken[MERGE_PARENT]);
    const struct cell parameters[] = {
        name,
        name,
        name,
        name,
        name,
        cell_int(merge->taken[MERGE_BIRTH_DATE]),
        cell_int(merge->taken[MERGE_LANGUAGE]),
        cell_int(merge->taken[MERGE_SEGMENT]),
        cell_int(merge->taken[MERGE_CUSTOMER_SINCE]),
        parent,
        parent,
        merge->pair[0],
        merge->pair[1],
    };
    return act_run(merge->act,
                   "UPDATE customer AS s JOIN customer AS d SET\n"
                   "    s.given_name = IF(?, d.given_name, s.given_name),\n"
                   "    s.family_name = IF(?, d.family_name, s.family_name),\n"
                   "    s.organization_name = IF(?, d.organization_name, s.organization_name),\n"
                   "    s.display_name = IF(?, d.display_name, s.display_name),\n"
                   "    s.sort_name = IF(?, d.sort_name, s.sort_name),\n"
                   "    s.birth_date = IF(?, d.birth_date, s.birth_date),\n"
                   "    s.language = IF(?, d.language, s.language),\n"
                   "    s.segment = IF(?, d.segment, s.segment),\n"
                   "    s.customer_since = IF(?, d.customer_since, s.customer_since),\n"
                   "    s.parent_id = IF(?, d.parent_id, s.parent_id),\n"
                   "    s.unit_kind = IF(?, d.unit_kind, s.unit_kind),\n"
                   "    s.open_order_count = s.open_order_count + d.open_order_count,\n"
                   "    s.open_ticket_count = s.open_ticket_count + d.open_ticket_count,\n"
                   "    s.active_product_count = s.active_product_count + d.active_product_count,\n"
                   "    s.mobile_count = s.mobile_count + d.mobile_count,\n"
                   "    s.voice_count = s.voice_count + d.voice_count,\n"
                   "    s.broadband_count = s.broadband_count + d.broadband_count,\n"
                   "    s.fibre_count = s.fibre_count + d.fibre_count,\n"
                   "    s.tv_count = s.tv_count + d.tv_count,\n"
                   "    s.content_count = s.content_count + d.content_count,\n"
                   "    s.version = s.version + 1\n"
                   "WHERE s.id = ? AND d.id = ?",
                   parameters, sizeof(parameters) / sizeof(*parameters), NULL);
}

/* By whatever is valid the longest of what somebody looked at. */
static enum status write_identity(struct merge *merge)
{
    const struct cell parameters[] = {merge->pair[0], merge->pair[0]};
    return act_run(merge->act,
                   "UPDATE customer AS s JOIN (\n"
                   "    SELECT COUNT(*) > 0 AS verified,\n"
                   "        IF(SUM(valid_until IS NULL) > 0, NULL, MAX(valid_until)) AS last_day\n"
                   "    FROM identification WHERE customer_id = ? AND verified_at IS NOT NULL\n"
                   ") AS proof\n"
                   "SET s.identity_verified = proof.verified,\n"
                   "    s.identity_valid_until = proof.last_day\n"
                   "WHERE s.id = ?",
                   parameters, 2, NULL);
}

enum status merge_fields_write(struct merge *merge)
{
    TRY(write_survivor(merge));
    TRY(write_identity(merge));
    return act_run(merge->act,
                   "UPDATE customer SET merged_into_id = ?, status = 'CLOSED', parent_id = NULL,\n"
                   "    unit_kind = NULL, identity_verified = FALSE, identity_valid_until = NULL,\n"
                   "    open_order_count = 0, open_ticket_count = 0, active_product_count = 0,\n"
                   "    mobile_count = 0, voice_count = 0, broadband_count = 0, fibre_count = 0,\n"
                   "    tv_count = 0, content_count = 0, version = version + 1\n"
                   "WHERE id = ?",
                   merge->pair, 2, NULL);
}

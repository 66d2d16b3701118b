/* extras_rows: generated discount groups and characteristics on their way into their tables. */
#include "base/arena.h"
#include "cells.h"
#include "db/batch.h"
#include "extras.h"
#include "mariadb/calendar.h"
#include "mariadb/database.h"

enum { MEMBERSHIP, VALUE, TABLES };

static const int YEAR_OF_GROUPS = 2000; /* before anybody was a customer */

static const struct {
    const char *code, *label, *percent;
} groups[EXTRAS_GROUPS] = {
    [EXTRAS_EMPLOYEE - 1] = {"EMPLOYEE", "Employees and their families", "30.00"},
    [EXTRAS_STUDENT - 1] = {"STUDENT", "Pupils, apprentices and students", "15.00"},
    [EXTRAS_SENIOR - 1] = {"SENIOR", "Sixty-five and older", "10.00"},
    [EXTRAS_DISABILITY - 1] = {"DISABILITY", "Severe disability", "20.00"},
    [EXTRAS_ASSOCIATION - 1] = {"ASSOCIATION", "Members of partner associations", "7.50"},
    [EXTRAS_SEVERAL_SITES - 1] = {"SEVERAL_SITES", "Several sites", "12.50"},
    [EXTRAS_TEN_YEARS - 1] = {"TEN_YEARS", "Ten years and more", "5.00"},
};

/* clang-format off */
static const struct {
    const char *code, *type, *labels, *pattern;
    bool searchable;
} specifications[EXTRAS_SPECIFICATIONS] = {
    [EXTRAS_LOYALTY_CARD - 1]      = {"loyaltyCard", "TEXT", "{\"en\": \"Loyalty card\", \"de\": \"Kundenkarte\"}",
                                      "LC[0-9]{8}", true},
    [EXTRAS_PREFERRED_SHOP - 1]    = {"preferredShop", "TEXT",
                                      "{\"en\": \"Preferred shop\", \"de\": \"Bevorzugter Laden\"}", NULL, false},
    [EXTRAS_PAPERLESS_SINCE - 1]   = {"paperlessSince", "DATE",
                                      "{\"en\": \"Paperless since\", \"de\": \"Ohne Papier seit\"}", NULL, false},
    [EXTRAS_ACCESSIBLE_FORMAT - 1] = {"accessibleFormat", "TEXT",
                                      "{\"en\": \"Accessible format\", \"de\": \"Barrierefreies Format\"}",
                                      "Large print|Braille|Audio", false},
    [EXTRAS_EMPLOYEES - 1]         = {"employees", "INTEGER", "{\"en\": \"Employees\", \"de\": \"Beschäftigte\"}",
                                      "[0-9]{1,6}", false},
    [EXTRAS_COST_CENTRE - 1]       = {"costCentre", "TEXT", "{\"en\": \"Cost centre\", \"de\": \"Kostenstelle\"}",
                                      "[0-9]{4,8}", true},
    [EXTRAS_TAX_EXEMPT - 1]        = {"taxExempt", "BOOLEAN",
                                      "{\"en\": \"Exempt from VAT\", \"de\": \"Umsatzsteuerbefreit\"}", NULL, false},
    [EXTRAS_AGREED_SPEND - 1]      = {"agreedSpend", "DECIMAL",
                                      "{\"en\": \"Agreed monthly spend\", \"de\": \"Vereinbarter Monatsumsatz\"}",
                                      NULL, false},
};
/* clang-format on */

/* ---- what all customers have in common ---- */

static enum status store_groups(struct database *database, struct arena *arena)
{
    static const struct batch_table table = {.name = "discount_group",
                                             .columns = "id, code, label, percent, valid_from"};
    struct batch batch;
    batch_init(&batch, &table, arena);
    for (int i = 0; i < EXTRAS_GROUPS; i++) {
        const struct cell cells[] = {
            cell_int(i + 1),
            word(groups[i].code),
            word(groups[i].label),
            word(groups[i].percent),
            date_or_null(calendar_days(YEAR_OF_GROUPS, 1, 1)),
        };
        memcpy(batch_row(&batch), cells, sizeof(cells));
    }
    return batch_send(&batch, database, NULL);
}

enum status extras_store(struct database *database, struct arena *arena)
{
    static const struct batch_table table = {
        .name = "characteristic_specification",
        .columns = "id, code, value_type, labels, pattern, position, searchable"};
    struct batch batch;
    TRY(store_groups(database, arena));
    batch_init(&batch, &table, arena);
    for (int i = 0; i < EXTRAS_SPECIFICATIONS; i++) {
        const struct cell cells[] = {
            cell_int(i + 1),
            word(specifications[i].code),
            word(specifications[i].type),
            word(specifications[i].labels),
            word(specifications[i].pattern),
            cell_int(i + 1),
            cell_int(specifications[i].searchable),
        };
        memcpy(batch_row(&batch), cells, sizeof(cells));
    }
    return batch_send(&batch, database, NULL);
}

enum status extras_are_there(struct database *database, struct arena *arena, bool *there)
{
    struct rows rows;
    TRY(database_run(database, arena, STR("SELECT 1 FROM discount_group WHERE id = 1"), NULL, 0,
                     &rows));
    *there = rows.count > 0;
    return STATUS_OK;
}

/* ---- what one has ---- */

struct extras_rows {
    struct batch batches[TABLES];
};

struct extras_rows *extras_rows_create(struct arena *arena)
{
    static const struct batch_table tables[TABLES] = {
        [MEMBERSHIP] = {.name = "customer_discount_group",
                        .columns = "id, customer_id, discount_group_id, valid_from, valid_until"},
        [VALUE] = {.name = "customer_characteristic",
                   .columns = "id, customer_id, specification_id, value_type, position, value"},
    };
    struct extras_rows *rows = arena_new(arena, struct extras_rows);
    for (int i = 0; i < TABLES; i++)
        batch_init(&rows->batches[i], &tables[i], arena);
    return rows;
}

void extras_rows_add(struct extras_rows *rows, const struct demo_customer *customer)
{
    for (int i = 0; i < customer->extras->membership_count; i++) {
        const struct extras_membership *membership = &customer->extras->memberships[i];
        const struct cell cells[] = {
            id_of(customer, i),
            cell_int(customer->ordinal),
            cell_int(membership->group),
            date_or_null(membership->valid_from),
            date_or_null(membership->valid_until),
        };
        memcpy(batch_row(&rows->batches[MEMBERSHIP]), cells, sizeof(cells));
    }
    for (int i = 0; i < customer->extras->value_count; i++) {
        const struct extras_value *value = &customer->extras->values[i];
        const struct cell cells[] = {
            id_of(customer, i),
            cell_int(customer->ordinal),
            cell_int(value->specification),
            word(specifications[value->specification - 1].type),
            cell_int(value->specification),
            cell_text(value->value),
        };
        memcpy(batch_row(&rows->batches[VALUE]), cells, sizeof(cells));
    }
}

enum status extras_rows_send(struct extras_rows *rows, struct database *database)
{
    for (int i = 0; i < TABLES; i++)
        TRY(batch_send(&rows->batches[i], database, NULL));
    return STATUS_OK;
}

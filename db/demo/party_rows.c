/* party_rows: what a generated party is in our tables. */
#include "party_rows.h"

#include "base/arena.h"
#include "cells.h"
#include "db/batch.h"
#include "party.h"

enum { IDENTIFICATION, PERSON, AGREEMENT, TABLES };

/* clang-format off */
static const struct batch_table tables[TABLES] = {
    [IDENTIFICATION] = {.name = "identification",
                        .columns = "id, customer_id, kind, number_end, issued_by, country, valid_from, valid_until,"
                                   " verified_at"},
    [PERSON]         = {.name = "contact",
                        .columns = "id, customer_id, role, given_name, family_name, display_name, phone, email,"
                                   " valid_from, valid_until"},
    [AGREEMENT]      = {.name = "privacy_agreement",
                        .columns = "id, customer_id, purpose, channel, state, source, stated_at"},
};
/* clang-format on */

struct party_rows {
    struct arena *arena;
    struct batch batches[TABLES];
};

struct party_rows *party_rows_create(struct arena *arena)
{
    struct party_rows *rows = arena_new(arena, struct party_rows);
    rows->arena = arena;
    for (int i = 0; i < TABLES; i++)
        batch_init(&rows->batches[i], &tables[i], arena);
    return rows;
}

static void add_identification(struct party_rows *rows, const struct demo_customer *customer, int i)
{
    const struct party_identification *one = &customer->party->identifications[i];
    const struct cell cells[] = {
        id_of(customer, i),
        cell_int(customer->ordinal),
        word(one->kind),
        cell_text(one->number_end),
        cell_text(one->issued_by),
        word(one->country),
        date_or_null(one->valid_from),
        date_or_null(one->valid_until),
        moment_or_null(one->verified_at),
    };
    memcpy(batch_row(&rows->batches[IDENTIFICATION]), cells, sizeof(cells));
}

static void add_person(struct party_rows *rows, const struct demo_customer *customer, int i)
{
    const struct party_person *person = &customer->party->persons[i];
    struct str name = str_printf(rows->arena, STR_FMT " " STR_FMT, STR_ARG(person->given_name),
                                 STR_ARG(person->family_name));
    const struct cell cells[] = {
        id_of(customer, i),
        cell_int(customer->ordinal),
        word(person->role),
        cell_text(person->given_name),
        cell_text(person->family_name),
        cell_text(name),
        cell_text(person->phone),
        cell_text(person->email),
        date_or_null(person->valid_from),
        date_or_null(person->valid_until),
    };
    memcpy(batch_row(&rows->batches[PERSON]), cells, sizeof(cells));
}

static void add_agreement(struct party_rows *rows, const struct demo_customer *customer, int i)
{
    const struct party_agreement *agreement = &customer->party->agreements[i];
    const struct cell cells[] = {
        id_of(customer, i),
        cell_int(customer->ordinal),
        word(agreement->purpose),
        word(agreement->channel),
        word(agreement->state),
        word(agreement->source),
        moment_or_null(agreement->stated_at),
    };
    memcpy(batch_row(&rows->batches[AGREEMENT]), cells, sizeof(cells));
}

void party_rows_add(struct party_rows *rows, const struct demo_customer *customer)
{
    for (int i = 0; i < customer->party->identification_count; i++)
        add_identification(rows, customer, i);
    for (int i = 0; i < customer->party->person_count; i++)
        add_person(rows, customer, i);
    for (int i = 0; i < customer->party->agreement_count; i++)
        add_agreement(rows, customer, i);
}

enum status party_rows_send(struct party_rows *rows, struct database *database)
{
    for (int i = 0; i < TABLES; i++)
        TRY(batch_send(&rows->batches[i], database, NULL));
    return STATUS_OK;
}

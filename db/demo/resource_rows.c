/* resource_rows: what SIM cards, devices, mailboxes and tokens are in our tables.
 *
 * Codes and fingerprints are made with keys of the installation: the same customers have other
 * bytes there.
 */
#include "resource_rows.h"

#include "base/arena.h"
#include "cells.h"
#include "db/access_token.h"
#include "db/batch.h"
#include "db/search_terms.h"
#include "db/sim_secret.h"
#include "resources.h"
#include "vault/vault.h"

enum { SIM, SECRET, DEVICE, LOGIN, TOKEN, TABLES, ENDING = 4 };

/* clang-format off */
static const struct batch_table tables[TABLES] = {
    [SIM]    = {.name = "sim_card",
                .columns = "id, customer_id, product_id, msisdn, iccid, imsi, form, status, in_use, activated_on, ended_on"},
    [SECRET] = {.name = "sim_secret", .columns = "customer_id, sim_card_id, kind, key_id, nonce, ciphertext, tag"},
    [DEVICE] = {.name = "device",
                .columns = "id, customer_id, product_id, kind, manufacturer, model, serial_number, owner,"
                           " delivered_on, returned_on, warranty_until"},
    [LOGIN]  = {.name = "email_login",
                .columns = "id, customer_id, product_id, address, status, quota_bytes, created_on, changed_at"},
    [TOKEN]  = {.name = "access_token",
                .columns = "id, customer_id, product_id, kind, fingerprint, ending, status, issued_on"},
};
/* clang-format on */

struct resource_rows {
    struct arena *arena;
    const struct vault *vault;
    struct batch batches[TABLES];
    enum status status; /* of sealing; the first that failed */
};

struct resource_rows *resource_rows_create(struct arena *arena, const struct vault *vault)
{
    struct resource_rows *rows = arena_new(arena, struct resource_rows);
    rows->arena = arena;
    rows->vault = vault;
    for (int i = 0; i < TABLES; i++)
        batch_init(&rows->batches[i], &tables[i], arena);
    return rows;
}

static void add_row(struct resource_rows *rows, int table, const struct cell *cells, uint32_t width)
{
    assert(rows->batches[table].width == width);
    memcpy(batch_row(&rows->batches[table]), cells, width * sizeof(*cells));
}

#define ADD_ROW(rows, table, cells) \
    add_row((rows), (table), (cells), sizeof(cells) / sizeof((cells)[0]))

static struct cell day_or_null(int64_t day)
{
    return day == 0 ? null_cell : (struct cell){.kind = CELL_DATE, .integer = day};
}

/* ---- SIM cards ---- */

static void add_secret(struct resource_rows *rows, struct cell customer, struct cell card,
                       const char *kind, uint32_t puk)
{
    struct sealed sealed;
    struct str text = str_printf(rows->arena, "%0*u", RESOURCES_PUK_DIGITS, puk);
    struct str place = sim_secret_place(rows->arena, kind, customer.integer, card.integer);
    enum status status = vault_seal(&sealed, rows->arena, rows->vault, text, place);
    if (status != STATUS_OK) {
        rows->status = status;
        return;
    }
    const struct cell cells[] = {
        customer,
        card,
        word(kind),
        cell_text(sealed.key),
        cell_text(sealed.nonce),
        cell_text(sealed.ciphertext),
        cell_text(sealed.tag),
    };
    ADD_ROW(rows, SECRET, cells);
}

static void add_sim(struct resource_rows *rows, const struct demo_customer *customer, int position)
{
    const struct demo_sim *sim = &customer->resources->sims[position];
    struct cell owner = cell_int(customer->ordinal), id = id_of(customer, position);
    const struct cell cells[] = {
        id,
        owner,
        id_of(customer, sim->product),
        cell_text(customer->products[sim->product].service_identifier),
        cell_text(resources_iccid(customer, position)),
        cell_text(resources_imsi(customer, position)),
        word(sim->embedded ? "EMBEDDED" : "PLASTIC"),
        word(sim->status),
        cell_int(sim->ended_on == 0),
        day_or_null(sim->activated_on),
        day_or_null(sim->ended_on),
    };
    ADD_ROW(rows, SIM, cells);
    add_secret(rows, owner, id, "PUK1", sim->puk1);
    add_secret(rows, owner, id, "PUK2", sim->puk2);
}

/* ---- the others ---- */

static void add_device(struct resource_rows *rows, const struct demo_customer *customer,
                       int position)
{
    const struct demo_device *device = &customer->resources->devices[position];
    const struct cell cells[] = {
        id_of(customer, position),
        cell_int(customer->ordinal),
        id_of(customer, device->product),
        word(device->model->kind),
        word(device->model->manufacturer),
        word(device->model->name),
        cell_text(resources_serial(customer, position)),
        word(device->lent ? "OPERATOR" : "CUSTOMER"),
        day_or_null(device->delivered_on),
        day_or_null(device->returned_on),
        day_or_null(device->warranty_until),
    };
    ADD_ROW(rows, DEVICE, cells);
}

static void add_login(struct resource_rows *rows, const struct demo_customer *customer,
                      int position)
{
    const struct demo_login *login = &customer->resources->logins[position];
    const struct cell cells[] = {
        id_of(customer, position),
        cell_int(customer->ordinal),
        id_of(customer, login->product),
        cell_text(login->address),
        word(login->status),
        cell_int(login->quota_bytes),
        day_or_null(login->created_on),
        moment_or_null(login->changed_at),
    };
    ADD_ROW(rows, LOGIN, cells);
}

static struct cell ending_of(const struct demo_token *token)
{
    if (strcmp(token->kind, "LOGIN") == 0)
        return null_cell;
    return cell_text(
        (struct str){.at = token->value.at + token->value.len - ENDING, .len = ENDING});
}

static void add_token(struct resource_rows *rows, const struct demo_customer *customer,
                      int position)
{
    const struct demo_token *token = &customer->resources->tokens[position];
    const struct cell cells[] = {
        id_of(customer, position),
        cell_int(customer->ordinal),
        id_of(customer, token->product),
        word(token->kind),
        cell_text(access_token_fingerprint(rows->arena, rows->vault, token->value)),
        ending_of(token),
        word(token->status),
        day_or_null(token->issued_on),
    };
    ADD_ROW(rows, TOKEN, cells);
}

void resource_rows_add(struct resource_rows *rows, const struct demo_customer *customer)
{
    const struct demo_resources *resources = customer->resources;
    for (int i = 0; i < resources->sim_count; i++)
        add_sim(rows, customer, i);
    for (int i = 0; i < resources->device_count; i++)
        add_device(rows, customer, i);
    for (int i = 0; i < resources->login_count; i++)
        add_login(rows, customer, i);
    for (int i = 0; i < resources->token_count; i++)
        add_token(rows, customer, i);
}

void resource_rows_terms(const struct demo_customer *customer, struct search_terms *terms)
{
    const struct demo_resources *resources = customer->resources;
    for (int i = 0; i < resources->sim_count; i++) {
        search_terms_add_whole(terms, resources_iccid(customer, i), "SIM");
        search_terms_add_whole(terms, resources_imsi(customer, i), "SIM");
    }
    for (int i = 0; i < resources->device_count; i++)
        search_terms_add_whole(terms, resources_serial(customer, i), "DEVICE");
    for (int i = 0; i < resources->login_count; i++)
        search_terms_add_whole(terms, resources->logins[i].address, "EMAIL");
}

enum status resource_rows_send(struct resource_rows *rows, struct database *database)
{
    TRY(rows->status);
    for (int i = 0; i < TABLES; i++)
        TRY(batch_send(&rows->batches[i], database, NULL));
    return STATUS_OK;
}

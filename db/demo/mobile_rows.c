/* mobile_rows: what was done to generated mobile lines, and their stock, on the way into the
 * tables. */
#include "mobile_rows.h"

#include "base/arena.h"
#include "cells.h"
#include "db/batch.h"
#include "db/sim_secret.h"
#include "mobile.h"
#include "resources.h"
#include "vault/vault.h"

enum { BAR, PORT, NUMBER, SPARE, SECRET, TABLES };

/* clang-format off */
static const struct batch_table tables[TABLES] = {
    [BAR]    = {.name = "line_bar", .columns = "id, customer_id, product_id, kind, barred_at, reason"},
    [PORT]   = {.name = "number_port",
                .columns = "id, customer_id, product_id, direction, number, other_operator, status, is_open,"
                           " wanted_on, requested_at, confirmed_at, changed_at, reason"},
    [NUMBER] = {.name = "free_number", .columns = "id, number, free_from"},
    [SPARE]  = {.name = "spare_sim", .columns = "id, iccid, imsi, form"},
    [SECRET] = {.name = "spare_sim_secret", .columns = "spare_sim_id, kind, key_id, nonce, ciphertext, tag"},
};
/* clang-format on */

struct mobile_rows {
    struct arena *arena;
    const struct vault *vault;
    struct batch batches[TABLES];
    enum status status; /* of sealing; the first that failed */
};

struct mobile_rows *mobile_rows_create(struct arena *arena, const struct vault *vault)
{
    struct mobile_rows *rows = arena_new(arena, struct mobile_rows);
    *rows = (struct mobile_rows){.arena = arena, .vault = vault};
    for (int i = 0; i < TABLES; i++)
        batch_init(&rows->batches[i], &tables[i], arena);
    return rows;
}

static struct cell *row_of(struct mobile_rows *rows, int table, uint32_t width)
{
    assert(rows->batches[table].width == width);
    return batch_row(&rows->batches[table]);
}

#define MOBILE_ROW(rows, table, cells) \
    memcpy(row_of((rows), (table), sizeof(cells) / sizeof((cells)[0])), (cells), sizeof(cells))

static void add_bar(struct mobile_rows *rows, const struct demo_customer *customer, int position)
{
    const struct demo_bar *bar = &customer->mobile->bars[position];
    const struct cell cells[] = {
        id_of(customer, position), cell_int(customer->ordinal),    id_of(customer, bar->product),
        word(bar->kind),           moment_or_null(bar->barred_at), word(bar->reason),
    };
    MOBILE_ROW(rows, BAR, cells);
}

/* Half way to the day of what has moved; 0: nobody agreed. */
static int64_t confirmed_at(const struct demo_port *port)
{
    bool done = strcmp(port->status, "DONE") == 0;
    if (strcmp(port->status, "CONFIRMED") == 0)
        return port->changed_at;
    return done ? port->requested_at + (port->changed_at - port->requested_at) / 2 : 0;
}

static void add_port(struct mobile_rows *rows, const struct demo_customer *customer, int position)
{
    const struct demo_port *port = &customer->mobile->ports[position];
    bool open = strcmp(port->status, "REQUESTED") == 0 || strcmp(port->status, "CONFIRMED") == 0;
    const struct cell cells[] = {
        id_of(customer, position),
        cell_int(customer->ordinal),
        id_of(customer, port->product),
        word(port->direction),
        cell_text(port->number),
        word(port->other_operator),
        word(port->status),
        cell_int(open),
        date_or_null(port->wanted_on),
        moment_or_null(port->requested_at),
        moment_or_null(confirmed_at(port)),
        moment_or_null(port->changed_at),
        word(port->reason),
    };
    MOBILE_ROW(rows, PORT, cells);
}

static void add_secret(struct mobile_rows *rows, int64_t card, const char *kind, uint32_t puk)
{
    struct sealed sealed;
    struct str code = str_printf(rows->arena, "%0*u", RESOURCES_PUK_DIGITS, puk);
    enum status status = vault_seal(&sealed, rows->arena, rows->vault, code,
                                    sim_secret_spare_place(rows->arena, kind, card));
    if (status != STATUS_OK) {
        rows->status = status;
        return;
    }
    const struct cell cells[] = {cell_int(card),
                                 word(kind),
                                 cell_text(sealed.key),
                                 cell_text(sealed.nonce),
                                 cell_text(sealed.ciphertext),
                                 cell_text(sealed.tag)};
    MOBILE_ROW(rows, SECRET, cells);
}

/* The number of the card is the next one that none of the customer's own has. */
static void add_spare(struct mobile_rows *rows, const struct demo_customer *customer)
{
    const struct demo_mobile *mobile = customer->mobile;
    int next = customer->resources->sim_count;
    const struct cell id = id_of(customer, 0);
    const struct cell cells[] = {
        id,
        cell_text(resources_iccid(customer, next)),
        cell_text(resources_imsi(customer, next)),
        word(mobile->spare_embedded ? "EMBEDDED" : "PLASTIC"),
    };
    MOBILE_ROW(rows, SPARE, cells);
    add_secret(rows, id.integer, "PUK1", mobile->spare_puk1);
    add_secret(rows, id.integer, "PUK2", mobile->spare_puk2);
}

void mobile_rows_add(struct mobile_rows *rows, const struct demo_customer *customer)
{
    const struct demo_mobile *mobile = customer->mobile;
    for (int i = 0; i < mobile->bar_count; i++)
        add_bar(rows, customer, i);
    for (int i = 0; i < mobile->port_count; i++)
        add_port(rows, customer, i);
    if (mobile->free_number.at != NULL) {
        const struct cell cells[] = {id_of(customer, 0), cell_text(mobile->free_number),
                                     date_or_null(mobile->free_from)};
        MOBILE_ROW(rows, NUMBER, cells);
    }
    if (mobile->spare)
        add_spare(rows, customer);
}

enum status mobile_rows_send(struct mobile_rows *rows, struct database *database)
{
    TRY(rows->status);
    for (int i = 0; i < TABLES; i++)
        TRY(batch_send(&rows->batches[i], database, NULL));
    return STATUS_OK;
}

/* sim_stock: spare SIM cards, and how one becomes a customer's. */
#include "db/sim_stock.h"

#include "base/arena.h"
#include "db/customer_terms.h"
#include "db/sim_secret.h"
#include "mariadb/database.h"
#include "vault/vault.h"

enum { CANDIDATES = 32 };

#define COLUMNS "SELECT id, iccid, imsi, form FROM spare_sim "

/* ---- from the stock ---- */

static void read_card(struct sim_stock_card *card, const struct rows *rows)
{
    *card = (struct sim_stock_card){0};
    if (rows->count == 0)
        return;
    const struct cell *cells = rows->cells;
    *card = (struct sim_stock_card){
        .id = cells[0].integer, .iccid = cells[1], .imsi = cells[2], .form = cells[3]};
}

enum status sim_stock_find(struct database *database, struct arena *arena, struct str iccid,
                           struct sim_stock_card *card)
{
    const struct cell number = cell_text(iccid);
    struct rows rows;
    TRY(database_run(database, arena, STR(COLUMNS "WHERE iccid = ? FOR UPDATE"), &number, 1,
                     &rows));
    read_card(card, &rows);
    return STATUS_OK;
}

/* Candidates are looked for without locks, which would be on cards beside them, too. */
enum status sim_stock_any(struct database *database, struct arena *arena,
                          struct sim_stock_card *card)
{
    const struct cell count = cell_int(CANDIDATES);
    struct rows candidates, rows;
    *card = (struct sim_stock_card){0};
    TRY(database_run(database, arena, STR("SELECT id FROM spare_sim ORDER BY id LIMIT ?"), &count,
                     1, &candidates));
    for (uint32_t i = 0; i < candidates.count && card->id == 0; i++) {
        TRY(database_run(database, arena, STR(COLUMNS "WHERE id = ? FOR UPDATE SKIP LOCKED"),
                         &candidates.cells[i], 1, &rows));
        read_card(card, &rows);
    }
    return STATUS_OK;
}

/* ---- to the customer ---- */

struct handing {
    struct database *database;
    struct arena *arena;
    const struct vault *vault;
    const struct sim_stock_card *card;
    const struct sim_stock_owner *owner;
    int64_t sim_card;
};

static enum status run(const struct handing *handing, const char *sql,
                       const struct cell *parameters, uint32_t count, struct rows *rows)
{
    return database_run(handing->database, handing->arena, str_of(sql), parameters, count, rows);
}

static enum status add_card(struct handing *handing)
{
    const struct sim_stock_owner *owner = handing->owner;
    const struct sim_stock_card *card = handing->card;
    const struct cell parameters[] = {cell_int(owner->customer_id),
                                      cell_int(owner->product_id),
                                      owner->msisdn,
                                      card->iccid,
                                      card->imsi,
                                      card->form,
                                      owner->status};
    TRY(run(handing,
            "INSERT INTO sim_card\n"
            "    (customer_id, product_id, msisdn, iccid, imsi, form, status, in_use,\n"
            "     activated_on)\n"
            "VALUES (?, ?, ?, ?, ?, ?, ?, TRUE, CURRENT_DATE)",
            parameters, 7, NULL));
    handing->sim_card = (int64_t)database_insert_id(handing->database);
    return STATUS_OK;
}

static enum status seal_anew(const struct handing *handing, const struct cell *secret)
{
    struct arena *arena = handing->arena;
    const int64_t customer_id = handing->owner->customer_id;
    struct str kind = str_copy(arena, cell_str(&secret[0])), code;
    const struct sealed in_stock = {.key = cell_str(&secret[1]),
                                    .nonce = cell_str(&secret[2]),
                                    .ciphertext = cell_str(&secret[3]),
                                    .tag = cell_str(&secret[4])};
    struct str from = sim_secret_spare_place(arena, kind.at, handing->card->id);
    struct str to = sim_secret_place(arena, kind.at, customer_id, handing->sim_card);
    struct sealed sealed;
    TRY(vault_unseal(&code, arena, handing->vault, &in_stock, from));
    TRY(vault_seal(&sealed, arena, handing->vault, code, to));
    const struct cell parameters[] = {
        cell_int(customer_id), cell_int(handing->sim_card), secret[0],
        cell_text(sealed.key), cell_text(sealed.nonce),     cell_text(sealed.ciphertext),
        cell_text(sealed.tag),
    };
    return run(handing,
               "INSERT INTO sim_secret\n"
               "    (customer_id, sim_card_id, kind, key_id, nonce, ciphertext, tag)\n"
               "VALUES (?, ?, ?, ?, ?, ?, ?)",
               parameters, 7, NULL);
}

static enum status hand_over_codes(const struct handing *handing)
{
    const struct cell id = cell_int(handing->card->id);
    struct rows secrets;
    TRY(run(handing,
            "SELECT kind, key_id, nonce, ciphertext, tag FROM spare_sim_secret\n"
            "WHERE spare_sim_id = ?",
            &id, 1, &secrets));
    for (uint32_t i = 0; i < secrets.count; i++)
        TRY(seal_anew(handing, secrets.cells + (size_t)i * secrets.width));
    return STATUS_OK;
}

static enum status remove_spare(const struct handing *handing)
{
    const struct cell id = cell_int(handing->card->id);
    TRY(run(handing, "DELETE FROM spare_sim_secret WHERE spare_sim_id = ?", &id, 1, NULL));
    return run(handing, "DELETE FROM spare_sim WHERE id = ?", &id, 1, NULL);
}

static enum status note_terms(const struct handing *handing)
{
    const struct sim_stock_owner *owner = handing->owner;
    TRY(customer_terms_add(handing->database, handing->arena, owner->customer_id, owner->partner_id,
                           cell_str(&handing->card->iccid), "SIM"));
    return customer_terms_add(handing->database, handing->arena, owner->customer_id,
                              owner->partner_id, cell_str(&handing->card->imsi), "SIM");
}

enum status sim_stock_hand_over(struct database *database, struct arena *arena,
                                const struct vault *vault, const struct sim_stock_card *card,
                                const struct sim_stock_owner *owner, int64_t *sim_card)
{
    struct handing handing = {
        .database = database, .arena = arena, .vault = vault, .card = card, .owner = owner};
    TRY(add_card(&handing));
    TRY(hand_over_codes(&handing));
    TRY(remove_spare(&handing));
    *sim_card = handing.sim_card;
    return note_terms(&handing);
}

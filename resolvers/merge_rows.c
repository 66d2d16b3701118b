/* merge_rows: everything of one customer becomes another one's, table by table. */
#include "resolvers/merge.h"

#include "base/arena.h"
#include "base/buf.h"
#include "db/customer_owned.h"
#include "db/customer_terms.h"
#include "db/message_secret.h"
#include "db/policy.h"
#include "db/search_pages.h"
#include "db/sim_secret.h"
#include "mariadb/database.h"
#include "resolvers/secret_keys.h"
#include "vault/vault.h"

/* ---- how much ---- */

static void note_moved(struct merge *merge, const char *kind, int64_t count)
{
    struct merge_moved *moved = arena_new(merge->act->arena, struct merge_moved);
    *moved = (struct merge_moved){.kind = kind, .count = count};
    *merge->result->last_moved = moved;
    merge->result->last_moved = &moved->next;
}

static enum status count_owned(struct merge *merge, const struct customer_owned *owned,
                               int64_t *count)
{
    struct rows rows;
    struct buf sql;
    buf_init(&sql, merge->act->arena, 128);
    if (owned->way == OWNED_USAGE)
        buf_add(&sql, STR("SELECT CAST(COALESCE(SUM(event_count), 0) AS SIGNED)\n"
                          "FROM usage_period WHERE customer_id = ?"));
    else
        buf_printf(&sql, "SELECT COUNT(*) FROM %s WHERE %s = ?", owned->table, owned->column);
    TRY(database_run(merge->act->database, merge->act->arena, buf_str(&sql), &merge->pair[1], 1,
                     &rows));
    *count = rows.cells[0].integer;
    return STATUS_OK;
}

enum status merge_rows_count(struct merge *merge)
{
    int64_t all = 0, most;
    TRY(policy_read(merge->act->database, merge->act->arena, "merge_rows_most", &most));
    for (size_t i = 0; customer_owned[i].table != NULL; i++) {
        int64_t count;
        if (customer_owned[i].way == OWNED_STAYS)
            continue;
        TRY(count_owned(merge, &customer_owned[i], &count));
        all += count;
        if (customer_owned[i].kind != NULL && count > 0)
            note_moved(merge, customer_owned[i].kind, count);
    }
    if (all > most)
        act_error(merge->act, "NOT_ALLOWED", "duplicateId",
                  "This customer has %lld rows, more than the %lld that are moved at once; merge "
                  "the other way round, or ask an administrator.",
                  (long long)all, (long long)most);
    return STATUS_OK;
}

/* ---- what is sealed for the customer it belongs to ---- */

enum { KEY, NONCE, CIPHERTEXT, TAG, SECRET_ID, SECRET_NAME };

static struct str place_of(struct merge *merge, bool of_card, const struct cell *secret, int which)
{
    struct arena *arena = merge->act->arena;
    struct str name = str_copy(arena, cell_str(&secret[SECRET_NAME]));
    int64_t customer = merge->pair[which].integer, id = secret[SECRET_ID].integer;
    return of_card ? sim_secret_place(arena, name.at, customer, id)
                   : message_secret_place(arena, name, customer, id);
}

static enum status seal_anew(struct merge *merge, bool of_card, const struct cell *secret)
{
    struct act *act = merge->act;
    const struct sealed before = {.key = cell_str(&secret[KEY]),
                                  .nonce = cell_str(&secret[NONCE]),
                                  .ciphertext = cell_str(&secret[CIPHERTEXT]),
                                  .tag = cell_str(&secret[TAG])};
    struct str text;
    struct sealed sealed;
    TRY(vault_unseal(&text, act->arena, secret_keys_vault(), &before,
                     place_of(merge, of_card, secret, 1)));
    TRY(vault_seal(&sealed, act->arena, secret_keys_vault(), text,
                   place_of(merge, of_card, secret, 0)));
    const struct cell parameters[] = {
        cell_text(sealed.key), cell_text(sealed.nonce), cell_text(sealed.ciphertext),
        cell_text(sealed.tag), merge->pair[1],          secret[SECRET_ID],
        secret[SECRET_NAME],
    };
    return act_run(act,
                   of_card
                       ? "UPDATE sim_secret SET key_id = ?, nonce = ?, ciphertext = ?, tag = ?\n"
                         "WHERE customer_id = ? AND sim_card_id = ? AND kind = ?"
                       : "UPDATE message_secret\n"
                         "SET key_id = ?, nonce = ?, ciphertext = ?, tag = ?\n"
                         "WHERE customer_id = ? AND message_id = ? AND name = ?",
                   parameters, sizeof(parameters) / sizeof(*parameters), NULL);
}

static enum status seal_all_anew(struct merge *merge)
{
    static const char *const of[] = {
        "SELECT key_id, nonce, ciphertext, tag, message_id, name FROM message_secret\n"
        "WHERE customer_id = ?",
        "SELECT key_id, nonce, ciphertext, tag, sim_card_id, kind FROM sim_secret\n"
        "WHERE customer_id = ?",
    };
    for (int of_card = 0; of_card < 2; of_card++) {
        struct rows rows;
        TRY(act_run(merge->act, of[of_card], &merge->pair[1], 1, &rows));
        for (uint32_t i = 0; i < rows.count; i++)
            TRY(seal_anew(merge, of_card, rows.cells + (size_t)i * rows.width));
    }
    return STATUS_OK;
}

/* ---- moved ---- */

/* Also of a table in which none were counted: who had a line or a card of the duplicate before may
 * have written there since, and is waited for, or met as a conflict. Rows that lead to each other
 * move one table after the other, so until the last has moved some lead to nothing: the database
 * looks again from the next statement on. */
static enum status move_owned(struct merge *merge, const struct customer_owned *owned)
{
    struct buf sql;
    buf_init(&sql, merge->act->arena, 128);
    buf_printf(&sql, "SET STATEMENT foreign_key_checks = 0 FOR UPDATE %s SET %s = ? WHERE %s = ?",
               owned->table, owned->column, owned->column);
    return database_run(merge->act->database, merge->act->arena, buf_str(&sql), merge->pair, 2,
                        NULL);
}

enum status merge_rows_move(struct merge *merge)
{
    TRY(seal_all_anew(merge));
    /* Who signed in to self-care before is somebody else's customer now, and signs in again. */
    TRY(act_run(merge->act,
                "UPDATE user_account\n"
                "SET rights_version = rights_version + 1, version = version + 1\n"
                "WHERE customer_id = ?",
                &merge->pair[1], 1, NULL));
    for (size_t i = 0; customer_owned[i].table != NULL; i++) {
        if (customer_owned[i].way == OWNED_MOVES)
            TRY(move_owned(merge, &customer_owned[i]));
    }
    return STATUS_OK;
}

/* ---- found ---- */

enum status merge_rows_terms(struct merge *merge)
{
    struct act *act = merge->act;
    int64_t survivor = merge->pair[0].integer, duplicate = merge->pair[1].integer;
    const struct cell parameters[] = {
        merge->pair[0], cell_int(search_page(survivor, merge->partner)), merge->pair[1]};
    TRY(act_run(act,
                "INSERT INTO customer_search_term (term, customer_id, kind, page)\n"
                "SELECT t.term, ?, t.kind, ? FROM customer_search_term AS t\n"
                "WHERE t.customer_id = ? AND t.kind <> 'NAME'\n"
                "ON DUPLICATE KEY UPDATE page = VALUES(page)",
                parameters, 3, NULL));
    TRY(act_run(act, "DELETE FROM customer_search_term WHERE customer_id = ?", &merge->pair[1], 1,
                NULL));
    TRY(search_pages_write(act->database, act->arena, duplicate, duplicate));
    if (merge->taken[MERGE_NAME])
        TRY(customer_terms_rename(act->database, act->arena, survivor, merge->partner,
                                  cell_str(&merge->values[MERGE_NAME][1])));
    return customer_terms_contact(act->database, act->arena, survivor, merge->partner);
}

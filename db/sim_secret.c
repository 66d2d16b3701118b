/* sim_secret: the codes of SIM cards as they lie in the database: each sealed for its own card. */
#include "sim_secret.h"

#include "base/arena.h"
#include "mariadb/database.h"
#include "vault/vault.h"
#include <inttypes.h>

struct str sim_secret_place(struct arena *arena, const char *kind, int64_t customer_id,
                            int64_t sim_card_id)
{
    return str_printf(arena, "sim_secret|%s|%" PRId64 "|%" PRId64, kind, customer_id, sim_card_id);
}

struct str sim_secret_spare_place(struct arena *arena, const char *kind, int64_t spare_sim_id)
{
    return str_printf(arena, "spare_sim_secret|%s|%" PRId64, kind, spare_sim_id);
}

enum status sim_secret_any(struct database *database, struct arena *arena, bool *any)
{
    struct rows rows;
    TRY(database_run(database, arena, STR("SELECT 1 FROM sim_secret LIMIT 1"), NULL, 0, &rows));
    *any = rows.count > 0;
    return STATUS_OK;
}

enum status sim_secret_try(struct database *database, struct arena *arena,
                           const struct vault *vault, struct str *problem)
{
    static const char both_ends[] =
        "(SELECT customer_id, sim_card_id, kind, key_id, nonce, ciphertext, tag\n"
        " FROM sim_secret ORDER BY customer_id, sim_card_id, kind LIMIT 1)\n"
        "UNION ALL\n"
        "(SELECT customer_id, sim_card_id, kind, key_id, nonce, ciphertext, tag\n"
        " FROM sim_secret ORDER BY customer_id DESC, sim_card_id DESC, kind DESC LIMIT 1)";
    struct rows rows;
    TRY(database_run(database, arena, str_of(both_ends), NULL, 0, &rows));
    for (uint32_t i = 0; i < rows.count; i++) {
        const struct cell *cells = rows.cells + (size_t)i * rows.width;
        const struct sealed sealed = {.key = cell_str(&cells[3]),
                                      .nonce = cell_str(&cells[4]),
                                      .ciphertext = cell_str(&cells[5]),
                                      .tag = cell_str(&cells[6])};
        struct str kind = str_copy(arena, cell_str(&cells[2])), text;
        struct str place = sim_secret_place(arena, kind.at, cells[0].integer, cells[1].integer);
        enum status status = vault_unseal(&text, arena, vault, &sealed, place);
        if (status == STATUS_OK)
            continue;
        *problem =
            str_printf(arena, "%s of SIM card %" PRId64 " %s " STR_FMT, kind.at, cells[1].integer,
                       status == STATUS_NOT_FOUND ? "needs the key" : "does not open with",
                       STR_ARG(sealed.key));
        return status;
    }
    return STATUS_OK;
}

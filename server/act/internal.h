/* internal: what the files of this folder share. */
#pragma once

#include "act/act.h"
#include "mariadb/database.h"

enum {
    ATTEMPTS = 5, /* when others are quicker */
    STATEMENT_MS = 5000,
};

struct actor {
    struct database *database;
    struct engine_loop *engine;
    bool open; /* within a transaction that settle() ends */
    bool dry_run;
    uint32_t attempts; /* of the mutation that is under way */
};

/* act->object and act->customer as they are stored. */
static inline struct cell act_key(int64_t key)
{
    return key == 0 ? (struct cell){.kind = CELL_NULL} : cell_int(key);
}

/* ---- claim.c: a key is good for one thing, once ---- */

enum claim { CLAIM_NEW, CLAIM_REPLAYED, CLAIM_REUSED };

/* In the transaction; `digest` is of the input. REPLAYED and REUSED end the transaction;
 * act->object and act->customer are those of the first time. */
enum status claim_take(struct act *act, struct str digest, enum claim *claim);

/* Notes what came of it. */
enum status claim_finish(struct act *act);

/* ---- record.c ---- */

/* Who did what to whom. */
enum status record_write(struct act *act, struct str mutation, struct str input);

/* ---- scope.c ---- */

/* Whether the viewer may see the row it is about, as it is now. */
enum status scope_check(struct act *act, bool *visible);

/* ---- input_text.c ---- */

/* The input as JSON, members in the order of the schema, absent ones left out. */
struct str input_text(struct arena *arena, const struct input *input);

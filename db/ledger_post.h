/* ledger_post: one more amount on a billing account: an entry, and the balance with it. */
#pragma once

#include "base/status.h"
#include "base/str.h"
#include <stdint.h>

struct arena;
struct database;

struct ledger_posting {
    int64_t customer, account;
    const char *kind;     /* of ledger_entry */
    int64_t amount_minor; /* positive: the customer owes more; in the account's currency */
    struct str reference; /* what it is about */
    const char *method;   /* how money came or went; NULL: none did */
};

/* In a transaction, which keeps the account locked until it ends. STATUS_NOT_FOUND: there is no
 * such account. */
enum status ledger_post(struct database *database, struct arena *arena,
                        const struct ledger_posting *posting);

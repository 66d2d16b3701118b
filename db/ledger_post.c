/* ledger_post: entries are numbered without gaps, under the lock of their account. */
#include "ledger_post.h"

#include "mariadb/database.h"

/* What the account has now: its balance, its currency, and how many entries. */
static enum status lock_account(struct database *database, struct arena *arena,
                                const struct ledger_posting *posting, struct rows *account,
                                struct rows *last)
{
    const struct cell keys[] = {cell_int(posting->customer), cell_int(posting->account)};
    TRY(database_run(database, arena,
                     STR("SELECT balance_minor, currency FROM billing_account\n"
                         "WHERE customer_id = ? AND id = ? FOR UPDATE"),
                     keys, 2, account));
    if (account->count == 0)
        return STATUS_NOT_FOUND;
    return database_run(database, arena,
                        STR("SELECT seq FROM ledger_entry\n"
                            "WHERE customer_id = ? AND billing_account_id = ?\n"
                            "ORDER BY seq DESC LIMIT 1 FOR UPDATE"),
                        keys, 2, last);
}

enum status ledger_post(struct database *database, struct arena *arena,
                        const struct ledger_posting *posting)
{
    struct rows account, last;
    TRY(lock_account(database, arena, posting, &account, &last));
    int64_t balance = account.cells[0].integer + posting->amount_minor;
    const struct cell entry[] = {cell_int(posting->customer),
                                 cell_int(posting->account),
                                 cell_int(last.count == 0 ? 1 : last.cells[0].integer + 1),
                                 cell_text(str_of(posting->kind)),
                                 cell_int(posting->amount_minor),
                                 cell_int(balance),
                                 account.cells[1],
                                 cell_text(posting->reference),
                                 posting->method == NULL ? (struct cell){.kind = CELL_NULL}
                                                         : cell_text(str_of(posting->method))};
    TRY(database_run(database, arena,
                     STR("INSERT INTO ledger_entry\n"
                         "    (customer_id, billing_account_id, seq, kind, amount_minor,\n"
                         "     balance_after_minor, currency, effective_at, reference, method)\n"
                         "VALUES (?, ?, ?, ?, ?, ?, ?, NOW(6), ?, ?)"),
                     entry, sizeof(entry) / sizeof(*entry), NULL));
    const struct cell change[] = {cell_int(balance), cell_int(posting->customer),
                                  cell_int(posting->account)};
    return database_run(database, arena,
                        STR("UPDATE billing_account SET balance_minor = ?, version = version + 1\n"
                            "WHERE customer_id = ? AND id = ?"),
                        change, 3, NULL);
}

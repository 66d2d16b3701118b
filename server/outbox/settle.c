/* settle: what came of an attempt is written down, once, by who made it. */
#include "outbox/internal.h"

#include "mariadb/database.h"
#include <sodium.h>

static const int64_t SECOND = 1000000;

enum { PAUSE_MOST_S = 6 * 3600 };

int64_t settle_pause(uint32_t pause_s, uint32_t attempts)
{
    int64_t pause = pause_s;
    for (uint32_t i = 1; i < attempts && pause < PAUSE_MOST_S; i++)
        pause *= 2;
    pause = (pause < PAUSE_MOST_S ? pause : PAUSE_MOST_S) * SECOND;
    return pause - pause / 4 +
           (int64_t)randombytes_uniform((uint32_t)(pause / 2 / 1000) + 1) * 1000;
}

/* Where it stands then, for the outbox and for the message. */
struct standing {
    const char *delivery;
    const char *message;
};

static struct standing standing_of(const struct parcel *parcel, const struct outcome *outcome,
                                   const struct outbox_policy *policy)
{
    switch (outcome->result) {
    case RESULT_SENT:
        return (struct standing){"SENT", "COMPLETED"};
    case RESULT_LATER:
        if (parcel->attempt < policy->attempts)
            return (struct standing){"FAILED", "IN_PROGRESS"};
        break;
    case RESULT_UNKNOWN:
        return (struct standing){"PARKED", "IN_PROGRESS"};
    case RESULT_NEVER:
        break;
    }
    return (struct standing){"PARKED", "FAILED"};
}

static enum status write_standing(const struct parcel *parcel, const struct outcome *outcome,
                                  const struct outbox_policy *policy)
{
    struct standing standing = standing_of(parcel, outcome, policy);
    bool sent = outcome->result == RESULT_SENT, again = standing.delivery[0] == 'F';
    const struct cell null_cell = {.kind = CELL_NULL};
    const struct cell parameters[] = {
        cell_text(str_of(standing.delivery)),
        again ? cell_int(settle_pause(policy->pause_s, parcel->attempt)) : null_cell,
        outcome->problem == NULL ? null_cell : cell_text(str_of(outcome->problem)),
        outcome->reply[0] == '\0' ? null_cell : cell_text(str_of(outcome->reply)),
        cell_int(sent),
        cell_int(sent),
        cell_int(parcel->customer_id),
        cell_int(parcel->message_id),
        cell_text(str_of(parcel->sender))};
    TRY(database_run(parcel->database, parcel->arena,
                     STR("UPDATE message_delivery\n"
                         "SET state = ?, due_at = NOW(6) + INTERVAL ? MICROSECOND, problem = ?,\n"
                         "    reply = ?, sender = NULL, handed_over = FALSE,\n"
                         "    address = IF(?, '', address), finished_at = IF(?, NOW(6), NULL)\n"
                         "WHERE customer_id = ? AND message_id = ? AND sender = ?"),
                     parameters, sizeof(parameters) / sizeof(*parameters), NULL));
    if (database_affected(parcel->database) == 0)
        return STATUS_OK; /* it took too long: somebody else has it */
    const struct cell message[] = {cell_text(str_of(standing.message)),
                                   cell_int(parcel->customer_id), cell_int(parcel->message_id)};
    if (sent)
        TRY(database_run(parcel->database, parcel->arena,
                         STR("DELETE FROM message_secret\n"
                             "WHERE customer_id = ? AND message_id = ?"),
                         message + 1, 2, NULL));
    return database_run(parcel->database, parcel->arena,
                        STR("UPDATE communication_message SET state = ?\n"
                            "WHERE customer_id = ? AND id = ?"),
                        message, 3, NULL);
}

enum status settle(const struct parcel *parcel, const struct outcome *outcome,
                   const struct outbox_policy *policy)
{
    TRY(database_begin(parcel->database));
    enum status status = write_standing(parcel, outcome, policy);
    if (status == STATUS_OK)
        status = database_commit(parcel->database);
    if (status != STATUS_OK)
        database_rollback(parcel->database);
    return status;
}

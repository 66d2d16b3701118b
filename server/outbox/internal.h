/* internal: what the files of this folder share. */
#pragma once

#include "outbox/way.h"

/* Of all channels. */
struct outbox_policy {
    uint32_t attempts;  /* before a message is parked */
    uint32_t pause_s;   /* before the second one */
    uint32_t timeout_s; /* of one */
    const struct vault *vault;
};

/* ---- claim.c ---- */

/* The next parcel of the way that is due, now `SENDING`; parcel->message_id 0: there is none. */
enum status claim_next(struct parcel *parcel, const struct way *way,
                       const struct outbox_policy *policy);

/* Messages that wait say whether their channel is set up here. */
enum status claim_tell_setup(struct database *database, struct arena *arena, const char *channel,
                             bool offered);

/* ---- settle.c ---- */

/* Writes what came of it, unless somebody else has it by now. */
enum status settle(const struct parcel *parcel, const struct outcome *outcome,
                   const struct outbox_policy *policy);

/* Microseconds until the next attempt after so many: twice as long each time, six hours at most, a
 * quarter more or less so that not all come at once. */
int64_t settle_pause(uint32_t pause_s, uint32_t attempts);

/* ---- sweep.c ---- */

/* What messages were to say to their readers alone, and is not good any more. */
enum status sweep_secrets(struct database *database, struct arena *arena);

/* ---- secret_file.c ---- */

/* Lines of a file that only its owner may read. False with the reason in *problem. */
bool secret_file_read(struct arena *arena, const char *path, struct str *lines, size_t count,
                      struct str *problem);

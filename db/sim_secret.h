/* sim_secret: the codes of SIM cards as they lie in the database: each sealed for its own card. */
#pragma once

#include "base/status.h"
#include "base/str.h"

struct arena;
struct database;
struct vault;

/* What a code is bound to when it is sealed: its kind (PUK1, PUK2), customer and card. */
struct str sim_secret_place(struct arena *arena, const char *kind, int64_t customer_id,
                            int64_t sim_card_id);

/* The same of a card that no customer has yet. */
struct str sim_secret_spare_place(struct arena *arena, const char *kind, int64_t spare_sim_id);

/* Whether there is any at all. */
enum status sim_secret_any(struct database *database, struct arena *arena, bool *any);

/* Opens the first and the newest of them, and forgets what they say. Another status than STATUS_OK:
 * *problem says which does not open, and why. */
enum status sim_secret_try(struct database *database, struct arena *arena,
                           const struct vault *vault, struct str *problem);

/* global_id: ids that say which type they are of, and ids that are a key's digits. */
#pragma once

#include "base/cell.h"

struct arena;

struct str global_id_encode(struct arena *arena, struct str type, const struct cell *key);
bool global_id_decode(struct arena *arena, struct str type, struct str id, struct cell *key);

/* The id of a type that is no Node: its key's digits. */
bool plain_id_decode(struct str id, struct cell *key);

/* access_token: a card, tag or login that is looked for by its value. */
#pragma once

#include "base/status.h"
#include "base/str.h"

struct arena;

/* As access_token.fingerprint has it. STATUS_INVALID with words for the client in *problem. */
enum status access_token_sought(struct str *fingerprint, struct arena *arena, struct str value,
                                struct str *problem);

/* throttle: how often somebody may try to sign in.
 *
 * Per account: after a few failures in a row each further attempt waits twice as long as the one
 * before, up to a minute. Nobody is locked out: an address from which the account was signed in to
 * before has a count of its own, so that strangers who guess do not keep its owner waiting. Per
 * address (IPv6: its /64): a bucket that refills. Memory is bounded; all of it is this process's
 * own. Any thread may call.
 */
#pragma once

#include "base/str.h"

struct throttle;

struct throttle *throttle_create(void);
void throttle_destroy(struct throttle *throttle);

/* Counts an attempt. Returns 0 when it may go on, else the seconds to wait. */
unsigned throttle_attempt(struct throttle *throttle, struct str account, struct str address,
                          uint64_t now_ms);

/* The attempt was a good one. */
void throttle_success(struct throttle *throttle, struct str account, struct str address,
                      uint64_t now_ms);

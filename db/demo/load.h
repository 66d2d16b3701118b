/* load: customers on their way into the database, by several writers at a time. */
#pragma once

#include "base/status.h"
#include <stdint.h>

struct chore;
struct demo_world;
struct vault;

/* The setting that says up to which ordinal all customers are there. */
#define LOAD_SETTING "demo.customers"

/* Makes and stores those that are missing from `there` + 1 to `wanted`, the blocks of an
 * interrupted run left out, and tells how far it is. Stops after the block at hand when
 * chore->asked_to_end says so. */
enum status load_customers(struct chore *chore, const struct demo_world *world,
                           const struct vault *vault, int64_t there, int64_t wanted);

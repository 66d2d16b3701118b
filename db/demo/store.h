/* store: generated customers on their way into the tables, many at a time. */
#pragma once

#include "base/status.h"

struct arena;
struct database;
struct demo_customer;
struct store;
struct vault;

/* Lives in the arena, as do the customers given to it. */
struct store *store_create(struct arena *arena, const struct vault *vault);
void store_add(struct store *store, const struct demo_customer *customer);

/* Writes all that was added; inside a transaction. */
enum status store_send(struct store *store, struct database *database);

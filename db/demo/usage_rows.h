/* usage_rows: what generated customers used, on its way into the tables. */
#pragma once

#include "base/status.h"

struct arena;
struct database;
struct demo_customer;
struct usage_rows;

/* Lives in the arena, as do the customers given to it. */
struct usage_rows *usage_rows_create(struct arena *arena);
void usage_rows_add(struct usage_rows *rows, const struct demo_customer *customer);

/* After the customers and their products; inside a transaction. */
enum status usage_rows_send(struct usage_rows *rows, struct database *database);

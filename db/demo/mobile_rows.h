/* mobile_rows: what was done to generated mobile lines, and their stock, on the way into the
 * tables. */
#pragma once

#include "base/status.h"

struct arena;
struct database;
struct demo_customer;
struct mobile_rows;
struct vault;

/* Lives in the arena, as do the customers given to it. */
struct mobile_rows *mobile_rows_create(struct arena *arena, const struct vault *vault);
void mobile_rows_add(struct mobile_rows *rows, const struct demo_customer *customer);

/* After the products. */
enum status mobile_rows_send(struct mobile_rows *rows, struct database *database);

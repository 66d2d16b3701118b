/* interaction_rows: generated times of being in touch on their way into their table. */
#pragma once

#include "base/status.h"

struct arena;
struct database;
struct demo_customer;
struct interaction_rows;

struct interaction_rows *interaction_rows_create(struct arena *arena);
void interaction_rows_add(struct interaction_rows *rows, const struct demo_customer *customer);

/* After the customers, their tickets and orders, and the agents. */
enum status interaction_rows_send(struct interaction_rows *rows, struct database *database);

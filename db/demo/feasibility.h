/* feasibility: what the operator of the demonstration sells to whom: rules, places, stock, credit.
 */
#pragma once

#include "base/status.h"
#include "model.h"

struct arena;
struct database;
struct feasibility_rows;

/* Rules, coverage and stock, once offerings and specifications are there; inside a transaction. */
enum status feasibility_store(struct database *database, struct arena *arena, int64_t day);

/* How customers pay. Lives in the arena, as do the customers given to it. */
struct feasibility_rows *feasibility_rows_create(struct arena *arena);
void feasibility_rows_add(struct feasibility_rows *rows, const struct demo_customer *customer);
enum status feasibility_rows_send(struct feasibility_rows *rows, struct database *database);

/* ticket_rows: the tickets of generated customers on their way into the tables. */
#pragma once

#include "model.h"

#include "base/status.h"

struct database;
struct ticket_rows;

/* Lives in the arena, as do the customers given to it. */
struct ticket_rows *ticket_rows_create(struct arena *arena);
void ticket_rows_add(struct ticket_rows *rows, const struct demo_customer *customer);

/* The number of the ticket at a position, as people read it aloud. */
struct str ticket_rows_number(struct arena *arena, const struct demo_customer *customer,
                              int position);

/* After products and orders; inside a transaction. */
enum status ticket_rows_send(struct ticket_rows *rows, struct database *database);

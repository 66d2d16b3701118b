/* order_rows: orders in detail on their way into their tables: how items are to be, and how far
 * they are. */
#pragma once

#include "base/status.h"

struct arena;
struct database;
struct demo_customer;
struct order_rows;

struct order_rows *order_rows_create(struct arena *arena);
void order_rows_add(struct order_rows *rows, const struct demo_customer *customer);

/* The items are there. */
enum status order_rows_send(struct order_rows *rows, struct database *database);

/* message_rows: generated messages on their way into their table. */
#pragma once

#include "base/status.h"

struct arena;
struct database;
struct demo_customer;
struct message_rows;

struct message_rows *message_rows_create(struct arena *arena);
void message_rows_add(struct message_rows *rows, const struct demo_customer *customer);

/* After the customers. */
enum status message_rows_send(struct message_rows *rows, struct database *database);

/* party_rows: generated identifications, contacts and agreements on their way into their tables. */
#pragma once

#include "base/status.h"
#include "model.h"

struct arena;
struct database;
struct party_rows;

/* In the arena, as everything that waits is. */
struct party_rows *party_rows_create(struct arena *arena);
void party_rows_add(struct party_rows *rows, const struct demo_customer *customer);

/* The customers are there. */
enum status party_rows_send(struct party_rows *rows, struct database *database);

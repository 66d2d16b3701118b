/* resource_rows: what belongs to generated customers' products, on its way into the tables. */
#pragma once

#include "base/status.h"

struct arena;
struct database;
struct demo_customer;
struct resource_rows;
struct search_terms;
struct vault;

/* Lives in the arena, as do the customers given to it. */
struct resource_rows *resource_rows_create(struct arena *arena, const struct vault *vault);
void resource_rows_add(struct resource_rows *rows, const struct demo_customer *customer);

/* By what they are found: SIM cards, devices, mailboxes. */
void resource_rows_terms(const struct demo_customer *customer, struct search_terms *terms);

/* After the products. */
enum status resource_rows_send(struct resource_rows *rows, struct database *database);

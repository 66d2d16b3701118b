/* telco_load: rows of the telco file on their way into the tables, inside a transaction. */
#pragma once

#include "base/status.h"
#include <stdint.h>

struct arena;
struct chore;
struct telco_load;
struct telco_row;

struct telco_load *telco_load_create(struct chore *chore, struct arena *arena, int64_t today);

/* Takes a copy of the row; loads what has gathered when it is enough. */
enum status telco_load_add(struct telco_load *load, const struct telco_row *row, uint64_t line);

/* Loads the rest. */
enum status telco_load_finish(struct telco_load *load);

/* After the commit: tells which lines were loaded and which were there already. */
void telco_load_report(const struct telco_load *load);

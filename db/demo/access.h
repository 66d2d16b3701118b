/* access: the people and the program who may sign in to a demonstration. */
#pragma once

#include "base/cell.h"
#include "base/status.h"
#include <stdint.h>

struct arena;
struct chore;

/* Makes the users with passwords of their own for this installation, and writes them to the file at
 * `path`. When both are there already, nothing happens; when one is missing, all get new passwords.
 */
enum status access_ensure(struct chore *chore, const char *path);

/* Those of the operator's users whom rows of customers name, who come before the customers; they
 * have no password yet. Inside a transaction. */
enum status access_store_agents(struct chore *chore, struct arena *arena);

/* The key of the operator's user of that name; NULL: there is none. */
struct cell access_user(const char *name);

/* access: the people and the program who may sign in to a demonstration. */
#pragma once

#include "base/status.h"

struct chore;

/* Makes the users with passwords of their own for this installation, and writes them to the file at
 * `path`. When both are there already, nothing happens; when one is missing, all get new passwords.
 */
enum status access_ensure(struct chore *chore, const char *path);

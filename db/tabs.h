/* tabs: the tabs of the account screen, from the files they are shipped in to their tables. */
#pragma once

#include "base/status.h"

struct chore;

/* Reads fragment.graphql and tab.json of every folder in `directory` (db/tabs). A tab that is new
 * or not what its newest version holds becomes the next version, released to everyone from now on;
 * any other is left alone. All or nothing. STATUS_INVALID: a file cannot be used, chore->problem
 * says which and why. */
enum status tabs_load(struct chore *chore, const char *directory);

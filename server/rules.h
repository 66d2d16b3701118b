/* rules: the commands for rules of feasibility. */
#pragma once

#include "db/chore.h"

struct config;

/* config->arguments: list | show CODE [VERSION] | add [FILE] | change [FILE] | end CODE DAY |
 * try CODE [VERSION]; a FILE of -, or none, is standard input. Prints on standard output. */
enum status rules_command(struct chore *chore, const struct config *config);

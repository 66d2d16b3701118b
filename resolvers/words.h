/* words: one line that a member of an input says: a reason, a name. */
#pragma once

#include "act/act.h"

/* Without blanks around it; empty: not given. A user error when it is needed and empty, or is no
 * line of at most so many characters. */
struct str words_of(struct act *act, const char *member, uint32_t characters, bool needed);

/* contact_value: telephone numbers and e-mail addresses as people type them. */
#pragma once

#include "act/act.h"

/* What a member of the input gives, as it is kept: an e-mail address as written, a telephone number
 * as E.164 has it. A user error when it is none. */
struct str contact_value(struct act *act, const char *member, bool email);

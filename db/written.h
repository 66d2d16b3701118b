/* written: dates, amounts and addresses as messages to customers have them. */
#pragma once

#include "base/str.h"

struct arena;

/* In German, French, or English where the language is another; days are since 1970. */
struct str written_date(struct arena *arena, struct str language, int64_t day);
struct str written_month(struct arena *arena, struct str language, int64_t day);
struct str written_amount(struct arena *arena, struct str language, int64_t minor,
                          struct str currency);

/* An address of which only a part is shown: +49 15••••••12, m•••@mail.example */
struct str written_in_part(struct arena *arena, struct str address);

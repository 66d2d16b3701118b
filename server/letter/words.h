/* words: the few words of a sheet that are not the writer's. */
#pragma once

#include "base/str.h"

struct words {
    const char *locale;
    const char *from, *to, *time, *subject; /* of an e-mail or SMS */
    const char *date, *number;              /* of a letter */
    const char *page;                       /* with two %u */
};

/* In the language of the locale, or in English. */
const struct words *words_in(struct str locale);

/* country: the countries there are. */
#pragma once

#include "base/str.h"
#include <stdbool.h>

#define COUNTRY_WORDS "Give a country as ISO 3166-1 has it, two capital letters such as DE."

/* Whether it is one, by its two letters. */
bool country_known(struct str code);

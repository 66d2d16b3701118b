/* language: tags of languages as people give them. */
#pragma once

#include "base/str.h"
#include <stdbool.h>

#define LANGUAGE_WORDS "Give a language tag such as de, en-GB or zh-Hant."

/* Whether it has the form of a BCP 47 tag and fits its column. */
bool language_valid(struct str tag);

/* enum_label: what the values of enums are called, in the nearest language there is. */
#pragma once

#include "plan/binding.h"

/* Query.enumLabels(language:): that language, its base language (de for de-AT), or English. */
predicate_function enum_label_language;

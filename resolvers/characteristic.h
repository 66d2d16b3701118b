/* characteristic: what people call what an operator wants to know of customers. */
#pragma once

#include "run/resolver.h"

/* CustomerCharacteristic.label(language:), of labels and code. */
enum status characteristic_label(struct compute *compute);

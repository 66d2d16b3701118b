/* address_act: Mutation.addAddress, .updateAddress and .removeAddress. */
#pragma once

#include "act/act.h"

extern const struct action address_add, address_update, address_remove;

/* wiring: a source that invents every value by its type, for the conformance tests.
 *
 * Int 2, Float 3.14, String "str", Boolean true, ID "id", an enum its first value, a custom scalar
 * "str", a list exactly two elements, an object resolved field by field, a union its first member
 * by name, an interface its last implementing object by name.
 */
#pragma once

#include "source/source.h"

void wiring_source_init(struct source *source);

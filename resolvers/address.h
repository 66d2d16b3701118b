/* address: how a postal address is written on a letter. */
#pragma once

#include "run/resolver.h"

/* GeographicAddress.lines(from:), of street, postcode, city and country. */
enum status address_lines(struct compute *compute);

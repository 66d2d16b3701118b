/* address: how a postal address is written on a letter. */
#pragma once

#include "run/resolver.h"

struct postal_address {
    struct str street, postcode, city, country; /* ISO 3166-1 alpha-2 */
};

/* Line by line, with the country unless that is where it is posted. */
struct str address_text(struct arena *arena, const struct postal_address *address, struct str from);

/* GeographicAddress.lines(from:), of street, postcode, city and country. */
enum status address_lines(struct compute *compute);

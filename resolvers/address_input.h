/* address_input: a postal address that an input gives: street, postcode, city and country. */
#pragma once

#include "act/act.h"

enum address_part {
    ADDRESS_STREET,
    ADDRESS_POSTCODE,
    ADDRESS_CITY,
    ADDRESS_COUNTRY,
    ADDRESS_PARTS,
};

/* What is not given stays as it is `now`; now is NULL of an address that is new: then all of it is
 * needed, unless nothing is given and it may be left out. False: there is none. User errors are at
 * the members. */
bool address_input(struct act *act, const struct cell *now, bool needed,
                   struct cell parts[ADDRESS_PARTS]);

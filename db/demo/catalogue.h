/* catalogue: what the operator of the demonstration sells. */
#pragma once

#include "db/offerings.h"

struct catalogue_offering {
    struct offering offering;
    int64_t monthly_minor, once_minor; /* 0: nothing of the kind */
    int term_months;                   /* minimum term */
};

/* clang-format off */
enum catalogue_position {
    MOBILE_S, MOBILE_M, MOBILE_L, MOBILE_UNLIMITED, MOBILE_YOUNG, MOBILE_BUSINESS_M, MOBILE_BUSINESS_L,
    PREPAID_BASIC, PREPAID_PLUS, PREPAID_KIDS,
    DSL_50, DSL_100, CABLE_250,
    FIBRE_300, FIBRE_1000, FIBRE_BUSINESS, FAMILY_BUNDLE,
    VOICE_HOME, VOICE_BUSINESS, VOICE_CALL_SHOP,
    TV_START, TV_MAX,
    FILM_PASS, MUSIC_PASS, SPORTS_PASS,
    ROAMING_PLUS, DATA_10, SECOND_SIM, VOICEMAIL_PLUS, ABROAD_100, INSURANCE,
    SAFETY_PACKAGE, STATIC_ADDRESS, WIFI_EVERYWHERE, SERVICE_PLUS,
    TRAVEL_PASS, DATA_REFILL,
    SMARTPHONE, ROUTER, TV_BOX,
    CATALOGUE_OFFERINGS,
};
/* clang-format on */

extern const struct catalogue_offering catalogue[CATALOGUE_OFFERINGS];

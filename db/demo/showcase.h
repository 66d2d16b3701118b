/* showcase: the customers with a story, found by name; README.md lists them. */
#pragma once

#include "model.h"

enum {
    SHOWCASE_COUNT = 12,    /* ordinals 1 … 12 */
    SHOWCASE_RANKS = 16,    /* telephone numbers kept for them in each language */
    SHOWCASE_SELF_CARE = 2, /* the one who may sign in */
    SHOWCASE_BUSINESS = 5,  /* the one with many lines, and with others below */
};

void showcase_make(struct demo_customer *customer);

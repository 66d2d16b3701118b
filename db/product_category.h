/* product_category: the kinds of product that customers are known by: each is counted for them, and
 * tabs appear by them. */
#pragma once

#include "base/str.h"

/* In the order of the columns of customer that count them; options and devices are part of these.
 */
enum product_category {
    CATEGORY_MOBILE,
    CATEGORY_VOICE,
    CATEGORY_BROADBAND,
    CATEGORY_FIBRE,
    CATEGORY_TV,
    CATEGORY_CONTENT,
    PRODUCT_CATEGORIES,
};

/* As product_offering.category has it. */
struct str product_category_name(enum product_category category);

/* PRODUCT_CATEGORIES: it is none of these. */
enum product_category product_category_find(struct str name);

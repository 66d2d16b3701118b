/* product_category: names of kinds of product. */
#include "product_category.h"

static const char *const names[PRODUCT_CATEGORIES] = {
    [CATEGORY_MOBILE] = "MOBILE", [CATEGORY_VOICE] = "VOICE", [CATEGORY_BROADBAND] = "BROADBAND",
    [CATEGORY_FIBRE] = "FIBRE",   [CATEGORY_TV] = "TV",       [CATEGORY_CONTENT] = "CONTENT",
};

struct str product_category_name(enum product_category category)
{
    return str_of(names[category]);
}

enum product_category product_category_find(struct str name)
{
    enum product_category category = 0;
    while (category < PRODUCT_CATEGORIES && !str_is(name, names[category]))
        category++;
    return category;
}

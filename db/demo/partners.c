/* partners: brands, resellers, agencies and call shops below the operator, whose id is 1. */
#include "partners.h"

#include "random.h"

/* clang-format off */
const struct partners_partner partners[PARTNERS_COUNT] = {
    /* id parent path        name                       kind         weight */
    { 2, 1,  "/1/2/",      "Lichtnetz",               "BRAND",     300},
    { 3, 1,  "/1/3/",      "Callidus Mobile",         "BRAND",     250},
    { 4, 1,  "/1/4/",      "Nordfunk Vertriebs GmbH", "RESELLER",  150},
    { 5, 1,  "/1/5/",      "Réseau Horizon SARL",     "RESELLER",   80},
    { 6, 2,  "/1/2/6/",    "Stadtwerke Talheim",      "RESELLER",   60},
    { 7, 4,  "/1/4/7/",    "Agentur Hansen",          "AGENCY",     60},
    { 8, 1,  "/1/8/",      "Shannon Sales Agency",    "AGENCY",     50},
    { 9, 4,  "/1/4/9/",    "Zum Anker Call & Copy",   "CALL_SHOP",   5},
    {10, 3,  "/1/3/10/",   "Kiosk Weltruf",           "CALL_SHOP",   5},
    {11, 5,  "/1/5/11/",   "Agence Lumière",          "AGENCY",     30},
    {12, 1,  "/1/12/",     "Weststern Handel",        "AGENCY",     10},
};
/* clang-format on */

int64_t partners_draw(struct random *random)
{
    uint32_t weights[PARTNERS_COUNT + 1] = {0};
    for (int i = 0; i < PARTNERS_COUNT; i++)
        weights[i] = partners[i].weight;
    return partners[random_weighted(random, weights)].id;
}

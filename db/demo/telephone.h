/* telephone: numbers in E.164 that are nobody's.
 *
 * As long as they last, numbers the regulators keep free for films and books: Bundesnetzagentur's
 * five towns (5,000), ComReg's 020 91x (100,000), ARCEP's 06 39 98 and five regions (60,000). After
 * that, and for German mobiles (hardly any are kept free), numbers that cannot be dialled: (0)199
 * in Germany is for routing within a network, (0)20 in Ireland is no area, (0)7000 in France is no
 * subscriber's beginning.
 */
#pragma once

#include "model.h"

/* The next number of this customer; no two customers have one in common. */
struct str telephone_mobile(struct demo_customer *customer);
struct str telephone_fixed(struct demo_customer *customer);

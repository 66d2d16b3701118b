/* customer_bits: which customers may have all of several beginnings, in SQL over the bits.
 *
 * Rows of customer_search_bits are brought together 512 customers at a time; of what they have in
 * common the words that are not 0 are taken apart into bytes and these into bits, so that nothing
 * is read of customers who are out. Bits of what is gone may be set: whoever is found is compared.
 */
#pragma once

#include "base/buf.h"
#include <stdbool.h>
#include <stdint.h>

/* Adds tables to `from` and conditions to `where`, joined by AND, both empty so far. The
 * conditions' parameters in this order: for a partner the path of the viewer's scope; then `count`
 * beginnings as they are in customer_search_bits.beginning, at least one of a partner's, otherwise
 * at least two. Returns an expression for the customer's id, of the arena. */
struct str customer_bits_join(struct arena *arena, struct buf *from, struct buf *where,
                              uint32_t count, bool of_partner);

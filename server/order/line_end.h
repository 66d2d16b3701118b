/* line_end: a mobile line that ends gives up what made it one: its number, its SIM cards, its bars.
 *
 * Within a transaction that has locked the line. Nothing takes it back: who comes again gets a line
 * of their own. */
#pragma once

#include "order/work.h"

/* Where the number of the line goes. */
enum line_number_goes { LINE_NUMBER_RESTS, LINE_NUMBER_LEAVES };

/* Of a line that has ended. Its number is nobody's for as long as the policy says, unless it leaves
 * to another operator; numbers that were to move to the line or away from it stay where they are.
 */
enum status line_end_release(const struct order_work *work, int64_t line,
                             enum line_number_goes goes);

/* The line ends today, and its options with it; what of them was never set up is given up. */
enum status line_end(const struct order_work *work, int64_t line, enum line_number_goes goes);

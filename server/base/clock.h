/* clock: what time it is, and how much of it passes. */
#pragma once

#include <stdint.h>

/* Since a moment that nobody knows, and never backwards: for how long something takes. */
uint64_t clock_ns(void);
uint64_t clock_us(void);
uint64_t clock_ms(void);

/* Microseconds since 1970, as the machine's clock is set: for what is compared with stored moments.
 */
int64_t clock_unix_us(void);

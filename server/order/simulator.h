/* simulator: a network that is not there: what becomes of a job follows from its order's number
 * and its position alone, so whoever knows these knows what will happen.
 *
 * Of a hundred jobs three are refused, three get no answer and two need to be told something; when
 * those are tried again they are done. All others take one to four steps. Ends are never refused.
 * Of a hundred numbers that move five are refused, for three the other operator answers when asked
 * again, and for two only when asked a fourth time; what they agreed to, they do.
 */
#pragma once

#include "order/network.h"

struct arena;

/* A step takes `pace_ms`; who is silent for eight of them is given up. */
const struct network *simulator_create(struct arena *arena, uint32_t pace_ms);

/* random: numbers that look random and follow from a seed, a customer and a purpose alone.
 *
 * Each purpose has its own stream, so drawing once more for one thing changes nothing else.
 */
#pragma once

#include <stdbool.h>
#include <stdint.h>

struct random {
    uint64_t state;
};

struct random random_of(uint64_t seed, uint64_t who, uint64_t purpose);

/* 0 … count - 1 */
uint32_t random_below(struct random *random, uint32_t count);

/* As above, but the smaller the likelier: how often names are borne. */
uint32_t random_skewed(struct random *random, uint32_t count);

/* low … high, both included */
int64_t random_between(struct random *random, int64_t low, int64_t high);

/* True so many times in a thousand. */
bool random_permille(struct random *random, uint32_t permille);

/* A position in weights[], each as often as its weight says; they end with a 0. */
uint32_t random_weighted(struct random *random, const uint32_t *weights);

/* How often something happens that happens `mean_permille` / 1000 times on average (Poisson), at
 * most `most`. */
uint32_t random_times(struct random *random, uint32_t mean_permille, uint32_t most);

/* A moment on a day, in working hours more often than not, in microseconds since 1970. */
int64_t random_moment(struct random *random, int64_t day);

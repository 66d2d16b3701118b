/* random: splitmix64, and what is drawn from it in whole numbers, the same on every machine. */
#include "random.h"

static uint64_t mix(uint64_t value)
{
    value = (value ^ (value >> 30)) * 0xBF58476D1CE4E5B9u;
    value = (value ^ (value >> 27)) * 0x94D049BB133111EBu;
    return value ^ (value >> 31);
}

static uint64_t random_next(struct random *random)
{
    random->state += 0x9E3779B97F4A7C15u;
    return mix(random->state);
}

struct random random_of(uint64_t seed, uint64_t who, uint64_t purpose)
{
    return (struct random){.state = mix(mix(seed + 1) ^ mix(who * 0xD1342543DE82EF95u + purpose))};
}

uint32_t random_below(struct random *random, uint32_t count)
{
    return (uint32_t)((random_next(random) >> 32) * count >> 32);
}

uint32_t random_skewed(struct random *random, uint32_t count)
{
    uint64_t once = random_below(random, 1u << 16), again = random_below(random, 1u << 16);
    return (uint32_t)(once * again * count >> 32);
}

int64_t random_between(struct random *random, int64_t low, int64_t high)
{
    return low + random_below(random, (uint32_t)(high - low + 1));
}

bool random_permille(struct random *random, uint32_t permille)
{
    return random_below(random, 1000) < permille;
}

uint32_t random_weighted(struct random *random, const uint32_t *weights)
{
    uint32_t sum = 0;
    for (uint32_t i = 0; weights[i] != 0; i++)
        sum += weights[i];
    uint32_t drawn = random_below(random, sum), position = 0;
    while (drawn >= weights[position])
        drawn -= weights[position++];
    return position;
}

uint32_t random_times(struct random *random, uint32_t mean_permille, uint32_t most)
{
    /* Many short spans, each with a small chance: close enough to Poisson, without floating point.
     */
    uint32_t times = 0;
    for (uint32_t left = mean_permille; left > 0; left -= left < 50 ? left : 50) {
        if (times < most && random_permille(random, left < 50 ? left : 50))
            times++;
    }
    return times;
}

int64_t random_moment(struct random *random, int64_t day)
{
    const int64_t second = 1000000;
    bool working = random_permille(random, 850);
    int64_t of_day =
        working ? random_between(random, 8 * 3600, 20 * 3600) : random_between(random, 0, 86399);
    return (day * 86400 + of_day) * second;
}

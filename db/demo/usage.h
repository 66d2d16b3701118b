/* usage: what a generated customer used, month by month, and what it adds up to.
 *
 * Sums are made of the events that are there and of nothing else. What the events of a month cost
 * is what the ledger charged for it.
 */
#pragma once

#include "base/str.h"

struct demo_customer;

enum {
    USAGE_MONTHS = 13, /* the running one and twelve that have been billed */
    USAGE_DAYS = 31,
    USAGE_IDS = 100000, /* ids of events that belong to one customer */
};

enum usage_type { USAGE_VOICE, USAGE_MESSAGE, USAGE_DATA, USAGE_OTHER, USAGE_TYPES };

/* What a type is called, and what it is counted in. */
extern const char *const usage_type_names[USAGE_TYPES];
extern const char *const usage_units[USAGE_TYPES];

struct usage_sum {
    int64_t events, quantity, amount_minor;
};

struct usage_event {
    int period, product; /* positions */
    enum usage_type type;
    const char *direction; /* UsageDirection; NULL: none */
    struct str other_party;
    int64_t started_at, recorded_at;
    int64_t quantity, amount_minor;
};

struct usage_period {
    int64_t first_day, last_day, collected_at;
    bool open;
    struct usage_sum total, by_type[USAGE_TYPES], by_day[USAGE_DAYS][USAGE_TYPES];
};

struct usage_daily {
    int product; /* position */
    int64_t day;
    enum usage_type type;
    struct usage_sum sum;
};

struct usage_bucket {
    int period, product; /* positions; the product grants it */
    enum usage_type type;
    int64_t total, used;
    const char *status; /* UsageBucketStatus */
};

struct demo_usage {
    uint32_t period_count, event_count, daily_count, bucket_count;
    uint32_t event_capacity, daily_capacity, bucket_capacity;
    struct usage_period periods[USAGE_MONTHS]; /* the oldest first */
    struct usage_event *events;
    struct usage_daily *dailies;
    struct usage_bucket *buckets;
};

/* In the customer's arena. Holdings and ledger must be there. */
struct demo_usage *usage_make(struct demo_customer *customer);

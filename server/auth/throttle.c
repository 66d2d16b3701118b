/* throttle: how often somebody may try to sign in. */
#include "auth/throttle.h"

#include <pthread.h>
#include <sodium.h>
#include <stdlib.h>

enum {
    SETS = 8192,
    WAYS = 4,
    FREE_FAILURES = 5,
    LONGEST_WAIT_MS = 60 * 1000,
    FORGET_AFTER_MS = 15 * 60 * 1000,
    BUCKET_SIZE = 100,      /* attempts from one address at once: a whole team behind one router */
    BUCKET_REFILL_MS = 500, /* for one attempt more */
};

/* Of an account from anywhere; of an account from an address it was signed in to from; of an
 * address. */
struct entry {
    uint64_t key; /* 0: free */
    uint64_t touched_ms;
    uint64_t blocked_until_ms;
    unsigned failures; /* of an address: attempts in its bucket */
};

struct throttle {
    pthread_mutex_t mutex;
    unsigned char hash_key[crypto_shorthash_KEYBYTES];
    struct entry entries[SETS][WAYS];
};

struct throttle *throttle_create(void)
{
    struct throttle *throttle = calloc(1, sizeof(*throttle));
    if (throttle == NULL)
        abort();
    pthread_mutex_init(&throttle->mutex, NULL);
    crypto_shorthash_keygen(throttle->hash_key);
    return throttle;
}

void throttle_destroy(struct throttle *throttle)
{
    pthread_mutex_destroy(&throttle->mutex);
    free(throttle);
}

/* Both parts count, and where one ends and the other begins. */
static uint64_t hash(const struct throttle *throttle, struct str account, struct str address)
{
    unsigned char parts[2][crypto_shorthash_BYTES], whole[crypto_shorthash_BYTES];
    uint64_t key;
    crypto_shorthash(parts[0], (const unsigned char *)account.at, account.len, throttle->hash_key);
    crypto_shorthash(parts[1], (const unsigned char *)address.at, address.len, throttle->hash_key);
    if (account.len == 0)
        memset(parts[0], 0, sizeof(parts[0]));
    if (address.len == 0)
        memset(parts[1], 0, sizeof(parts[1]));
    crypto_shorthash(whole, parts[0], sizeof(parts), throttle->hash_key);
    memcpy(&key, whole, sizeof(key));
    return key == 0 ? 1 : key;
}

static struct entry *find(struct throttle *throttle, uint64_t key)
{
    struct entry *set = throttle->entries[key % SETS];
    for (int i = 0; i < WAYS; i++)
        if (set[i].key == key)
            return &set[i];
    return NULL;
}

/* Made when there is none, in place of the one of its set that was touched longest ago. */
static struct entry *find_or_make(struct throttle *throttle, uint64_t key, uint64_t now_ms)
{
    struct entry *set = throttle->entries[key % SETS], *oldest = &set[0],
                 *found = find(throttle, key);
    if (found != NULL)
        return found;
    for (int i = 1; i < WAYS; i++)
        if (oldest->key != 0 && (set[i].key == 0 || set[i].touched_ms < oldest->touched_ms))
            oldest = &set[i];
    *oldest = (struct entry){.key = key, .touched_ms = now_ms};
    return oldest;
}

static unsigned seconds_until(uint64_t then_ms, uint64_t now_ms)
{
    return then_ms <= now_ms ? 0 : (unsigned)((then_ms - now_ms + 999) / 1000);
}

static unsigned take_from_bucket(struct entry *entry, uint64_t now_ms)
{
    uint64_t refilled = (now_ms - entry->touched_ms) / BUCKET_REFILL_MS;
    if (refilled > 0) {
        entry->failures = refilled >= entry->failures ? 0 : entry->failures - (unsigned)refilled;
        entry->touched_ms = now_ms;
    }
    if (entry->failures >= BUCKET_SIZE)
        return 1;
    entry->failures++;
    return 0;
}

static unsigned count_attempt(struct entry *entry, uint64_t now_ms)
{
    unsigned wait = seconds_until(entry->blocked_until_ms, now_ms);
    if (wait > 0)
        return wait; /* not looked at, so not counted either */
    if (now_ms - entry->touched_ms > FORGET_AFTER_MS)
        entry->failures = 0;
    entry->touched_ms = now_ms;
    if (++entry->failures > FREE_FAILURES) {
        unsigned doublings = entry->failures - FREE_FAILURES - 1;
        uint64_t wait_ms = doublings > 6 ? LONGEST_WAIT_MS : (uint64_t)1000 << doublings;
        entry->blocked_until_ms = now_ms + (wait_ms > LONGEST_WAIT_MS ? LONGEST_WAIT_MS : wait_ms);
    }
    return 0;
}

unsigned throttle_attempt(struct throttle *throttle, struct str account, struct str address,
                          uint64_t now_ms)
{
    const struct str any = {0};
    pthread_mutex_lock(&throttle->mutex);
    uint64_t address_key = hash(throttle, any, address);
    unsigned wait = take_from_bucket(find_or_make(throttle, address_key, now_ms), now_ms);
    if (wait == 0) {
        struct entry *entry = find(throttle, hash(throttle, account, address));
        if (entry == NULL)
            entry = find_or_make(throttle, hash(throttle, account, any), now_ms);
        wait = count_attempt(entry, now_ms);
    }
    pthread_mutex_unlock(&throttle->mutex);
    return wait;
}

void throttle_success(struct throttle *throttle, struct str account, struct str address,
                      uint64_t now_ms)
{
    const struct str any = {0};
    pthread_mutex_lock(&throttle->mutex);
    uint64_t home_key = hash(throttle, account, address);
    bool was_home = find(throttle, home_key) != NULL;
    struct entry *home = find_or_make(throttle, home_key, now_ms);
    home->failures = 0;
    home->blocked_until_ms = 0;
    home->touched_ms = now_ms;
    struct entry *anywhere = was_home ? NULL : find(throttle, hash(throttle, account, any));
    if (anywhere != NULL) {
        anywhere->failures = 0;
        anywhere->blocked_until_ms = 0;
    }
    pthread_mutex_unlock(&throttle->mutex);
}

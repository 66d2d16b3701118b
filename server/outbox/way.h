/* way: one way out: what a mail server, an SMS gateway and a print spool have in common.
 *
 * A way is used by one thread. It is given a parcel and says what came of it. Before the other side
 * can have the whole of it, it calls parcel_hand_over(): from then on nobody sends it once more by
 * himself, unless the way is `repeatable`: the other side knows the reference and takes it once.
 */
#pragma once

#include "letter/letter.h"

struct arena;
struct database;

/* One message that was claimed. */
struct parcel {
    struct arena *arena;
    struct database *database;
    int64_t message_id, customer_id;
    uint32_t attempt;     /* from 1 */
    char sender[33];      /* who has claimed it */
    struct str address;   /* where to */
    struct str reference; /* the same at each attempt */
    struct str number;    /* the customer's */
    int64_t queued_at;    /* microseconds since 1970 */
    struct letter letter; /* what it says */
    const char *problem;  /* why it is not to be sent at all; NULL: it is */
    const bool *stopping; /* the server ends: what has not been handed over is given up */
};

/* False: somebody else has it by now, or nobody can tell; then it must not be handed over. */
bool parcel_hand_over(struct parcel *parcel);

enum result {
    RESULT_SENT,    /* the other side has it */
    RESULT_LATER,   /* it has not, and may take it another time */
    RESULT_NEVER,   /* it has not, and will not */
    RESULT_UNKNOWN, /* it may have it */
};

struct outcome {
    enum result result;
    const char *problem; /* a value of the schema's DeliveryProblem; NULL: none */
    char reply[20];      /* the code the other side answered with, or empty */
};

struct way {
    const char *channel;
    bool repeatable;
    void (*send)(struct way *way, struct parcel *parcel, struct outcome *outcome);
};

/* Each lives in the arena, which closes it; NULL with the reason in *problem. */
struct way *mail_server_open(struct arena *arena, const char *url, const char *from,
                             const char *login_file, const char *certificates, uint32_t timeout_s,
                             struct str *problem);
struct way *sms_gateway_open(struct arena *arena, const char *url, const char *key_file,
                             uint32_t timeout_s, struct str *problem);
struct way *print_spool_open(struct arena *arena, const char *folder, struct str *problem);

/* outbox: sends what mutations have put into message_delivery, a thread for each way out. */
#include "outbox/outbox.h"

#include "base/arena.h"
#include "base/buf.h"
#include "base/log.h"
#include "base/metrics.h"
#include "mariadb/database.h"
#include "outbox/internal.h"
#include <curl/curl.h>
#include <pthread.h>
#include <signal.h>
#include <stdlib.h>
#include <time.h>

enum {
    WAYS = 3,
    RESULTS = RESULT_UNKNOWN + 1,
    LOOK_MS = 500,         /* between looks at an outbox where nothing was due */
    SWEEP_LOOKS = 20,      /* between looks for what is not good any more, a LOOK_MS apart */
    SETTLE_ATTEMPTS = 300, /* while the database is away, a LOOK_MS apart */
    STATEMENT_MS = 5000,
};

struct sender {
    struct outbox *outbox;
    struct way *way;
    struct database *database;
    pthread_t thread;
    uint64_t results[RESULTS]; /* counted by its thread alone */
};

struct outbox {
    struct outbox_policy policy;
    struct sender senders[WAYS];
    uint32_t count;
    struct database *sweeping; /* whatever ways there are, also none */
    pthread_t sweeper;
    bool stopping; /* read without the lock, too */
    pthread_mutex_t mutex;
    pthread_cond_t stops;
};

/* ---- a sender's thread ---- */

/* False: the server ends. */
static bool pause_for_a_look(struct outbox *outbox)
{
    struct timespec until;
    clock_gettime(CLOCK_REALTIME, &until);
    until.tv_nsec += (long)LOOK_MS * 1000000;
    until.tv_sec += until.tv_nsec / 1000000000;
    until.tv_nsec %= 1000000000;
    pthread_mutex_lock(&outbox->mutex);
    if (!outbox->stopping)
        pthread_cond_timedwait(&outbox->stops, &outbox->mutex, &until);
    bool goes_on = !outbox->stopping;
    pthread_mutex_unlock(&outbox->mutex);
    return goes_on;
}

static void tell(const struct sender *sender, const struct parcel *parcel,
                 const struct outcome *outcome)
{
    if (outcome->result == RESULT_SENT)
        return;
    log_event(LOG_WARN, "a message was not delivered", "channel", sender->way->channel, "message",
              log_format("%lld", (long long)parcel->message_id), "problem", outcome->problem,
              "reply", outcome->reply, "attempt", log_format("%u", parcel->attempt), NULL);
}

/* What was sent is written down even when the database is away for a while: else somebody would
 * have to look whether it was. */
static void write_down(struct sender *sender, const struct parcel *parcel,
                       const struct outcome *outcome)
{
    for (int i = 0; i < SETTLE_ATTEMPTS; i++) {
        if (settle(parcel, outcome, &sender->outbox->policy) == STATUS_OK)
            return;
        if (!pause_for_a_look(sender->outbox) && outcome->result == RESULT_LATER)
            return;
    }
    log_event(LOG_ERROR, "what came of a message could not be written down", "message",
              log_format("%lld", (long long)parcel->message_id), NULL);
}

/* False: nothing was due. */
static bool send_one(struct sender *sender)
{
    struct arena *arena = arena_create();
    struct parcel parcel = {
        .arena = arena, .database = sender->database, .stopping = &sender->outbox->stopping};
    struct outcome outcome = {0};
    enum status status = claim_next(&parcel, sender->way, &sender->outbox->policy);
    bool claimed = status == STATUS_OK && parcel.message_id != 0;
    if (status != STATUS_OK && status != STATUS_CONFLICT && status != STATUS_UNAVAILABLE)
        log_event(LOG_ERROR, "the outbox cannot be read", "problem",
                  log_format(STR_FMT, STR_ARG(database_problem(sender->database))), NULL);
    if (claimed) {
        if (parcel.problem == NULL)
            sender->way->send(sender->way, &parcel, &outcome);
        else
            outcome = (struct outcome){.result = RESULT_NEVER, .problem = parcel.problem};
        tell(sender, &parcel, &outcome);
        write_down(sender, &parcel, &outcome);
        counter_add(&sender->results[outcome.result], 1);
    }
    arena_destroy(arena);
    return claimed;
}

static void *run(void *context)
{
    struct sender *sender = context;
    bool goes_on = true;
    while (goes_on) {
        bool more = send_one(sender);
        goes_on = more ? !__atomic_load_n(&sender->outbox->stopping, __ATOMIC_RELAXED)
                       : pause_for_a_look(sender->outbox);
    }
    return NULL;
}

/* ---- the sweeper's ---- */

static void *sweep(void *context)
{
    struct outbox *outbox = context;
    bool goes_on = true;
    while (goes_on) {
        struct arena *arena = arena_create();
        enum status status = sweep_secrets(outbox->sweeping, arena);
        if (status != STATUS_OK && status != STATUS_CONFLICT && status != STATUS_UNAVAILABLE)
            log_event(LOG_ERROR, "what is not good any more cannot be deleted", "problem",
                      log_format(STR_FMT, STR_ARG(database_problem(outbox->sweeping))), NULL);
        arena_destroy(arena);
        for (int i = 0; i < SWEEP_LOOKS && goes_on; i++)
            goes_on = pause_for_a_look(outbox);
    }
    return NULL;
}

/* ---- from start to end ---- */

static bool add_sender(struct outbox *outbox, const struct outbox_options *options,
                       struct arena *arena, struct way *way, struct str *problem)
{
    struct sender *sender = &outbox->senders[outbox->count];
    if (way == NULL)
        return false;
    sender->database = database_open(options->address, arena, problem);
    if (sender->database == NULL)
        return false;
    database_set_timeout(sender->database, STATEMENT_MS);
    sender->outbox = outbox;
    sender->way = way;
    outbox->count++;
    return true;
}

static bool open_ways(struct outbox *outbox, const struct outbox_options *options,
                      struct arena *arena, struct str *problem)
{
    uint32_t timeout = options->timeout_s;
    if (options->mail_server != NULL &&
        !add_sender(outbox, options, arena,
                    mail_server_open(arena, options->mail_server, options->mail_from,
                                     options->mail_login, options->mail_certificates, timeout,
                                     problem),
                    problem))
        return false;
    if (options->sms_gateway != NULL &&
        !add_sender(
            outbox, options, arena,
            sms_gateway_open(arena, options->sms_gateway, options->sms_key, timeout, problem),
            problem))
        return false;
    return options->print_spool == NULL ||
           add_sender(outbox, options, arena,
                      print_spool_open(arena, options->print_spool, problem), problem);
}

static bool tell_setup(const struct outbox_options *options, struct arena *arena,
                       struct str *problem)
{
    struct database *database = database_open(options->address, arena, problem);
    if (database == NULL)
        return false;
    bool told =
        claim_tell_setup(database, arena, "EMAIL", options->mail_server != NULL) == STATUS_OK &&
        claim_tell_setup(database, arena, "SMS", options->sms_gateway != NULL) == STATUS_OK &&
        claim_tell_setup(database, arena, "POST", options->print_spool != NULL) == STATUS_OK;
    if (!told)
        *problem = str_copy(arena, database_problem(database));
    database_close(database);
    return told;
}

static bool open_sweeper(struct outbox *outbox, const struct outbox_options *options,
                         struct arena *arena, struct str *problem)
{
    outbox->sweeping = database_open(options->address, arena, problem);
    if (outbox->sweeping != NULL)
        database_set_timeout(outbox->sweeping, STATEMENT_MS);
    return outbox->sweeping != NULL;
}

static void start_thread(pthread_t *thread, void *(*run_it)(void *), void *context)
{
    if (pthread_create(thread, NULL, run_it, context) != 0) {
        log_event(LOG_ERROR, "a thread of the outbox cannot be started", NULL);
        abort();
    }
}

static void start_threads(struct outbox *outbox)
{
    sigset_t all, before;
    sigfillset(&all); /* signals are for the thread that waits for them */
    pthread_sigmask(SIG_SETMASK, &all, &before);
    for (uint32_t i = 0; i < outbox->count; i++)
        start_thread(&outbox->senders[i].thread, run, &outbox->senders[i]);
    start_thread(&outbox->sweeper, sweep, outbox);
    pthread_sigmask(SIG_SETMASK, &before, NULL);
}

static void close_connections(struct outbox *outbox)
{
    for (uint32_t i = 0; i < outbox->count; i++)
        database_close(outbox->senders[i].database);
    database_close(outbox->sweeping);
}

struct outbox *outbox_start(const struct outbox_options *options, struct arena *arena,
                            struct str *problem)
{
    struct outbox *outbox = arena_new(arena, struct outbox);
    outbox->policy = (struct outbox_policy){.attempts = options->attempts,
                                            .pause_s = options->pause_s,
                                            .timeout_s = options->timeout_s,
                                            .vault = options->vault};
    pthread_mutex_init(&outbox->mutex, NULL);
    pthread_cond_init(&outbox->stops, NULL);
    curl_global_init(CURL_GLOBAL_DEFAULT);
    if (!tell_setup(options, arena, problem) || !open_ways(outbox, options, arena, problem) ||
        !open_sweeper(outbox, options, arena, problem)) {
        close_connections(outbox);
        return NULL;
    }
    start_threads(outbox);
    return outbox;
}

void outbox_stop(struct outbox *outbox)
{
    pthread_mutex_lock(&outbox->mutex);
    __atomic_store_n(&outbox->stopping, true, __ATOMIC_RELAXED);
    pthread_cond_broadcast(&outbox->stops);
    pthread_mutex_unlock(&outbox->mutex);
    for (uint32_t i = 0; i < outbox->count; i++)
        pthread_join(outbox->senders[i].thread, NULL);
    pthread_join(outbox->sweeper, NULL);
    close_connections(outbox);
    pthread_cond_destroy(&outbox->stops);
    pthread_mutex_destroy(&outbox->mutex);
}

void outbox_tell_metrics(const struct outbox *outbox, struct buf *out)
{
    static const char name[] = "dossier_outbox_attempts_total";
    static const char *const results[RESULTS] = {[RESULT_SENT] = "sent",
                                                 [RESULT_LATER] = "later",
                                                 [RESULT_NEVER] = "never",
                                                 [RESULT_UNKNOWN] = "unknown"};
    metrics_family(out, name, "counter", "Attempts to deliver messages, by what came of them.");
    for (uint32_t i = 0; i < outbox->count; i++) {
        const struct sender *sender = &outbox->senders[i];
        for (int result = 0; result < RESULTS; result++) {
            const char *labels = str_printf(out->arena, "channel=\"%s\",result=\"%s\"",
                                            sender->way->channel, results[result])
                                     .at;
            metrics_sample(out, name, labels, counter_read(&sender->results[result]));
        }
    }
}

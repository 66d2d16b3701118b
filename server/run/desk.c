/* desk: statements that wait together leave together. */
#include "run/desk.h"

#include "base/loop.h"
#include "base/metrics.h"
#include "base/viewer.h"
#include "run/batch.h"
#include "run/trip.h"

enum {
    ERRANDS_TOGETHER = 64, /* in one statement */
    BURST_STATEMENTS = 32,
    BURSTS_AT_ONCE = 2, /* not counting slow ones: fewer gather more, one would leave MariaDB idle
                           while we write */
    SLOW_MS = 10,
};

void desk_init(struct desk *desk, struct source *source, struct loop *loop, uint32_t capacity)
{
    *desk = (struct desk){
        .source = source,
        .loop = loop,
        .capacity = capacity < DESK_BURSTS ? capacity : DESK_BURSTS,
    };
}

/* ---- the queues ---- */

static void queue_add(struct errand_queue *queue, struct errand *errand)
{
    errand->next = NULL;
    if (queue->last == NULL)
        queue->first = errand;
    else
        queue->last->next = errand;
    queue->last = errand;
}

/* Searches and lists without a parent: nobody knows how long they take. */
static bool goes_alone(const struct errand *errand)
{
    return errand->key_count == 0 || errand->batch->fetch->binding->predicate != NULL;
}

/* ---- which errands go together ---- */

static bool same_rows(const struct viewer *a, const struct viewer *b)
{
    return a->kind == b->kind && a->scope_id == b->scope_id &&
           str_equal(a->scope_path, b->scope_path);
}

static bool same_page(const struct errand *a, const struct errand *b)
{
    uint32_t index = a->batch->fetch->index;
    const struct page *first = &a->batch->run->pages[index], *second = &b->batch->run->pages[index];
    return first->limit == second->limit && first->backward == second->backward &&
           first->cursor == NULL && second->cursor == NULL && order_equal(first, second);
}

/* Everything but the keys is equal, so one text and one set of other parameters serves both. */
static bool may_join(const struct errand *a, const struct errand *b)
{
    const struct fetch *fetch = a->batch->fetch;
    return fetch == b->batch->fetch && a->batch->deep == b->batch->deep && a->key_count > 0 &&
           b->key_count > 0 &&
           same_rows(a->batch->run->call->viewer, b->batch->run->call->viewer) && same_page(a, b) &&
           narrow_equal(&a->batch->run->predicates[fetch->index],
                        &b->batch->run->predicates[fetch->index]) &&
           moment_equal(a->batch, b->batch) && merge_equal(a->batch, b->batch) &&
           history_equal(a->batch, b->batch);
}

/* Takes the first errand out of the queue, and all that may go with it, as a list. */
static struct errand *take_group(struct errand_queue *queue, uint32_t *errand_count)
{
    struct errand *group = queue->first;
    uint32_t limit = statement_chunk(group->batch), key_count = group->key_count;
    queue->first = group->next;
    struct errand **tail = &group->next;
    struct errand *last = NULL;
    *errand_count = 1;
    for (struct errand **link = &queue->first; *link != NULL;) {
        struct errand *errand = *link;
        if (*errand_count == ERRANDS_TOGETHER || key_count + errand->key_count > limit ||
            !may_join(group, errand)) {
            link = &errand->next;
            last = errand;
            continue;
        }
        *link = errand->next;
        *tail = errand;
        tail = &errand->next;
        key_count += errand->key_count;
        ++*errand_count;
    }
    *tail = NULL;
    queue->last = last;
    return group;
}

/* Errands of abandoned calls come back without rows: nobody reads them. */
static void drop_abandoned(struct errand_queue *queue)
{
    struct errand *dropped = NULL;
    queue->last = NULL;
    for (struct errand **link = &queue->first; *link != NULL;) {
        struct errand *errand = *link;
        if (!errand->batch->run->call_abandoned) {
            queue->last = errand;
            link = &errand->next;
            continue;
        }
        *link = errand->next;
        errand->next = dropped;
        dropped = errand;
    }
    while (dropped != NULL) {
        struct errand *errand = dropped;
        dropped = errand->next;
        errand->chunk->on_rows(errand->chunk); /* the call may be gone behind this */
    }
}

/* ---- leaving ---- */

static void leave(struct desk *desk);

static void on_impatient(void *context)
{
    struct desk *desk = context;
    desk->impatient = NULL;
    leave(desk);
}

static void on_end_of_turn(void *context)
{
    struct desk *desk = context;
    desk->leaving = NULL;
    leave(desk);
}

static void leave_soon(struct desk *desk)
{
    bool waits = desk->waiting.first != NULL || desk->waiting_alone.first != NULL;
    if (waits && desk->leaving == NULL)
        desk->leaving = desk->loop->ops->timer(desk->loop, 0, on_end_of_turn, desk);
}

static void on_rows(struct source_request *request)
{
    struct trip *trip = request->context;
    struct desk *desk = trip->desk;
    struct burst *burst = trip->burst;
    *trip->link = trip->next;
    if (trip->next != NULL)
        trip->next->link = trip->link;
    trip_return(trip);
    if (burst != NULL)
        burst->open--;
    leave_soon(desk);
}

static void count_errands(struct desk *desk, uint32_t errand_count)
{
    uint32_t step = 0;
    while (1u << step < errand_count && step + 1 < TOGETHER_STEPS)
        step++;
    counter_add(&desk->together[step], 1);
    counter_add(&desk->statements, 1);
}

static void start_trip(struct desk *desk, struct trip *trip, struct burst *burst)
{
    trip->desk = desk;
    trip->burst = burst;
    trip->request.on_rows = on_rows;
    trip->next = desk->trips;
    trip->link = &desk->trips;
    if (trip->next != NULL)
        trip->next->link = &trip->next;
    desk->trips = trip;
    if (desk->source->start(desk->source, &trip->request))
        on_rows(&trip->request);
}

static void send_group(struct desk *desk, struct burst *burst, struct errand_queue *queue)
{
    uint32_t errand_count;
    struct trip *trip = trip_create(take_group(queue, &errand_count));
    count_errands(desk, errand_count);
    burst->open++;
    start_trip(desk, trip, burst);
}

/* A session has its own connection, or waits for one: were its statements part of bursts, those
 * that wait would be in the way of those that have one, for ever. */
static void send_alone(struct desk *desk, struct errand *errand)
{
    errand->next = NULL;
    count_errands(desk, 1);
    start_trip(desk, trip_create(errand), NULL);
}

/* The place of a burst that may leave now; NULL: there is none. */
static struct burst *free_burst(struct desk *desk, bool alone)
{
    uint64_t now_ms = desk->loop->ops->now_ms(desk->loop);
    struct burst *free = NULL;
    uint32_t busy = 0, quick = 0;
    for (uint32_t i = 0; i < desk->capacity; i++) {
        struct burst *burst = &desk->bursts[i];
        if (burst->open == 0) {
            free = burst;
            continue;
        }
        busy++;
        quick += !burst->alone && now_ms - burst->left_ms < SLOW_MS;
    }
    bool may = alone ? busy + 1 < desk->capacity || busy == 0 : quick < BURSTS_AT_ONCE;
    if (free == NULL || !may)
        return NULL;
    *free = (struct burst){.alone = alone, .left_ms = now_ms};
    return free;
}

static void leave(struct desk *desk)
{
    struct burst *burst;
    drop_abandoned(&desk->waiting);
    drop_abandoned(&desk->waiting_alone);
    while (desk->waiting_alone.first != NULL && (burst = free_burst(desk, true)) != NULL) {
        counter_add(&desk->bursts_left, 1);
        send_group(desk, burst, &desk->waiting_alone);
    }
    while (desk->waiting.first != NULL && (burst = free_burst(desk, false)) != NULL) {
        counter_add(&desk->bursts_left, 1);
        for (uint32_t i = 0; i < BURST_STATEMENTS && desk->waiting.first != NULL; i++)
            send_group(desk, burst, &desk->waiting);
    }
    if (desk->waiting.first != NULL && desk->impatient == NULL)
        desk->impatient = desk->loop->ops->timer(desk->loop, SLOW_MS, on_impatient, desk);
}

void desk_send(struct desk *desk, struct errand *errand)
{
    counter_add(&desk->errands, 1);
    if (errand->batch->run->session != NULL) {
        send_alone(desk, errand);
        return;
    }
    queue_add(goes_alone(errand) ? &desk->waiting_alone : &desk->waiting, errand);
    leave_soon(desk);
}

/* ---- the end ---- */

void desk_abandon(struct desk *desk)
{
    for (struct trip *trip = desk->trips; trip != NULL; trip = trip->next) {
        if (trip->given_up || !trip_is_in_vain(trip))
            continue;
        trip->given_up = true;
        desk->source->abandon(desk->source, &trip->request);
    }
    leave_soon(desk);
}

static void refuse_all(struct errand_queue *queue)
{
    while (queue->first != NULL) {
        struct source_request *chunk = queue->first->chunk;
        queue->first = queue->first->next;
        chunk->status = STATUS_UNAVAILABLE;
        chunk->problem = STR("the server is ending");
        chunk->on_rows(chunk);
    }
    queue->last = NULL;
}

void desk_close(struct desk *desk)
{
    if (desk->leaving != NULL)
        desk->loop->ops->timer_cancel(desk->leaving);
    if (desk->impatient != NULL)
        desk->loop->ops->timer_cancel(desk->impatient);
    desk->leaving = desk->impatient = NULL;
    refuse_all(&desk->waiting);
    refuse_all(&desk->waiting_alone);
}

/* immediate_loop: one timer that is due at once is all that a call without sockets needs. */
#include "immediate_loop.h"

#include <assert.h>
#include <stddef.h>

static struct loop_timer *take_timer(struct loop *super, uint64_t timeout_ms,
                                     void (*on_due)(void *context), void *context)
{
    struct immediate_loop *loop = (struct immediate_loop *)super;
    assert(timeout_ms == 0 && loop->due == NULL);
    loop->due = on_due;
    loop->context = context;
    return NULL;
}

static const struct loop_ops immediate_ops = {.timer = take_timer};

void immediate_loop_init(struct immediate_loop *loop)
{
    *loop = (struct immediate_loop){.super = {.ops = &immediate_ops}};
}

void immediate_loop_run(struct immediate_loop *loop)
{
    while (loop->due != NULL) {
        void (*due)(void *context) = loop->due;
        loop->due = NULL;
        due(loop->context);
    }
}

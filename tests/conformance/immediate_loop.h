/* immediate_loop: a loop without sockets, for runs whose sources are all in memory. */
#pragma once

#include "base/loop.h"

struct immediate_loop {
    struct loop super;
    void (*due)(void *context);
    void *context;
};

void immediate_loop_init(struct immediate_loop *loop);

/* Calls what waits for its turn, until nothing does. */
void immediate_loop_run(struct immediate_loop *loop);

/* network: who sets up, changes and ends what was ordered, behind a few functions.
 *
 * Shipped is a simulator (simulator.h). Another network is another struct of functions. They are
 * called by the provisioner, within a transaction, so they answer at once: what takes time goes on
 * elsewhere, and is asked for by poll(). A call may come again with the same job and attempt when
 * the server ended between the call and its commit; it is the same work then, not another one.
 */
#pragma once

#include "base/str.h"
#include <stdint.h>

enum network_answer {
    NETWORK_WORKING, /* it goes on */
    NETWORK_DONE,
    NETWORK_REFUSED, /* it will not be, for the reason */
    NETWORK_ASKS,    /* it needs to be told something first */
    NETWORK_SILENT,  /* no answer came */
    NETWORK_TOO_LATE /* of cancel(): it cannot be undone any more */
};

struct network_job {
    struct str order; /* its number, of a port its key: with the position it tells jobs apart */
    int64_t position;
    int64_t attempt;     /* from 1: higher when it is tried again */
    struct str action;   /* ADD, MODIFY, DELETE; of ports PORT_IN, PORT_OUT */
    struct str offering; /* its code; of ports the other operator */
    struct str service;  /* number or line; empty: none */
    int64_t elapsed_ms;  /* since start() was called; 0 in start() */
    /* A value of the schema's OrderReason, of ports of PortReason: with REFUSED and ASKS. */
    const char *reason;
};

/* The positions of a port: whether the number may move, and on its day that it does. */
enum { NETWORK_PORT_ASKED = 1, NETWORK_PORT_MOVES };

struct network {
    const char *name; /* for the log */
    void *own;
    enum network_answer (*start)(void *own, struct network_job *job);
    enum network_answer (*poll)(void *own, struct network_job *job);
    enum network_answer (*cancel)(void *own, struct network_job *job);
    int64_t pace_ms;     /* how long to wait before it is asked again */
    int64_t patience_ms; /* of silence, until the order is held */
};

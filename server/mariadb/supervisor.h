/* supervisor: keeps one child process running until told to stop, started again when it dies, as
 * long as there is hope that it gets ready. */
#pragma once

#include "process.h"

struct supervisor;

struct supervisor_options {
    const char *name; /* for the log */
    const struct process_user *user;
    const char *const *arguments; /* ended by NULL; must stay */
    const char *output;           /* a file */
    uint32_t stop_timeout_ms;     /* after which SIGTERM becomes SIGKILL */
    const char *ready_file;       /* the child makes it once it is ready */
    /* Called by the supervisor's thread, once, when the child has ended time after time without
     * ever being ready: it is not started any more. */
    void (*gave_up)(void *context);
    void *context;
};

/* The thread that starts the child must live as long as it, so it is the supervisor's own. */
struct supervisor *supervisor_start(const struct supervisor_options *options);

/* How often the child has ended so far, unasked. */
unsigned supervisor_deaths(struct supervisor *supervisor);

/* True: the child is not started again any more. */
bool supervisor_gave_up(struct supervisor *supervisor);

/* 0: it is not running at the moment. */
pid_t supervisor_pid(struct supervisor *supervisor);

/* Asks the child to end, waits until it has, and gives everything back. */
void supervisor_stop(struct supervisor *supervisor);

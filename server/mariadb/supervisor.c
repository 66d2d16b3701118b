/* supervisor: a thread that starts a child, waits for its end, pauses and starts it again. */
#include "supervisor.h"

#include "base/clock.h"
#include "base/log.h"
#include <assert.h>
#include <errno.h>
#include <pthread.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum {
    PAUSE_FIRST_MS = 100,
    PAUSE_LONGEST_MS = 15000,
    STEADY_MS = 60000,
    VAIN_STARTS_AT_MOST = 5, /* one after the other; what fails so often fails for ever */
};

struct supervisor {
    struct supervisor_options options;
    pthread_t thread;
    pthread_mutex_t mutex;
    pthread_cond_t changed; /* stopping, or ended */
    bool stopping;
    bool ended; /* the thread is done */
    pid_t pid;  /* never that of a process already waited for: signals go to the right one */
    unsigned deaths;
    unsigned vain_starts; /* since the child was ready */
};

static struct timespec in_ms(uint32_t ms)
{
    struct timespec when;
    clock_gettime(CLOCK_MONOTONIC, &when);
    when.tv_sec += ms / 1000;
    when.tv_nsec += (long)(ms % 1000) * 1000000;
    if (when.tv_nsec >= 1000000000) {
        when.tv_sec++;
        when.tv_nsec -= 1000000000;
    }
    return when;
}

static bool has_hope(const struct supervisor *supervisor)
{
    return supervisor->vain_starts < VAIN_STARTS_AT_MOST;
}

static void report(const struct supervisor *supervisor, const siginfo_t *end)
{
    const char *how = end->si_code == CLD_EXITED ? log_format("exit status %d", end->si_status)
                                                 : log_format("signal %d", end->si_status);
    log_event(LOG_ERROR,
              has_hope(supervisor) ? "a child process died and is started again"
                                   : "a child process died again and again without being ready",
              "name", supervisor->options.name, "how", how, "output", supervisor->options.output,
              NULL);
}

static void count_death(struct supervisor *supervisor)
{
    supervisor->deaths++;
    bool was_ready = access(supervisor->options.ready_file, F_OK) == 0;
    supervisor->vain_starts = was_ready ? 0 : supervisor->vain_starts + 1;
}

/* The child stays a zombie until its pid is taken back under the lock: nobody signals a stranger.
 */
static void wait_for_end(struct supervisor *supervisor, pid_t pid)
{
    siginfo_t end = {0};
    while (waitid(P_PID, (id_t)pid, &end, WEXITED | WNOWAIT) < 0 && errno == EINTR)
        ;
    pthread_mutex_lock(&supervisor->mutex);
    waitpid(pid, NULL, 0);
    supervisor->pid = 0;
    if (!supervisor->stopping) {
        count_death(supervisor);
        report(supervisor, &end);
    }
    pthread_mutex_unlock(&supervisor->mutex);
}

/* False when it is time to stop. */
static bool start_child(struct supervisor *supervisor)
{
    pthread_mutex_lock(&supervisor->mutex);
    bool starts = !supervisor->stopping && has_hope(supervisor);
    if (starts) {
        const struct supervisor_options *options = &supervisor->options;
        unlink(options->ready_file); /* of a child that was killed */
        pid_t pid = process_start(options->user, options->arguments, options->output);
        if (pid < 0) {
            count_death(supervisor);
            log_event(LOG_ERROR, "a child process could not be started", "name", options->name,
                      "errno", log_format("%d", errno), NULL);
        }
        supervisor->pid = pid < 0 ? 0 : pid;
    }
    pthread_mutex_unlock(&supervisor->mutex);
    return starts;
}

static void pause_for(struct supervisor *supervisor, uint32_t pause_ms)
{
    struct timespec until = in_ms(pause_ms);
    pthread_mutex_lock(&supervisor->mutex);
    while (!supervisor->stopping &&
           pthread_cond_timedwait(&supervisor->changed, &supervisor->mutex, &until) == 0)
        ;
    pthread_mutex_unlock(&supervisor->mutex);
}

bool supervisor_gave_up(struct supervisor *supervisor)
{
    pthread_mutex_lock(&supervisor->mutex);
    bool gave_up = !has_hope(supervisor);
    pthread_mutex_unlock(&supervisor->mutex);
    return gave_up;
}

static void *supervise(void *context)
{
    struct supervisor *supervisor = context;
    uint32_t pause_ms = PAUSE_FIRST_MS;
    while (start_child(supervisor)) {
        int64_t started_ms = (int64_t)clock_ms();
        if (supervisor->pid != 0)
            wait_for_end(supervisor, supervisor->pid);
        if ((int64_t)clock_ms() - started_ms >= STEADY_MS)
            pause_ms = PAUSE_FIRST_MS;
        pause_for(supervisor, pause_ms);
        pause_ms = pause_ms * 2 > PAUSE_LONGEST_MS ? PAUSE_LONGEST_MS : pause_ms * 2;
    }
    if (supervisor_gave_up(supervisor))
        supervisor->options.gave_up(supervisor->options.context);
    pthread_mutex_lock(&supervisor->mutex);
    supervisor->ended = true;
    pthread_cond_signal(&supervisor->changed);
    pthread_mutex_unlock(&supervisor->mutex);
    return NULL;
}

struct supervisor *supervisor_start(const struct supervisor_options *options)
{
    struct supervisor *supervisor = calloc(1, sizeof(*supervisor));
    if (supervisor == NULL)
        abort();
    supervisor->options = *options;
    pthread_condattr_t attributes;
    pthread_condattr_init(&attributes);
    pthread_condattr_setclock(&attributes, CLOCK_MONOTONIC);
    pthread_cond_init(&supervisor->changed, &attributes);
    pthread_condattr_destroy(&attributes);
    pthread_mutex_init(&supervisor->mutex, NULL);
    /* Signals to the program are for the thread that waits for them. */
    sigset_t all, before;
    sigfillset(&all);
    pthread_sigmask(SIG_SETMASK, &all, &before);
    int failed = pthread_create(&supervisor->thread, NULL, supervise, supervisor);
    pthread_sigmask(SIG_SETMASK, &before, NULL);
    assert(failed == 0);
    return supervisor;
}

unsigned supervisor_deaths(struct supervisor *supervisor)
{
    pthread_mutex_lock(&supervisor->mutex);
    unsigned deaths = supervisor->deaths;
    pthread_mutex_unlock(&supervisor->mutex);
    return deaths;
}

pid_t supervisor_pid(struct supervisor *supervisor)
{
    pthread_mutex_lock(&supervisor->mutex);
    pid_t pid = supervisor->pid;
    pthread_mutex_unlock(&supervisor->mutex);
    return pid;
}

static void signal_child(struct supervisor *supervisor, int number)
{
    pthread_mutex_lock(&supervisor->mutex);
    supervisor->stopping = true;
    pthread_cond_signal(&supervisor->changed);
    if (supervisor->pid != 0)
        kill(supervisor->pid, number);
    pthread_mutex_unlock(&supervisor->mutex);
}

static bool wait_for_thread(struct supervisor *supervisor)
{
    struct timespec until = in_ms(supervisor->options.stop_timeout_ms);
    pthread_mutex_lock(&supervisor->mutex);
    while (!supervisor->ended &&
           pthread_cond_timedwait(&supervisor->changed, &supervisor->mutex, &until) == 0)
        ;
    bool ended = supervisor->ended;
    pthread_mutex_unlock(&supervisor->mutex);
    return ended;
}

void supervisor_stop(struct supervisor *supervisor)
{
    if (supervisor == NULL)
        return;
    signal_child(supervisor, SIGTERM);
    if (!wait_for_thread(supervisor)) {
        log_event(LOG_WARN, "a child process does not end and is killed", "name",
                  supervisor->options.name, NULL);
        signal_child(supervisor, SIGKILL);
    }
    pthread_join(supervisor->thread, NULL);
    pthread_mutex_destroy(&supervisor->mutex);
    pthread_cond_destroy(&supervisor->changed);
    free(supervisor);
}

/* actor: a worker's own connection and engine, and the end of each of its transactions. */
#include "act/internal.h"

#include "base/log.h"
#include "run/engine.h"
#include <stdlib.h>

/* All that was selected of what a mutation did is known. */
static struct settled settle(void *writer)
{
    struct actor *actor = writer;
    struct settled settled = {.status = STATUS_OK};
    if (!actor->open)
        return settled;
    actor->open = false;
    if (actor->dry_run) {
        database_rollback(actor->database);
    } else {
        settled.status = database_commit(actor->database);
        if (settled.status != STATUS_OK)
            database_rollback(actor->database);
        settled.again = settled.status == STATUS_CONFLICT && ++actor->attempts < ATTEMPTS;
    }
    if (!settled.again)
        actor->attempts = 0;
    return settled;
}

struct actor *actor_open(struct engine *engine, const struct database_address *address,
                         struct arena *arena, struct str *problem)
{
    struct database *database = database_open(address, arena, problem);
    if (database == NULL)
        return NULL;
    struct actor *actor = calloc(1, sizeof(*actor));
    if (actor == NULL) {
        log_event(LOG_ERROR, "out of memory", NULL);
        abort();
    }
    database_set_timeout(database, STATEMENT_MS);
    actor->database = database;
    actor->engine = engine_loop_create_waiting(engine, database, settle, actor);
    return actor;
}

struct engine_loop *actor_engine(struct actor *actor)
{
    return actor->engine;
}

void actor_close(struct actor *actor)
{
    engine_loop_destroy(actor->engine);
    database_close(actor->database);
    free(actor);
}

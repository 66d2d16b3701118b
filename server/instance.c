/* instance: the database that a command works with. */
#include "instance.h"

#include "config.h"
#include "database_url.h"
#include "mariadb/private.h"
#include <signal.h>
#include <unistd.h>

/* Without its database a server has nothing to serve: it ends in good order, and whoever started it
 * learns why. */
static void end_ourselves(void)
{
    kill(getpid(), SIGTERM);
}

bool instance_open(struct instance *instance, struct arena *arena, const struct config *config,
                   enum instance_use use, struct str *problem)
{
    *instance = (struct instance){0};
    if (config->database != NULL) {
        if (!database_url_read(&instance->application, arena, str_of(config->database), problem))
            return false;
        instance->migration = instance->application;
        return true;
    }
    const struct private_options options = {.folder = config->data,
                                            .memory_mb = config->database_memory_mb,
                                            .join = use != INSTANCE_SERVES,
                                            .loads = use == INSTANCE_LOADS,
                                            .on_loss =
                                                use == INSTANCE_SERVES ? end_ourselves : NULL};
    instance->private_mariadb = private_start(&options, arena, problem);
    if (instance->private_mariadb == NULL)
        return false;
    instance->application = *private_application(instance->private_mariadb);
    instance->migration = *private_migration(instance->private_mariadb);
    return true;
}

bool instance_is_lost(const struct instance *instance, struct arena *arena, struct str *problem)
{
    return instance->private_mariadb != NULL &&
           private_is_lost(instance->private_mariadb, arena, problem);
}

void instance_close(struct instance *instance)
{
    if (instance->private_mariadb != NULL)
        private_stop(instance->private_mariadb);
    instance->private_mariadb = NULL;
}

/* instance: the database that a command works with. */
#include "instance.h"

#include "config.h"
#include "database_url.h"
#include "mariadb/private.h"

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
                                            .loads = use == INSTANCE_LOADS};
    instance->private_mariadb = private_start(&options, arena, problem);
    if (instance->private_mariadb == NULL)
        return false;
    instance->application = *private_application(instance->private_mariadb);
    instance->migration = *private_migration(instance->private_mariadb);
    return true;
}

void instance_close(struct instance *instance)
{
    if (instance->private_mariadb != NULL)
        private_stop(instance->private_mariadb);
    instance->private_mariadb = NULL;
}

/* chores: what fills a database, as steps that commands are made of. */
#include "chores.h"

#include "base/arena.h"
#include "config.h"
#include "db/chore.h"
#include "db/dates.h"
#include "db/demo/demo.h"
#include "db/import/telco.h"
#include "db/search_sieves.h"
#include "db/tabs.h"
#include "db/usage_partitions.h"
#include "db/user.h"
#include "instance.h"
#include "mail/mail_read.h"
#include "mariadb/migrations.h"
#include "resolvers/mail_receive.h"
#include "rules.h"
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>

/* On standard error: the output of a command may be read by a program. */
static void print_line(void *context, struct str line)
{
    fprintf(stderr, STR_FMT "\n", STR_ARG(line));
}

bool chores_migrate(const struct config *config, struct instance *instance, struct arena *arena,
                    struct str *problem)
{
    struct database *database = database_open(&instance->migration, arena, problem);
    if (database == NULL)
        return false;
    const struct migrations migrations = {
        .folder = config_share_path(config, arena, "db/migrations"),
        .tell = print_line,
    };
    struct chore chore = {.database = database, .arena = arena, .tell = print_line};
    enum status status = migrations_apply(&migrations, database, arena, problem);
    if (status == STATUS_OK) {
        status = usage_partitions_make(&chore, dates_today());
        *problem = chore.problem;
    }
    database_close(database);
    return status == STATUS_OK;
}

/* Ctrl-C and SIGTERM are kept back from all threads (main.c), so what came waits to be seen. */
static bool asked_to_end(void)
{
    sigset_t pending;
    return sigpending(&pending) == 0 &&
           (sigismember(&pending, SIGINT) == 1 || sigismember(&pending, SIGTERM) == 1);
}

/* What one chore does with a connection. */
typedef enum status chore_function(struct chore *chore, const struct config *config);

static bool run(chore_function *function, const struct config *config, struct instance *instance,
                struct arena *arena, struct str *problem)
{
    struct chore chore = {
        .database = database_open(&instance->application, arena, problem),
        .arena = arena,
        .tell = print_line,
        .asked_to_end = asked_to_end,
    };
    if (chore.database == NULL)
        return false;
    enum status status = function(&chore, config);
    database_close(chore.database);
    if (status != STATUS_OK)
        *problem = chore.problem.len > 0 ? chore.problem : str_of(status_meaning(status));
    return status == STATUS_OK;
}

static enum status load_tabs(struct chore *chore, const struct config *config)
{
    return tabs_load(chore, config_share_path(config, chore->arena, "db/tabs"));
}

bool chores_load_tabs(const struct config *config, struct instance *instance, struct arena *arena,
                      struct str *problem)
{
    return run(load_tabs, config, instance, arena, problem);
}

static enum status make_sieves(struct chore *chore, const struct config *config)
{
    (void)config;
    return search_sieves_make(chore);
}

bool chores_make_sieves(const struct config *config, struct instance *instance, struct arena *arena,
                        struct str *problem)
{
    return run(make_sieves, config, instance, arena, problem);
}

static enum status load_demo(struct chore *chore, const struct config *config)
{
    int64_t day = 0;
    if (config->demo_day != NULL && !dates_read(config->demo_day, &day))
        return chore_fail(chore, STATUS_INVALID, "--day must be a day like 2026-10-01, not \"%s\"",
                          config->demo_day);
    const struct demo_options options = {
        .customers = config->demo_customers,
        .day = day,
        .access_path = config_data_path(config, chore->arena, "demo-access.json"),
        .keys_path = config_data_path(config, chore->arena, "keys"),
    };
    return demo_load(chore, &options);
}

bool chores_load_demo(const struct config *config, struct instance *instance, struct arena *arena,
                      struct str *problem)
{
    return run(load_demo, config, instance, arena, problem);
}

static enum status import(struct chore *chore, const struct config *config)
{
    if (config->argument_count != 2 || strcmp(config->arguments[0], "telco") != 0)
        return chore_fail(chore, STATUS_INVALID,
                          "say what to import and from where: dossier import telco FILE");
    return telco_import(chore, config->arguments[1], dates_today());
}

bool chores_import(const struct config *config, struct instance *instance, struct arena *arena,
                   struct str *problem)
{
    return run(import, config, instance, arena, problem);
}

static enum status make_user(struct chore *chore, const struct config *config)
{
    const char *const *words = config->arguments;
    struct str password;
    char *end = NULL;
    long long partner = config->argument_count == 3 ? strtoll(words[2], &end, 10) : 0;
    bool understood =
        config->argument_count == 2 || (config->argument_count == 3 && *end == '\0' && partner > 0);
    if (!understood)
        return chore_fail(
            chore, STATUS_INVALID,
            "say who and what they may do: dossier user LOGIN ROLE [PARTNER], the last "
            "being the number of the partner they work for");
    const struct new_user user = {
        .login = str_of(words[0]), .role = str_of(words[1]), .partner_id = partner};
    TRY(user_make(chore, &user, &password));
    printf(STR_FMT "\n", STR_ARG(password));
    chore_tell(chore, "%s may sign in with this password; it cannot be shown again", words[0]);
    return STATUS_OK;
}

bool chores_make_user(const struct config *config, struct instance *instance, struct arena *arena,
                      struct str *problem)
{
    return run(make_user, config, instance, arena, problem);
}

bool chores_rule(const struct config *config, struct instance *instance, struct arena *arena,
                 struct str *problem)
{
    return run(rules_command, config, instance, arena, problem);
}

/* One byte more than is allowed, so that what is too much is noticed. */
static struct str read_standard_input(struct arena *arena)
{
    char *bytes = arena_text(arena, MAIL_BYTES_MAX + 1);
    return (struct str){.at = bytes, .len = fread(bytes, 1, MAIL_BYTES_MAX + 1, stdin)};
}

static enum status receive_mail(struct chore *chore, const struct config *config)
{
    struct str said = {0};
    (void)config;
    enum status status =
        mail_receive(chore->database, chore->arena, read_standard_input(chore->arena), &said);
    if (status != STATUS_OK)
        return chore_fail(chore, status, STR_FMT, STR_ARG(said));
    chore_tell(chore, STR_FMT, STR_ARG(said));
    return STATUS_OK;
}

bool chores_receive_mail(const struct config *config, struct instance *instance,
                         struct arena *arena, struct str *problem)
{
    return run(receive_mail, config, instance, arena, problem);
}

/* main: the commands of `dossier`, a table of contents. */
#include "api.h"
#include "base/arena.h"
#include "base/buf.h"
#include "base/log.h"
#include "chores.h"
#include "config.h"
#include "doctor.h"
#include "graphql/printer.h"
#include "instance.h"
#include "plans.h"
#include "serve.h"
#include <signal.h>
#include <sodium.h>
#include <stdio.h>
#include <sys/resource.h>

/* False with the reason in *problem. */
typedef bool command_function(const struct config *config, struct arena *arena,
                              struct str *problem);
typedef bool step_function(const struct config *config, struct instance *instance,
                           struct arena *arena, struct str *problem);

static bool with_instance(step_function *step, enum instance_use use, const struct config *config,
                          struct arena *arena, struct str *problem)
{
    struct instance instance;
    bool done = instance_open(&instance, arena, config, use, problem) &&
                chores_migrate(config, &instance, arena, problem) &&
                step(config, &instance, arena, problem);
    instance_close(&instance);
    return done;
}

/* One step on an up-to-date database. */
static bool with_database(step_function *step, const struct config *config, struct arena *arena,
                          struct str *problem)
{
    return with_instance(step, INSTANCE_CHORE, config, arena, problem);
}

static bool nothing_more(const struct config *config, struct instance *instance,
                         struct arena *arena, struct str *problem)
{
    return true;
}

static bool migrate(const struct config *config, struct arena *arena, struct str *problem)
{
    return with_database(nothing_more, config, arena, problem);
}

static bool tabs(const struct config *config, struct arena *arena, struct str *problem)
{
    return with_database(chores_load_tabs, config, arena, problem);
}

static bool sieves(const struct config *config, struct arena *arena, struct str *problem)
{
    return with_database(chores_make_sieves, config, arena, problem);
}

static bool load_tabs_and_demo(const struct config *config, struct instance *instance,
                               struct arena *arena, struct str *problem)
{
    return chores_load_tabs(config, instance, arena, problem) &&
           chores_load_demo(config, instance, arena, problem);
}

static bool demo(const struct config *config, struct arena *arena, struct str *problem)
{
    enum { A_LOT = 10000 };
    return with_instance(load_tabs_and_demo,
                         config->demo_customers > A_LOT ? INSTANCE_LOADS : INSTANCE_CHORE, config,
                         arena, problem);
}

static bool import(const struct config *config, struct arena *arena, struct str *problem)
{
    return with_database(chores_import, config, arena, problem);
}

static bool user(const struct config *config, struct arena *arena, struct str *problem)
{
    return with_database(chores_make_user, config, arena, problem);
}

static bool rule(const struct config *config, struct arena *arena, struct str *problem)
{
    return with_database(chores_rule, config, arena, problem);
}

static bool mail(const struct config *config, struct arena *arena, struct str *problem)
{
    if (config->argument_count == 1 && strcmp(config->arguments[0], "receive") == 0)
        return with_database(chores_receive_mail, config, arena, problem);
    *problem = STR("say what to do with it: dossier mail receive < FILE");
    return false;
}

static bool load_schema(struct loaded_schema *loaded, const struct config *config,
                        struct instance *instance, struct arena *arena, struct str *problem)
{
    struct rights rights;
    struct database *database = database_open(&instance->application, arena, problem);
    bool loads =
        database != NULL && api_load_schema(loaded, &rights, arena, config, database, problem);
    if (database != NULL)
        database_close(database);
    return loads;
}

static bool print_for_clients(const struct config *config, struct instance *instance,
                              struct arena *arena, struct str *problem)
{
    struct loaded_schema loaded;
    struct buf buf;
    if (!load_schema(&loaded, config, instance, arena, problem))
        return false;
    buf_init(&buf, arena, 64 * 1024);
    print_schema(&buf, loaded.schema, UINT64_MAX);
    fwrite(buf.at, 1, buf.len, stdout);
    return true;
}

static bool print_proof(const struct config *config, struct instance *instance, struct arena *arena,
                        struct str *problem)
{
    struct loaded_schema loaded;
    struct buf buf;
    if (!load_schema(&loaded, config, instance, arena, problem))
        return false;
    buf_init(&buf, arena, 4096);
    proof_print(loaded.schema, &buf);
    fwrite(buf.at, 1, buf.len, stdout);
    return true;
}

static bool schema(const struct config *config, struct arena *arena, struct str *problem)
{
    const char *what = config->argument_count == 0 ? "" : config->arguments[0];
    if (strcmp(what, "print") == 0 && config->argument_count == 1)
        return with_database(print_for_clients, config, arena, problem);
    if (strcmp(what, "check") == 0 && config->argument_count == 1)
        return with_database(print_proof, config, arena, problem);
    if (strcmp(what, "plan") == 0 && config->argument_count <= 2)
        return with_database(plans_print, config, arena, problem);
    *problem =
        STR("say what to do with it: dossier schema print, schema check or schema plan [FILE]");
    return false;
}

/* clang-format off */
static const struct command {
    const char *name;
    const char *arguments;
    command_function *run;
    const char *help;
} commands[] = {
    {"serve",   "",           serve,   "runs the server until it is told to end"},
    {"migrate", "",           migrate, "brings the tables up to date"},
    {"tabs",    "",           tabs,    "loads the shipped tabs of the account screen"},
    {"sieves",  "",           sieves,  "makes anew what an older release wrote for searches within words"},
    {"demo",    "",           demo,    "loads an operator's customers who do not exist"},
    {"import",  "telco FILE", import,  "loads customers from a CSV file"},
    {"user",    "LOGIN ROLE [PARTNER]", user, "makes somebody who may sign in, and prints their password"},
    {"mail",    "receive",    mail,    "files an e-mail from standard input in its ticket, or lets it wait for somebody"},
    {"schema",  "print",      schema,  "prints the schema as clients see it"},
    {"schema",  "check",      schema,  "prints which fields with ! may turn out to be null, and why"},
    {"schema",  "plan [FILE]", schema, "prints what a document becomes, or each the server trusts"},
    {"rule",    "list",       rule,    "prints the rules of what is feasible"},
    {"rule",    "show CODE [VERSION]", rule, "prints a rule as JSON"},
    {"rule",    "add [FILE]", rule,    "makes a rule of JSON, from a file or standard input"},
    {"rule",    "change [FILE]", rule, "makes a new version of a rule, from its first day on"},
    {"rule",    "end CODE DAY", rule,  "lets a rule hold until that day"},
    {"rule",    "try CODE [VERSION]", rule, "prints which past orders a rule would refuse"},
    {"doctor",  "",           doctor,  "looks whether everything is there, and says what to do"},
};
/* clang-format on */

enum { COMMANDS = sizeof(commands) / sizeof(commands[0]) };

static int print_help(int exit_code)
{
    puts("dossier COMMAND [OPTIONS]\n\nCommands:");
    for (size_t i = 0; i < COMMANDS; i++)
        printf("  %-8s %-20s %s\n", commands[i].name, commands[i].arguments, commands[i].help);
    config_print_help();
    return exit_code;
}

/* Before any thread starts: signals that end us are waited for in one place, and a peer that hangs
 * up is an error of that write and not of the program. */
static void prepare_process(void)
{
    sigset_t ends;
    struct rlimit files;
    sigemptyset(&ends);
    sigaddset(&ends, SIGINT);
    sigaddset(&ends, SIGTERM);
    pthread_sigmask(SIG_BLOCK, &ends, NULL);
    signal(SIGPIPE, SIG_IGN);
    if (getrlimit(RLIMIT_NOFILE, &files) == 0) {
        files.rlim_cur = files.rlim_max;
        setrlimit(RLIMIT_NOFILE, &files);
    }
}

static const struct command *find(const char *name)
{
    for (size_t i = 0; i < COMMANDS; i++)
        if (strcmp(commands[i].name, name) == 0)
            return &commands[i];
    return NULL;
}

static int run(const struct command *command, int count, char **values)
{
    struct config config;
    struct str problem = {0};
    struct arena *arena = arena_create();
    bool done = config_read(&config, arena, count, values, &problem);
    if (done) {
        log_set_level(config.verbose ? LOG_DEBUG : LOG_INFO);
        done = command->run(&config, arena, &problem);
    }
    if (!done)
        fprintf(stderr, "dossier %s: " STR_FMT "\n", command->name, STR_ARG(problem));
    arena_destroy(arena);
    return done ? 0 : 1;
}

int main(int count, char **values)
{
    if (count < 2 || strcmp(values[1], "--help") == 0 || strcmp(values[1], "help") == 0)
        return print_help(count < 2 ? 2 : 0);
    const struct command *command = find(values[1]);
    if (command == NULL) {
        fprintf(stderr, "dossier: there is no command %s; see dossier --help\n", values[1]);
        return 2;
    }
    for (int i = 2; i < count; i++)
        if (strcmp(values[i], "--help") == 0)
            return print_help(0);
    if (sodium_init() < 0) {
        fprintf(stderr, "dossier: the system has no source of randomness\n");
        return 1;
    }
    prepare_process();
    return run(command, count - 2, values + 2);
}

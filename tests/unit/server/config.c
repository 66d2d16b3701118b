/* config: options win over variables, variables over defaults, and what cannot be is refused in
 * words. */
#include "config.h"

#include "base/arena.h"
#include "unit/test.h"
#include <stdlib.h>

static struct arena *arena;
static struct str problem;

static bool reads(struct config *config, const char *const *values)
{
    int count = 0;
    while (values[count] != NULL)
        count++;
    problem = (struct str){0};
    return config_read(config, arena, count, (char **)values, &problem);
}

#define READS(config, ...) reads((config), (const char *const[]){__VA_ARGS__, NULL})

static bool refuses(const char *first, const char *second, const char *words)
{
    struct config config;
    return !reads(&config, (const char *const[]){first, second, NULL}) &&
           strstr(problem.at, words) != NULL;
}

int main(void)
{
    struct config config;
    arena = arena_create();
    TEST("nothing gives the defaults", reads(&config, (const char *const[]){NULL}));
    TEST("which listen on this machine only",
         strcmp(config.host, "127.0.0.1") == 0 && config.port == 8080);
    TEST("with a private database",
         config.database == NULL && strcmp(config.data, "var") == 0 && !config.demo);
    TEST("an option and its value are two words or one",
         READS(&config, "--port", "81", "--data=/d", "--demo") && config.port == 81 &&
             strcmp(config.data, "/d") == 0 && config.demo);
    TEST("words that are no options are left over",
         READS(&config, "telco", "--port", "82", "file.csv") && config.argument_count == 2 &&
             strcmp(config.arguments[1], "file.csv") == 0);
    setenv("DOSSIER_PORT", "83", 1);
    TEST("a variable wins over the default",
         reads(&config, (const char *const[]){NULL}) && config.port == 83);
    TEST("an option wins over the variable", READS(&config, "--port", "84") && config.port == 84);
    setenv("DOSSIER_PORT", "many", 1);
    TEST("a wrong variable is named", refuses(NULL, NULL, "DOSSIER_PORT must be a number"));
    unsetenv("DOSSIER_PORT");

    TEST("a port that is none is refused", refuses("--port", "65536", "from 0 to 65535"));
    TEST("a port in words is refused", refuses("--port", "http", "not \"http\""));
    TEST("a negative port is refused", refuses("--port", "-1", "must be a number"));
    TEST("an option without its value is refused", refuses("--port", NULL, "needs a value"));
    TEST("an empty folder is refused", refuses("--data", "", "is empty"));
    TEST("demo data for a foreign schema is refused",
         refuses("--demo", "--schema=/s", "leave out --demo or --schema"));
    TEST("an unknown option is refused", refuses("--prot", "80", "no option --prot"));
    TEST_TEXT("paths are below the folders", str_of(config_share_path(&config, arena, "schema")),
              STR("/share/schema"));
    arena_destroy(arena);
    return test_end();
}

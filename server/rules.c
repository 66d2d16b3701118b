/* rules: the commands for rules of feasibility. */
#include "rules.h"

#include "base/arena.h"
#include "config.h"
#include "db/dates.h"
#include "resolvers/feasibility_rule.h"
#include "resolvers/feasibility_try.h"
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>

enum { BYTES_LIMIT = 64 * 1024 };

static void print(struct str line)
{
    printf(STR_FMT "\n", STR_ARG(line));
}

/* The second argument is a code, the third, where there is one, a number. */
static bool read_version(const struct config *config, int64_t *version)
{
    char *end = NULL;
    *version = 0;
    if (config->argument_count == 2)
        return true;
    if (config->argument_count != 3)
        return false;
    *version = strtoll(config->arguments[2], &end, 10);
    return *end == '\0' && *version > 0;
}

static enum status list(struct chore *chore, const struct config *config, const char *usage)
{
    if (config->argument_count != 1)
        return chore_fail(chore, STATUS_INVALID, "%s", usage);
    return feasibility_rule_list(chore, print);
}

static enum status show(struct chore *chore, const struct config *config, const char *usage)
{
    int64_t version;
    if (!read_version(config, &version))
        return chore_fail(chore, STATUS_INVALID, "%s", usage);
    return feasibility_rule_show(chore, config->arguments[1], version, print);
}

static enum status try(struct chore *chore, const struct config *config, const char *usage)
{
    int64_t version;
    if (!read_version(config, &version))
        return chore_fail(chore, STATUS_INVALID, "%s", usage);
    return feasibility_try(chore, config->arguments[1], version, print);
}

/* One byte more than is allowed, so that what is too much is noticed. */
static enum status read_file(struct chore *chore, const struct config *config, const char *usage,
                             struct str *json)
{
    if (config->argument_count > 2)
        return chore_fail(chore, STATUS_INVALID, "%s", usage);
    bool standard = config->argument_count == 1 || strcmp(config->arguments[1], "-") == 0;
    FILE *file = standard ? stdin : fopen(config->arguments[1], "r");
    if (file == NULL)
        return chore_fail(chore, STATUS_NOT_FOUND, "%s: %s", config->arguments[1], strerror(errno));
    char *bytes = arena_text(chore->arena, BYTES_LIMIT + 1);
    *json = (struct str){.at = bytes, .len = fread(bytes, 1, BYTES_LIMIT + 1, file)};
    bool failed = ferror(file) != 0;
    if (!standard)
        fclose(file);
    if (failed)
        return chore_fail(chore, STATUS_INVALID, "the rule cannot be read");
    if (json->len > BYTES_LIMIT)
        return chore_fail(chore, STATUS_LIMIT, "a rule may have %d bytes", BYTES_LIMIT);
    return STATUS_OK;
}

static enum status add(struct chore *chore, const struct config *config, const char *usage)
{
    struct str json;
    TRY(read_file(chore, config, usage, &json));
    return feasibility_rule_add(chore, json);
}

static enum status change(struct chore *chore, const struct config *config, const char *usage)
{
    struct str json;
    TRY(read_file(chore, config, usage, &json));
    return feasibility_rule_change(chore, json);
}

static enum status end(struct chore *chore, const struct config *config, const char *usage)
{
    int64_t day;
    if (config->argument_count != 3 || !dates_read(config->arguments[2], &day))
        return chore_fail(chore, STATUS_INVALID, "%s", usage);
    return feasibility_rule_end(chore, config->arguments[1], day);
}

/* clang-format off */
static const struct {
    const char *word;
    enum status (*run)(struct chore *chore, const struct config *config, const char *usage);
    const char *usage;
} commands[] = {
    {"list",   list,   "dossier rule list names all rules"},
    {"show",   show,   "say which rule: dossier rule show CODE [VERSION], without the version its newest"},
    {"add",    add,    "say where the rule is: dossier rule add [FILE], without a file standard input"},
    {"change", change, "say where the rule is: dossier rule change [FILE], without a file standard input"},
    {"end",    end,    "say which rule and its last day: dossier rule end CODE 2026-12-31"},
    {"try",    try,    "say which rule: dossier rule try CODE [VERSION], without the version its newest"},
};
/* clang-format on */

enum status rules_command(struct chore *chore, const struct config *config)
{
    const char *word = config->argument_count == 0 ? "" : config->arguments[0];
    for (size_t i = 0; i < sizeof(commands) / sizeof(commands[0]); i++) {
        if (strcmp(commands[i].word, word) == 0)
            return commands[i].run(chore, config, commands[i].usage);
    }
    return chore_fail(chore, STATUS_INVALID,
                      "say what to do: dossier rule list, show, add, change, end or try");
}

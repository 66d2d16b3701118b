/* config: what a command is told, by options, by the environment, or not at all. */
#include "config.h"

#include "base/arena.h"
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>

enum kind { TEXT, NUMBER, SWITCH };

static const struct setting {
    const char *option;
    const char *variable;
    enum kind kind;
    size_t at;
    const char *standard; /* NULL: none */
    uint32_t least, most;
    const char *help;
} settings[] = {
    {"--data", "DOSSIER_DATA", TEXT, offsetof(struct config, data), "var", 0, 0,
     "folder for everything that is kept"},
    {"--share", "DOSSIER_SHARE", TEXT, offsetof(struct config, share), DOSSIER_SHARE, 0, 0,
     "folder with schema, db and webapp"},
    {"--schema", "DOSSIER_SCHEMA", TEXT, offsetof(struct config, schema), NULL, 0, 0,
     "folder of *.graphql to serve instead of Dossier's own schema"},
    {"--database", "DOSSIER_DATABASE", TEXT, offsetof(struct config, database), NULL, 0, 0,
     "mariadb://user:password@host:port/name of a MariaDB to use instead of a private one"},
    {"--host", "DOSSIER_HOST", TEXT, offsetof(struct config, host), "127.0.0.1", 0, 0,
     "numeric address to listen on"},
    {"--port", "DOSSIER_PORT", NUMBER, offsetof(struct config, port), "8080", 0, 65535,
     "port to listen on, 0 for any that is free"},
    {"--threads", "DOSSIER_THREADS", NUMBER, offsetof(struct config, threads), "0", 0, 64,
     "event loops, 0 for one per processor"},
    {"--connections", "DOSSIER_CONNECTIONS", NUMBER, offsetof(struct config, connections), "4096",
     64, 1000000, "HTTP connections at once"},
    {"--database-connections", "DOSSIER_DATABASE_CONNECTIONS", NUMBER,
     offsetof(struct config, database_connections), "4", 1, 64,
     "connections to MariaDB per event loop"},
    {"--database-memory", "DOSSIER_DATABASE_MEMORY", NUMBER, offsetof(struct config, database_memory_mb),
     "0", 0, 1048576, "MB for what the private MariaDB keeps of the tables; 0: an eighth of the machine's, at most 8192"},
    {"--drain-seconds", "DOSSIER_DRAIN_SECONDS", NUMBER, offsetof(struct config, drain_seconds),
     "10", 0, 3600, "how long requests in flight may take at the end"},
    {"--network-pace", "DOSSIER_NETWORK_PACE", NUMBER, offsetof(struct config, network_pace_ms),
     "2000", 10, 3600000, "milliseconds for a step of the simulated network that orders are worked off by"},
    {"--status-profile", "DOSSIER_STATUS_PROFILE", TEXT,
     offsetof(struct config, status_profile), "audit", 0, 0,
     "statuses of GraphQL over HTTP: audit (400) or draft (422, 294)"},
    {"--limit-body", "DOSSIER_LIMIT_BODY", NUMBER,
     offsetof(struct config, limit_body), "262144", 1024, 8388608,
     "bytes of a request"},
    {"--limit-json-depth", "DOSSIER_LIMIT_JSON_DEPTH", NUMBER,
     offsetof(struct config, limit_json_depth), "32", 2, 200,
     "brackets inside of each other in a request, its variables too"},
    {"--limit-variables", "DOSSIER_LIMIT_VARIABLES", NUMBER,
     offsetof(struct config, limit_variables), "65536", 256, 8388608,
     "bytes of the variables, as JSON"},
    {"--limit-tokens", "DOSSIER_LIMIT_TOKENS", NUMBER,
     offsetof(struct config, limit_tokens), "2000", 10, 1000000,
     "tokens of an ad-hoc document, as the following"},
    {"--limit-parse-depth", "DOSSIER_LIMIT_PARSE_DEPTH", NUMBER,
     offsetof(struct config, limit_parse_depth), "64", 4, 1000,
     "brackets inside of each other"},
    {"--limit-directives", "DOSSIER_LIMIT_DIRECTIVES", NUMBER,
     offsetof(struct config, limit_directives), "20", 0, 100000,
     "directives"},
    {"--limit-depth", "DOSSIER_LIMIT_DEPTH", NUMBER,
     offsetof(struct config, limit_depth), "12", 1, 500,
     "fields inside of each other"},
    {"--limit-aliases", "DOSSIER_LIMIT_ALIASES", NUMBER,
     offsetof(struct config, limit_aliases), "30", 0, 100000,
     "aliases"},
    {"--limit-root-fields", "DOSSIER_LIMIT_ROOT_FIELDS", NUMBER,
     offsetof(struct config, limit_root_fields), "10", 1, 10000,
     "fields at the root"},
    {"--limit-fields", "DOSSIER_LIMIT_FIELDS", NUMBER,
     offsetof(struct config, limit_fields), "2000", 1, 1000000,
     "fields, with all fragments where they are spread"},
    {"--limit-comparisons", "DOSSIER_LIMIT_COMPARISONS", NUMBER,
     offsetof(struct config, limit_comparisons), "100000", 1000, 100000000,
     "comparisons of fields with the same name"},
    {"--limit-fetches", "DOSSIER_LIMIT_FETCHES", NUMBER,
     offsetof(struct config, limit_fetches), "500", 1, 100000,
     "lists and objects that are asked for"},
    {"--limit-filter", "DOSSIER_LIMIT_FILTER", NUMBER,
     offsetof(struct config, limit_filter), "100", 1, 10000,
     "conditions in all filters of a request"},
    {"--limit-filter-depth", "DOSSIER_LIMIT_FILTER_DEPTH", NUMBER,
     offsetof(struct config, limit_filter_depth), "10", 1, 100,
     "objects in objects of a filter"},
    {"--limit-errors", "DOSSIER_LIMIT_ERRORS", NUMBER,
     offsetof(struct config, limit_errors), "5", 1, 1000,
     "errors told in one answer"},
    {"--plan-cache-kib", "DOSSIER_PLAN_CACHE_KIB", NUMBER,
     offsetof(struct config, plan_cache_kib), "16384", 64, 4194304,
     "KiB for plans of ad-hoc documents, per event loop"},
    {"--budget-operator", "DOSSIER_BUDGET_OPERATOR", NUMBER,
     offsetof(struct config, budget_operator), "20000", 1, UINT32_MAX,
     "points that one request of an operator's viewer may cost (docs/operations.md)"},
    {"--budget-partner", "DOSSIER_BUDGET_PARTNER", NUMBER,
     offsetof(struct config, budget_partner), "10000", 1, UINT32_MAX,
     "the same for a partner's viewer"},
    {"--budget-customer", "DOSSIER_BUDGET_CUSTOMER", NUMBER,
     offsetof(struct config, budget_customer), "2000", 1, UINT32_MAX,
     "the same for a customer"},
    {"--slow-ms", "DOSSIER_SLOW_MS", NUMBER, offsetof(struct config, slow_ms), "250", 0, 3600000,
     "requests that take as long are logged, without what they ask for; 0: none"},
    {"--no-server-timing", NULL, SWITCH, offsetof(struct config, no_server_timing), NULL, 0, 0,
     "answers do not say what they took"},
    {"--search-provider", "DOSSIER_SEARCH_PROVIDER", TEXT, offsetof(struct config, search_provider),
     NULL, 0, 0, "http://host:port/path of another system that is asked what agents search"},
    {"--search-provider-name", "DOSSIER_SEARCH_PROVIDER_NAME", TEXT,
     offsetof(struct config, search_provider_name), "another system", 0, 0,
     "what agents call that system"},
    {"--search-provider-ms", "DOSSIER_SEARCH_PROVIDER_MS", NUMBER,
     offsetof(struct config, search_provider_ms), "800", 10, 10000,
     "how long that system may take to answer"},
    {"--metrics", "DOSSIER_METRICS", TEXT, offsetof(struct config, metrics), "loopback", 0, 0,
     "who may ask for /metrics: loopback (and administrators), token (only they), off"},
    {"--mail-server", "DOSSIER_MAIL_SERVER", TEXT, offsetof(struct config, mail_server), NULL, 0, 0,
     "smtp://host:port (or smtps://) that e-mails are handed to; without it they wait"},
    {"--mail-from", "DOSSIER_MAIL_FROM", TEXT, offsetof(struct config, mail_from), NULL, 0, 0,
     "who e-mails are from: \"Name <address>\""},
    {"--mail-login", "DOSSIER_MAIL_LOGIN", TEXT, offsetof(struct config, mail_login), NULL, 0, 0,
     "file with the name and the password for the mail server, a line each"},
    {"--mail-certificates", "DOSSIER_MAIL_CERTIFICATES", TEXT,
     offsetof(struct config, mail_certificates), NULL, 0, 0,
     "file with the certificates to trust the mail server by, instead of the system's"},
    {"--sms-gateway", "DOSSIER_SMS_GATEWAY", TEXT, offsetof(struct config, sms_gateway), NULL, 0, 0,
     "http(s) address that SMS are posted to; without it they wait"},
    {"--sms-key", "DOSSIER_SMS_KEY", TEXT, offsetof(struct config, sms_key), NULL, 0, 0,
     "file with the key for the SMS gateway"},
    {"--print-spool", "DOSSIER_PRINT_SPOOL", TEXT, offsetof(struct config, print_spool), NULL, 0, 0,
     "folder that letters to be printed are put into; without it they wait"},
    {"--country", "DOSSIER_COUNTRY", TEXT, offsetof(struct config, country), "DE", 0, 0,
     "where letters are posted, two capital letters; letters to elsewhere name the country"},
    {"--outbox-attempts", "DOSSIER_OUTBOX_ATTEMPTS", NUMBER,
     offsetof(struct config, outbox_attempts), "8", 1, 100,
     "attempts to deliver a message before it is parked for somebody to look at"},
    {"--outbox-pause", "DOSSIER_OUTBOX_PAUSE", NUMBER, offsetof(struct config, outbox_pause), "60",
     1, 86400, "seconds before the second attempt; twice as long before each further one"},
    {"--outbox-timeout", "DOSSIER_OUTBOX_TIMEOUT", NUMBER, offsetof(struct config, outbox_timeout),
     "60", 1, 600, "seconds one attempt may take"},
    {"--viewer", NULL, TEXT, offsetof(struct config, viewer), "operator", 0, 0,
     "schema plan: for whom: operator, partner or customer"},
    {"--operation", NULL, TEXT, offsetof(struct config, operation), NULL, 0, 0,
     "schema plan: only this operation"},
    {"--variables", NULL, TEXT, offsetof(struct config, variables), NULL, 0, 0,
     "schema plan: JSON; what is missing is made up"},
    {"--mermaid", NULL, SWITCH, offsetof(struct config, mermaid), NULL, 0, 0,
     "schema plan: as a Mermaid flowchart"},
    {"--demo", NULL, SWITCH, offsetof(struct config, demo), NULL, 0, 0,
     "serve: load demo data first"},
    {"--customers", "DOSSIER_CUSTOMERS", NUMBER, offsetof(struct config, demo_customers), "2000", 1,
     1000000, "how many customers the demo data has at least"},
    {"--day", "DOSSIER_DAY", TEXT, offsetof(struct config, demo_day), NULL, 0, 0,
     "the day that is today in the demo data (the day it is loaded)"},
    {"--verbose", NULL, SWITCH, offsetof(struct config, verbose), NULL, 0, 0, "log more"},
};

enum { SETTINGS = sizeof(settings) / sizeof(settings[0]) };

static bool set_number(struct config *config, const struct setting *setting, const char *text)
{
    char *end;
    unsigned long value = strtoul(text, &end, 10);
    if (*text < '0' || *text > '9' || *end != '\0' || value < setting->least ||
        value > setting->most)
        return false;
    *(uint32_t *)((char *)config + setting->at) = (uint32_t)value;
    return true;
}

static bool set(struct config *config, struct arena *arena, const struct setting *setting,
                const char *name, const char *text, struct str *problem)
{
    if (setting->kind == TEXT && *text != '\0') {
        *(const char **)((char *)config + setting->at) = text;
        return true;
    }
    if (setting->kind == NUMBER && set_number(config, setting, text))
        return true;
    *problem = setting->kind == TEXT
                   ? str_printf(arena, "%s is empty", name)
                   : str_printf(arena, "%s must be a number from %u to %u, not \"%s\"", name,
                                setting->least, setting->most, text);
    return false;
}

static bool read_environment(struct config *config, struct arena *arena, struct str *problem)
{
    for (size_t i = 0; i < SETTINGS; i++) {
        const char *given = settings[i].variable == NULL ? NULL : getenv(settings[i].variable);
        const char *name = given == NULL ? settings[i].option : settings[i].variable;
        const char *text = given == NULL ? settings[i].standard : given;
        if (text != NULL && !set(config, arena, &settings[i], name, text, problem))
            return false;
    }
    return true;
}

static const struct setting *find(struct str option)
{
    for (size_t i = 0; i < SETTINGS; i++)
        if (str_is(option, settings[i].option))
            return &settings[i];
    return NULL;
}

/* "--port 80" and "--port=80". *used: how many words it was. */
static bool read_option(struct config *config, struct arena *arena, int count, char **values,
                        int *used, struct str *problem)
{
    const char *equals = strchr(values[0], '=');
    struct str name = {.at = values[0],
                       .len = equals == NULL ? strlen(values[0]) : (size_t)(equals - values[0])};
    const struct setting *setting = find(name);
    const char *text = equals != NULL ? equals + 1 : count > 1 ? values[1] : NULL;
    if (setting == NULL) {
        *problem =
            str_printf(arena, "there is no option " STR_FMT "; see dossier --help", STR_ARG(name));
        return false;
    }
    if (setting->kind == SWITCH) {
        *(bool *)((char *)config + setting->at) = true;
        *used = 1;
        return true;
    }
    if (text == NULL) {
        *problem = str_printf(arena, "%s needs a value", setting->option);
        return false;
    }
    *used = equals != NULL ? 1 : 2;
    return set(config, arena, setting, setting->option, text, problem);
}

/* The last word may be NULL. */
static bool is_one_of(const char *text, const char *one, const char *other, const char *third)
{
    return strcmp(text, one) == 0 || strcmp(text, other) == 0 ||
           (third != NULL && strcmp(text, third) == 0);
}

/* What no single setting can be asked for. */
static bool check(const struct config *config, struct str *problem)
{
    if (config->demo && config->schema != NULL) {
        *problem = STR("--demo is for Dossier's own schema; leave out --demo or --schema");
        return false;
    }
    if (!is_one_of(config->status_profile, "audit", "draft", NULL)) {
        *problem = STR("--status-profile must be audit or draft");
        return false;
    }
    if (config->mail_server != NULL && config->mail_from == NULL) {
        *problem = STR("--mail-server needs --mail-from, who e-mails are from");
        return false;
    }
    if (strlen(config->country) != 2) {
        *problem = STR("--country must be a country of two capital letters, for example DE");
        return false;
    }
    if (!is_one_of(config->metrics, "loopback", "token", "off")) {
        *problem = STR("--metrics must be loopback, token or off");
        return false;
    }
    return true;
}

bool config_read(struct config *config, struct arena *arena, int count, char **values,
                 struct str *problem)
{
    const char **rest = arena_array(arena, const char *, (size_t)count + 1);
    *config = (struct config){.arguments = rest};
    if (!read_environment(config, arena, problem))
        return false;
    for (int i = 0, used = 1; i < count; i += used) {
        used = 1;
        if (strncmp(values[i], "--", 2) != 0)
            rest[config->argument_count++] = values[i];
        else if (!read_option(config, arena, count - i, values + i, &used, problem))
            return false;
    }
    return check(config, problem);
}

void config_print_help(void)
{
    puts("\nOptions (or variables of the environment):");
    for (size_t i = 0; i < SETTINGS; i++) {
        const struct setting *setting = &settings[i];
        printf("  %-23s %s", setting->option, setting->help);
        if (setting->standard != NULL)
            printf(" (%s)", setting->standard);
        puts("");
        if (setting->variable != NULL)
            printf("  %-23s   %s\n", "", setting->variable);
    }
}

const char *config_data_path(const struct config *config, struct arena *arena, const char *name)
{
    return str_printf(arena, "%s/%s", config->data, name).at;
}

const char *config_share_path(const struct config *config, struct arena *arena, const char *name)
{
    return str_printf(arena, "%s/%s", config->share, name).at;
}

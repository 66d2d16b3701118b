/* doctor: looks whether everything a server needs is there, and says what to do where it is not. */
#include "doctor.h"

#include "base/arena.h"
#include "config.h"
#include "database_url.h"
#include "db/dates.h"
#include "db/invariants.h"
#include "db/sim_secret.h"
#include "db/usage_partitions.h"
#include "http/assets.h"
#include "instance.h"
#include "vault/vault.h"
#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <stdio.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <time.h>
#include <unistd.h>

enum { FREE_MB_LEAST = 512, DESCRIPTORS_LEAST = 1024, SILENT_SECONDS = 3, MONTHS_LEAST = 2 };

/* Each returns what it found, and in *advice what to do; no advice: all is well. */
struct examination {
    const char *what;
    struct str (*look)(const struct config *config, struct arena *arena, struct str *advice);
};

static struct str look_at_data(const struct config *config, struct arena *arena, struct str *advice)
{
    struct stat info;
    if (stat(config->data, &info) != 0) {
        if (errno != ENOENT)
            *advice = str_printf(arena, "make %s reachable for this user", config->data);
        return str_printf(arena, "%s: %s", config->data,
                          errno == ENOENT ? "not there yet, made at the first start"
                                          : strerror(errno));
    }
    if (!S_ISDIR(info.st_mode) || access(config->data, W_OK | X_OK) != 0) {
        *advice = str_printf(
            arena, "make %s a folder that this user may write to, or choose another --data",
            config->data);
        return str_printf(arena, "%s cannot be written to", config->data);
    }
    return str_printf(arena, "%s can be written to", config->data);
}

static struct str look_at_space(const struct config *config, struct arena *arena,
                                struct str *advice)
{
    struct statvfs info;
    if (statvfs(config->data, &info) != 0 && statvfs(".", &info) != 0)
        return STR("not known");
    unsigned long long free_mb = (unsigned long long)info.f_bavail * info.f_frsize / (1024 * 1024);
    if (free_mb < FREE_MB_LEAST)
        *advice = str_printf(arena, "make room: at least %d MB are needed", FREE_MB_LEAST);
    return str_printf(arena, "%llu MB are free", free_mb);
}

static struct str look_at_share(const struct config *config, struct arena *arena,
                                struct str *advice)
{
    static const char *const needed[] = {"schema/dossier.graphql", "db/migrations", "db/tabs"};
    for (size_t i = 0; i < sizeof(needed) / sizeof(needed[0]); i++) {
        const char *path = config_share_path(config, arena, needed[i]);
        if (access(path, R_OK) != 0) {
            *advice = STR("name the folder that holds schema, db and webapp with --share");
            return str_printf(arena, "%s: %s", path, strerror(errno));
        }
    }
    return str_printf(arena, "schema, migrations and tabs are in %s", config->share);
}

static struct str look_at_app(const struct config *config, struct arena *arena, struct str *advice)
{
    struct str problem;
    if (assets_load(arena, config_share_path(config, arena, "webapp/dist"), &problem) != NULL)
        return STR("is built");
    *advice =
        STR("take webapp/dist from the repository, or run npm ci && npm run build in webapp/");
    return problem;
}

static bool is_installed(const char *program)
{
    static const char *const folders[] = {"/usr/sbin", "/usr/bin", "/usr/local/sbin",
                                          "/usr/local/bin"};
    char path[128];
    for (size_t i = 0; i < sizeof(folders) / sizeof(folders[0]); i++) {
        snprintf(path, sizeof(path), "%s/%s", folders[i], program);
        if (access(path, X_OK) == 0)
            return true;
    }
    return false;
}

static struct str look_at_database(const struct config *config, struct arena *arena,
                                   struct str *advice)
{
    struct database_address address;
    struct str problem = {0};
    if (config->database == NULL) {
        if (is_installed("mariadbd") && is_installed("mariadb-install-db"))
            return STR("a private MariaDB; its programs are installed");
        *advice =
            STR("apt-get install mariadb-server, or name a database of yours with --database");
        return STR("MariaDB's programs are not installed");
    }
    if (!database_url_read(&address, arena, str_of(config->database), &problem)) {
        *advice = STR("correct --database");
        return problem;
    }
    struct database *database = database_open(&address, arena, &problem);
    if (database == NULL) {
        *advice = STR("start it, or correct --database");
        return problem;
    }
    database_close(database);
    return STR("answers");
}

/* Of few customers nobody wants to know. */
static void tell_what_takes_long(uint32_t portions, uint32_t all)
{
    static time_t began, told;
    time_t now = time(NULL);
    if (began == 0)
        began = told = now;
    if (now - told < SILENT_SECONDS)
        return;
    told = now;
    fprintf(stderr, "after %lld seconds: %u %% of the books are looked at\n",
            (long long)(now - began), portions * 100 / all);
}

/* What is found in a database that answers. */
typedef enum status look_into(const struct config *config, struct database *database,
                              struct arena *arena, struct str *found, struct str *advice);

static enum status count_books(const struct config *config, struct database *database,
                               struct arena *arena, struct str *found, struct str *advice)
{
    database_set_timeout(database, 0); /* however many rows there are */
    TRY(invariants_check(database, arena, tell_what_takes_long, found));
    if (found->len == 0)
        *found = STR("balances, bills and counters agree with the rows they sum up");
    else
        *advice = STR("find out who wrote these rows; nothing is put right by itself");
    return STATUS_OK;
}

static enum status count_months(const struct config *config, struct database *database,
                                struct arena *arena, struct str *found, struct str *advice)
{
    int64_t end, today = dates_today();
    TRY(usage_partitions_end(database, arena, &end));
    if (end < dates_add_months(today, MONTHS_LEAST))
        *advice = STR("dossier migrate makes those of the next year, as each start of the server");
    *found = str_printf(arena, "usage events have partitions for %lld more days",
                        (long long)(end - today));
    return STATUS_OK;
}

static enum status open_sealed(const struct config *config, struct database *database,
                               struct arena *arena, struct str *found, struct str *advice)
{
    bool any = false;
    const char *folder = config_data_path(config, arena, "keys");
    TRY(sim_secret_any(database, arena, &any));
    if (!any) {
        *found = STR("nothing is sealed yet");
        return STATUS_OK;
    }
    *found = STR("the key that sealed them is not there");
    const struct vault *vault = access(str_printf(arena, "%s/seal.key", folder).at, F_OK) == 0
                                    ? vault_open(arena, folder, found)
                                    : NULL;
    if (vault != NULL && sim_secret_try(database, arena, vault, found) == STATUS_OK)
        *found = STR("the first and the newest of them open");
    else
        *advice = str_printf(arena, "bring %s back from a backup", folder);
    return STATUS_OK;
}

static struct str look_with(look_into *look, const struct config *config,
                            const struct instance *instance, struct arena *arena,
                            struct str *advice)
{
    struct str problem = {0}, found = {0};
    struct database *database = database_open(&instance->application, arena, &problem);
    if (database == NULL) {
        *advice = STR("see what is said of the database");
        return problem;
    }
    if (look(config, database, arena, &found, advice) != STATUS_OK) {
        if (found.len == 0)
            found = str_copy(arena, database_problem(database));
        *advice = STR("dossier migrate brings tables up to date");
    }
    database_close(database);
    return found;
}

/* Of a private database only what is there already: nothing is made here. */
static struct str look_inside(look_into *look, const struct config *config, struct arena *arena,
                              struct str *advice)
{
    struct instance instance;
    struct str problem = {0};
    if (config->database == NULL &&
        access(config_data_path(config, arena, "mariadb/data"), F_OK) != 0)
        return STR("nothing is stored yet");
    if (!instance_open(&instance, arena, config, INSTANCE_CHORE, &problem)) {
        *advice = STR("see what is said of the database");
        return problem;
    }
    struct str found = look_with(look, config, &instance, arena, advice);
    instance_close(&instance);
    return found;
}

static struct str look_at_books(const struct config *config, struct arena *arena,
                                struct str *advice)
{
    return look_inside(count_books, config, arena, advice);
}

static struct str look_at_months(const struct config *config, struct arena *arena,
                                 struct str *advice)
{
    return look_inside(count_months, config, arena, advice);
}

static struct str look_at_sealed(const struct config *config, struct arena *arena,
                                 struct str *advice)
{
    return look_inside(open_sealed, config, arena, advice);
}

static struct str look_at_key(const struct config *config, struct arena *arena, const char *name,
                              struct str *advice)
{
    struct stat info;
    const char *path = config_data_path(config, arena, name);
    if (stat(path, &info) != 0)
        return errno == ENOENT ? STR("not there yet, made at the first start")
                               : str_of(strerror(errno));
    if ((info.st_mode & 077) != 0 || info.st_size != 32) {
        *advice = str_printf(arena, "chmod 600 %s; it must have 32 bytes", path);
        return str_printf(arena, "%s is not as it should be", path);
    }
    return STR("only their owner can read them");
}

static struct str look_at_keys(const struct config *config, struct arena *arena, struct str *advice)
{
    static const char *const names[] = {"keys/token.key", "keys/seal.key", "keys/fingerprint.key"};
    struct str found = {0};
    for (size_t i = 0; i < sizeof(names) / sizeof(names[0]) && advice->at == NULL; i++)
        found = look_at_key(config, arena, names[i], advice);
    return found;
}

static struct str look_at_port(const struct config *config, struct arena *arena, struct str *advice)
{
    const int on = 1;
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons((uint16_t)config->port)};
    if (inet_pton(AF_INET, config->host, &address.sin_addr) != 1)
        return str_printf(arena, "%s is not looked at", config->host);
    int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &on, sizeof(on));
    bool is_free = fd != -1 && bind(fd, (struct sockaddr *)&address, sizeof(address)) == 0;
    int reason = errno;
    if (fd != -1)
        close(fd);
    if (is_free)
        return str_printf(arena, "%s port %u is free", config->host, config->port);
    *advice = STR("end what listens there (perhaps Dossier itself), or choose another --port");
    return str_printf(arena, "%s port %u: %s", config->host, config->port, strerror(reason));
}

static struct str look_at_descriptors(const struct config *config, struct arena *arena,
                                      struct str *advice)
{
    struct rlimit limit;
    if (getrlimit(RLIMIT_NOFILE, &limit) != 0)
        return str_of(strerror(errno));
    if (limit.rlim_max < DESCRIPTORS_LEAST || limit.rlim_max < config->connections)
        *advice = str_printf(arena, "raise the limit (ulimit -Hn %u), or lower --connections",
                             config->connections + 256);
    return str_printf(arena, "%llu files and connections may be open",
                      (unsigned long long)limit.rlim_max);
}

/* clang-format off */
static const struct examination examinations[] = {
    {"data folder", look_at_data},
    {"free space",  look_at_space},
    {"files",       look_at_share},
    {"app",         look_at_app},
    {"database",    look_at_database},
    {"books",       look_at_books},
    {"months",      look_at_months},
    {"keys",        look_at_keys},
    {"sealed",      look_at_sealed},
    {"port",        look_at_port},
    {"limits",      look_at_descriptors},
};
/* clang-format on */

bool doctor(const struct config *config, struct arena *arena, struct str *problem)
{
    unsigned wrong = 0;
    for (size_t i = 0; i < sizeof(examinations) / sizeof(examinations[0]); i++) {
        struct str advice = {0};
        struct str found = examinations[i].look(config, arena, &advice);
        printf("%-12s %-5s " STR_FMT "\n", examinations[i].what, advice.at == NULL ? "ok" : "WRONG",
               STR_ARG(found));
        if (advice.at != NULL)
            printf("%-18s -> " STR_FMT "\n", "", STR_ARG(advice));
        wrong += advice.at != NULL;
    }
    *problem = str_printf(arena, "%u of these must be put right", wrong);
    return wrong == 0;
}

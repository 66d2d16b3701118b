/* account: how long an account document that nobody has seen before takes until it is a plan.
 *
 * With a MariaDB of its own in a temporary folder, because the schema is bound to its tables.
 * Prints a line of JSON with the median of many times, each in an arena of its own.
 */
#include "base/viewer.h"
#include "db/tabs.h"
#include "graphql/errors.h"
#include "graphql/parser.h"
#include "graphql/validate.h"
#include "plan/plan.h"
#include "resolvers/account_tabs.h"
#include "resolvers/index.h"
#include "run/engine_internal.h"
#include "schema/loader.h"
#include "unit/db/migrated.h"
#include <time.h>

enum { TIMES = 401, PHASES = 3 };

struct account {
    struct engine *engine;
    struct str text;
};

static uint64_t now_ns(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (uint64_t)now.tv_sec * 1000000000u + (uint64_t)now.tv_nsec;
}

static void load_schema(struct migrated *migrated, struct loaded_schema *loaded)
{
    struct catalogue catalogue;
    struct rights rights = {0};
    if (catalogue_read(&catalogue, migrated->arena, migrated->database, (struct str){0}) !=
            STATUS_OK ||
        rights_read(&rights, migrated->arena, migrated->database) != STATUS_OK)
        migrated_give_up(database_problem(migrated->database));
    const struct schema_sources sources = {
        .folder = "schema",
        .catalogue = &catalogue,
        .rights = rights,
        .resolvers = resolvers_index,
        .predicates = predicates_index,
    };
    struct str problem;
    if (schema_load(loaded, migrated->arena, &sources, &problem) != STATUS_OK)
        migrated_give_up(problem);
}

/* The account of somebody who may see all tabs. */
static struct account open_account(struct migrated *migrated)
{
    struct str problem = {0};
    if (tabs_load(&migrated->chore, "db/tabs") != STATUS_OK)
        migrated_give_up(migrated->chore.problem);
    struct loaded_schema loaded;
    load_schema(migrated, &loaded);
    struct account_tabs *tabs = account_tabs_load(migrated->arena, migrated->database, &problem);
    if (tabs == NULL)
        migrated_give_up(problem);
    const struct engine_options options = {
        .schema = loaded.schema,
        .scopes = loaded.scopes,
        .parse = {.tokens = 20000, .depth = 64, .directives = 200},
        .validate =
            {.depth = 32, .aliases = 200, .root_fields = 50, .fields = 5000, .comparisons = 100000},
        .fetch_limit = 200,
        .error_limit = 10,
    };
    struct account account = {.engine = engine_create(migrated->arena, &options)};
    if (account_tabs_publish(tabs, account.engine, &problem) != STATUS_OK)
        migrated_give_up(problem);
    const struct viewer anybody = {.rights = UINT64_MAX};
    const struct trusted *document =
        engine_trusted(account.engine, account_document(tabs, &anybody));
    if (document == NULL)
        migrated_give_up(STR("the account document cannot be made"));
    account.text = str_copy(migrated->arena, document->document->source);
    return account;
}

static uint32_t plan_once(const struct account *account, uint64_t times_ns[PHASES])
{
    const struct engine_options *options = &account->engine->options;
    struct arena *arena = arena_create();
    struct errors errors;
    errors_init(&errors, arena, 1);
    uint64_t begin = now_ns();
    struct document *document = parse(arena, account->text, &options->parse, &errors);
    uint64_t parsed = now_ns();
    bool valid = document != NULL &&
                 validate(options->schema, document, UINT64_MAX, &options->validate, &errors);
    uint64_t validated = now_ns();
    const struct plan *plan = valid ? plan_make(arena, &account->engine->plan_options, document,
                                                &document->definitions[0].operation, &errors)
                                    : NULL;
    uint64_t planned = now_ns();
    if (plan == NULL)
        migrated_give_up(errors.first->message);
    uint32_t fetches = plan->fetch_count;
    arena_destroy(arena);
    times_ns[0] = parsed - begin;
    times_ns[1] = validated - parsed;
    times_ns[2] = planned - validated;
    return fetches;
}

static int compare_times(const void *a, const void *b)
{
    uint64_t left = *(const uint64_t *)a, right = *(const uint64_t *)b;
    return left < right ? -1 : left > right;
}

int main(void)
{
    struct migrated *migrated = migrated_start();
    const struct account account = open_account(migrated);
    static uint64_t times[PHASES][TIMES];
    uint32_t fetches = 0;
    for (size_t i = 0; i < TIMES; i++) {
        uint64_t once[PHASES];
        fetches = plan_once(&account, once);
        for (size_t phase = 0; phase < PHASES; phase++)
            times[phase][i] = once[phase];
    }
    for (size_t phase = 0; phase < PHASES; phase++)
        qsort(times[phase], TIMES, sizeof(uint64_t), compare_times);
    printf(
        "{\"bytes\":%zu,\"fetches\":%u,\"parse_ns\":%llu,\"validate_ns\":%llu,\"plan_ns\":%llu}\n",
        account.text.len, fetches, (unsigned long long)times[0][TIMES / 2],
        (unsigned long long)times[1][TIMES / 2], (unsigned long long)times[2][TIMES / 2]);
    migrated_stop(migrated);
    return 0;
}

/* language: how long parsing and validating every query of the conformance cases takes, round by
 * round.
 *
 *     bench_language FOLDER        (tests/conformance/data/execute)
 *
 * A line on standard input asks for a round; its answer is a line of JSON with nanoseconds. Whoever
 * asks alternates with another implementation, so that both meet the same machine. Each document
 * has an arena of its own, as in the server.
 */
#include "base/arena.h"
#include "base/buf.h"
#include "graphql/errors.h"
#include "graphql/parser.h"
#include "graphql/schema.h"
#include "graphql/validate.h"
#include <dirent.h>
#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

struct query {
    struct str text;
    const struct schema *schema;
};

struct queries {
    struct arena *arena;
    struct query *list;
    uint32_t count;
    uint32_t capacity;
};

struct round {
    uint64_t parse_ns;
    uint64_t validate_ns;
    uint32_t refused;
};

/* The other side works for about so long in a round: ours does, too, instead of waking up for a few
 * milliseconds. */
enum { ROUND_NS = 200000000 };

static const struct parse_limits no_parse_limits;
static const struct validate_limits no_validate_limits;

static struct str read_file(struct arena *arena, const char *path)
{
    FILE *file = fopen(path, "rb");
    if (file == NULL) {
        fprintf(stderr, "bench_language: %s cannot be read\n", path);
        exit(2);
    }
    struct buf text;
    buf_init(&text, arena, 1 << 16);
    size_t got;
    while ((got = fread(buf_reserve(&text, 1 << 15), 1, 1 << 15, file)) > 0)
        text.len += got;
    fclose(file);
    return buf_str(&text);
}

static const struct schema *read_schema(struct arena *arena, const char *path)
{
    struct errors errors;
    errors_init(&errors, arena, 1);
    struct document *document = parse(arena, read_file(arena, path), &no_parse_limits, &errors);
    const struct schema *schema =
        document == NULL ? NULL : schema_build(arena, &document, 1, &errors);
    if (schema == NULL) {
        fprintf(stderr, "bench_language: %s: " STR_FMT "\n", path, STR_ARG(errors.first->message));
        exit(2);
    }
    return schema;
}

static void add_query(struct queries *queries, struct str text, const struct schema *schema)
{
    if (queries->count == queries->capacity) {
        uint32_t capacity = queries->capacity == 0 ? 512 : queries->capacity * 2;
        struct query *list = arena_array(queries->arena, struct query, capacity);
        if (queries->count > 0)
            memcpy(list, queries->list, queries->count * sizeof(*list));
        queries->list = list;
        queries->capacity = capacity;
    }
    queries->list[queries->count++] = (struct query){.text = text, .schema = schema};
}

static void read_queries(struct queries *queries, const char *folder, const char *id)
{
    struct arena *arena = queries->arena;
    const struct schema *schema =
        read_schema(arena, str_printf(arena, "%s/%s.graphql", folder, id).at);
    struct str lines = read_file(arena, str_printf(arena, "%s/%s.cases.jsonl", folder, id).at);
    while (lines.len > 0) {
        const char *end = memchr(lines.at, '\n', lines.len);
        size_t len = end == NULL ? lines.len : (size_t)(end - lines.at);
        json_t *test = json_loadb(lines.at, len, 0, NULL);
        const json_t *query = json_object_get(test, "query");
        if (query != NULL)
            add_query(
                queries,
                str_copy(arena, (struct str){json_string_value(query), json_string_length(query)}),
                schema);
        json_decref(test);
        len += end != NULL;
        lines = (struct str){.at = lines.at + len, .len = lines.len - len};
    }
}

static void read_folder(struct queries *queries, const char *path)
{
    DIR *folder = opendir(path);
    if (folder == NULL) {
        fprintf(stderr, "bench_language: %s cannot be read\n", path);
        exit(2);
    }
    struct dirent *entry;
    while ((entry = readdir(folder)) != NULL) {
        char *ending = strstr(entry->d_name, ".cases.jsonl");
        if (ending == NULL)
            continue;
        *ending = '\0';
        read_queries(queries, path, entry->d_name);
    }
    closedir(folder);
}

static uint64_t now_ns(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (uint64_t)now.tv_sec * 1000000000u + (uint64_t)now.tv_nsec;
}

static void run_query(const struct query *query, struct round *round)
{
    uint64_t begin = now_ns();
    struct arena *arena = arena_create();
    struct errors errors;
    errors_init(&errors, arena, 100);
    struct document *document = parse(arena, query->text, &no_parse_limits, &errors);
    uint64_t parsed = now_ns();
    bool valid = document != NULL &&
                 validate(query->schema, document, UINT64_MAX, &no_validate_limits, &errors);
    arena_destroy(arena);
    round->parse_ns += parsed - begin;
    round->validate_ns += now_ns() - parsed;
    round->refused += !valid;
}

int main(int argc, char **argv)
{
    if (argc != 2) {
        fprintf(stderr, "usage: bench_language FOLDER, as tests/conformance/data/execute\n");
        return 2;
    }
    struct queries queries = {.arena = arena_create()};
    read_folder(&queries, argv[1]);
    char line[64];
    while (fgets(line, sizeof(line), stdin) != NULL) {
        struct round round = {0};
        uint64_t begin = now_ns();
        uint32_t passes = 0;
        do {
            for (uint32_t i = 0; i < queries.count; i++)
                run_query(&queries.list[i], &round);
            passes++;
        } while (now_ns() - begin < ROUND_NS);
        printf("{\"documents\":%u,\"refused\":%u,\"parse_ns\":%llu,\"validate_ns\":%llu}\n",
               queries.count, round.refused / passes, (unsigned long long)round.parse_ns / passes,
               (unsigned long long)round.validate_ns / passes);
        fflush(stdout);
    }
    arena_destroy(queries.arena);
    return 0;
}

/* language: does our reading of GraphQL agree with the reference implementation, case by case?
 *
 *     language FOLDER [parse|sdl|validate|differences]
 *
 * Verdict, number, order, messages and locations of the errors are compared. What differs by
 * decision is in differences.jsonl, which is held to be true as well; differences.md gives the
 * reasons.
 */
#include "base/arena.h"
#include "base/buf.h"
#include "graphql/errors.h"
#include "graphql/parser.h"
#include "graphql/schema.h"
#include "graphql/validate.h"
#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>

struct run {
    const char *folder;
    const char *file;
    unsigned line;
    unsigned passed;
    unsigned failed;
};

static const struct parse_limits no_parse_limits;
static const struct validate_limits no_validate_limits;
static const struct schema_options unchecked = {.unchecked = true, .standard_scalars = true};
static const struct schema_options checked = {.standard_scalars = true};

static struct str text_of(const json_t *json)
{
    return (struct str){.at = json_string_value(json), .len = json_string_length(json)};
}

/* We never suggest names ("Did you mean "x"?"): that would tell of fields the viewer has no right
 * to. */
static json_t *without_suggestion(const json_t *message)
{
    const char *text = json_string_value(message);
    const char *start = strstr(text, " Did you mean ");
    if (start == NULL || strstr(start, " { ... }\"?") != NULL)
        return json_string(text);
    const char *end = strchr(start, '?');
    if (strncmp(end + 1, " Found: ", 8) == 0)
        return json_sprintf("%.*s, found: %s", (int)(start - text - 1), text, end + 9);
    return json_sprintf("%.*s%s", (int)(start - text), text, end + 1);
}

static json_t *wanted_errors(const json_t *errors)
{
    json_t *wanted = json_array();
    size_t index;
    const json_t *each;
    json_array_foreach(errors, index, each)
    {
        json_t *error = json_object();
        json_object_set_new(error, "message", without_suggestion(json_object_get(each, "message")));
        if (json_object_get(each, "locations") != NULL)
            json_object_set(error, "locations", json_object_get(each, "locations"));
        json_array_append_new(wanted, error);
    }
    return wanted;
}

/* With locations only where the case has some to compare with. */
static json_t *found_errors(const struct errors *errors, const json_t *wanted)
{
    json_t *found = json_array();
    for (const struct error *each = errors->first; each != NULL; each = each->next) {
        json_t *error = json_object();
        json_object_set_new(error, "message", json_stringn(each->message.at, each->message.len));
        json_t *locations = json_array();
        for (uint32_t i = 0; i < each->location_count; i++)
            json_array_append_new(locations, json_pack("{s:i,s:i}", "line", each->locations[i].line,
                                                       "column", each->locations[i].column));
        const json_t *other = json_array_get(wanted, json_array_size(found));
        if (other == NULL || json_object_get(other, "locations") != NULL)
            json_object_set(error, "locations", locations);
        json_decref(locations);
        json_array_append_new(found, error);
    }
    return found;
}

static void report(struct run *run, const struct errors *errors, json_t *want, const char *source)
{
    json_t *wanted = wanted_errors(want);
    json_t *found = found_errors(errors, wanted);
    bool same = json_equal(wanted, found);
    run->passed += same;
    run->failed += !same;
    printf("%sok %u - %s line %u\n", same ? "" : "not ", run->passed + run->failed, run->file,
           run->line);
    if (!same) {
        char *wanted_text = json_dumps(wanted, 0);
        char *found_text = json_dumps(found, 0);
        json_t *quoted = json_string(source);
        char *source_text = json_dumps(quoted, JSON_ENCODE_ANY);
        printf("# source: %s\n#   want: %s\n#    got: %s\n", source_text, wanted_text, found_text);
        json_decref(quoted);
        free(wanted_text);
        free(found_text);
        free(source_text);
    }
    json_decref(wanted);
    json_decref(found);
}

static void run_parse(struct run *run, struct arena *arena, const json_t *test)
{
    const json_t *source = json_object_get(test, "source");
    struct errors errors;
    errors_init(&errors, arena, 0);
    parse(arena, text_of(source), &no_parse_limits, &errors);
    json_t *want = json_array();
    if (json_object_get(test, "error") != NULL)
        json_array_append(want, json_object_get(test, "error"));
    report(run, &errors, want, json_string_value(source));
    json_decref(want);
}

static void run_sdl(struct run *run, struct arena *arena, const json_t *test)
{
    const json_t *source = json_object_get(test, "source");
    if (source == NULL)
        return;
    struct errors errors;
    errors_init(&errors, arena, 0);
    struct document *document = parse(arena, text_of(source), &no_parse_limits, &errors);
    if (document != NULL)
        schema_build_with(arena, &document, 1, &checked, &errors);
    report(run, &errors, json_object_get(test, "errors"), json_string_value(source));
}

static struct str read_file(struct arena *arena, const char *folder, const char *name)
{
    struct str path = str_printf(arena, "%s/schemas/%s.graphql", folder, name);
    FILE *file = fopen(path.at, "rb");
    if (file == NULL) {
        fprintf(stderr, "%s: %s\n", path.at, "cannot be opened; is the folder of the cases right?");
        exit(2);
    }
    struct buf buf;
    buf_init(&buf, arena, 4096);
    size_t got;
    while ((got = fread(buf_reserve(&buf, 4096), 1, 4096, file)) > 0)
        buf.len += got;
    fclose(file);
    return buf_str(&buf);
}

static void run_validate(struct run *run, struct arena *arena, const json_t *test)
{
    const json_t *query = json_object_get(test, "query");
    struct errors errors;
    errors_init(&errors, arena, 101);
    struct str source =
        read_file(arena, run->folder, json_string_value(json_object_get(test, "schema")));
    struct document *definitions = parse(arena, source, &no_parse_limits, &errors);
    struct schema *schema =
        definitions == NULL ? NULL : schema_build_with(arena, &definitions, 1, &unchecked, &errors);
    struct document *document =
        schema == NULL ? NULL : parse(arena, text_of(query), &no_parse_limits, &errors);
    if (document != NULL)
        validate(schema, document, ~(uint64_t)0, &no_validate_limits, &errors);
    report(run, &errors, json_object_get(test, "errors"), json_string_value(query));
}

/* A difference is what we say, and that it is not what they say. */
static void run_difference(struct run *run, struct arena *arena, const json_t *test)
{
    struct errors errors;
    errors_init(&errors, arena, 0);
    const json_t *source = json_object_get(test, "source");
    const json_t *definitions = json_object_get(test, "schema");
    struct document *document = parse(arena, text_of(source), &no_parse_limits, &errors);
    if (document != NULL && strcmp(json_string_value(json_object_get(test, "kind")), "sdl") == 0)
        schema_build_with(arena, &document, 1, &checked, &errors);
    if (document != NULL && definitions != NULL) {
        struct document *types = parse(arena, text_of(definitions), &no_parse_limits, &errors);
        struct schema *schema = schema_build_with(arena, &types, 1, &checked, &errors);
        validate(schema, document, ~(uint64_t)0, &no_validate_limits, &errors);
    }
    json_t *want = json_array();
    size_t index;
    json_t *message;
    json_array_foreach(json_object_get(test, "ours"), index, message)
        json_array_append_new(want, json_pack("{s:O}", "message", message));
    report(run, &errors, want, json_string_value(source));
    json_decref(want);
    bool differ = !json_equal(json_object_get(test, "ours"), json_object_get(test, "theirs"));
    run->passed += differ;
    run->failed += !differ;
    printf("%sok %u - it is a difference\n", differ ? "" : "not ", run->passed + run->failed);
}

static void run_file(struct run *run, const char *file,
                     void (*run_case)(struct run *, struct arena *, const json_t *))
{
    char path[4096];
    snprintf(path, sizeof(path), "%s/%s.jsonl", run->folder, file);
    FILE *lines = fopen(path, "r");
    if (lines == NULL) {
        fprintf(stderr, "%s: cannot be opened; is the folder of the cases right?\n", path);
        exit(2);
    }
    run->file = file;
    run->line = 0;
    char *line = NULL;
    size_t capacity = 0;
    while (getline(&line, &capacity, lines) > 0) {
        run->line++;
        json_error_t problem;
        json_t *test = json_loads(line, JSON_ALLOW_NUL, &problem);
        if (test == NULL) {
            fprintf(stderr, "%s:%u: %s\n", path, run->line, problem.text);
            exit(2);
        }
        struct arena *arena = arena_create();
        run_case(run, arena, test);
        arena_destroy(arena);
        json_decref(test);
    }
    free(line);
    fclose(lines);
}

int main(int argc, char **argv)
{
    if (argc < 2) {
        fprintf(stderr, "usage: language FOLDER [parse|sdl|validate|differences]\n");
        return 2;
    }
    static const struct {
        const char *file;
        void (*run_case)(struct run *, struct arena *, const json_t *);
    } files[] = {{"parse", run_parse},
                 {"sdl", run_sdl},
                 {"validate", run_validate},
                 {"differences", run_difference}};
    struct run run = {.folder = argv[1]};
    for (size_t i = 0; i < sizeof(files) / sizeof(files[0]); i++) {
        if (argc == 2 || strcmp(argv[2], files[i].file) == 0)
            run_file(&run, files[i].file, files[i].run_case);
    }
    printf("1..%u\n%u passed, %u failed\n", run.passed + run.failed, run.passed, run.failed);
    return run.failed == 0 && run.passed > 0 ? 0 : 1;
}

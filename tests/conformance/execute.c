/* execute: every case of data/execute answered to the byte, order of keys included. */
#include "base/arena.h"
#include "base/buf.h"
#include "wired.h"
#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct tally {
    unsigned passed;
    unsigned failed;
};

static struct str read_file(struct arena *arena, const char *path)
{
    FILE *file = fopen(path, "rb");
    if (file == NULL) {
        fprintf(stderr, "cannot read %s\n", path);
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

/* Escapes and numbers written in another way are the same answer; other keys or another order are
 * not. */
static bool same_answer(struct str got, const json_t *expected)
{
    json_t *parsed = json_loadb(got.at, got.len, 0, NULL);
    char *ours = json_dumps(parsed, JSON_COMPACT | JSON_ENCODE_ANY);
    char *theirs = json_dumps(expected, JSON_COMPACT | JSON_ENCODE_ANY);
    bool same = ours != NULL && theirs != NULL && strcmp(ours, theirs) == 0;
    free(ours);
    free(theirs);
    json_decref(parsed);
    return same;
}

static void run_case(struct wired *wired, const char *name, const json_t *test, struct tally *tally)
{
    struct arena *arena = arena_create();
    struct str got =
        wired_execute(wired, arena, str_of(json_string_value(json_object_get(test, "query"))),
                      (struct str){0}, json_object_get(test, "variables"));
    if (same_answer(got, json_object_get(test, "expected"))) {
        tally->passed++;
    } else {
        tally->failed++;
        char *expected = json_dumps(json_object_get(test, "expected"), JSON_COMPACT);
        printf("not ok - %s %s\n# query: %s\n# got:  " STR_FMT "\n# want: %s\n", name,
               json_string_value(json_object_get(test, "id")),
               json_string_value(json_object_get(test, "query")), STR_ARG(got), expected);
        free(expected);
    }
    arena_destroy(arena);
}

static void run_cases(const char *folder, const char *id, struct tally *tally)
{
    struct arena *arena = arena_create();
    struct errors errors;
    errors_init(&errors, arena, 10);
    struct str schema_path = str_printf(arena, "%s/%s.graphql", folder, id);
    struct str cases = read_file(arena, str_printf(arena, "%s/%s.cases.jsonl", folder, id).at);
    struct wired wired;
    if (!wired_open(&wired, read_file(arena, schema_path.at), &errors)) {
        printf("not ok - schema %s: " STR_FMT "\n", id, STR_ARG(errors.first->message));
        tally->failed++;
        arena_destroy(wired.arena);
        arena_destroy(arena);
        return;
    }
    while (cases.len > 0) {
        const char *end = memchr(cases.at, '\n', cases.len);
        size_t len = end == NULL ? cases.len : (size_t)(end - cases.at);
        json_t *test = json_loadb(cases.at, len, 0, NULL);
        if (test != NULL)
            run_case(&wired, id, test, tally);
        json_decref(test);
        len += end != NULL;
        cases = (struct str){.at = cases.at + len, .len = cases.len - len};
    }
    wired_close(&wired);
    arena_destroy(arena);
}

int main(int argc, char **argv)
{
    if (argc != 2) {
        fprintf(stderr,
                "usage: conformance_execute FOLDER with <id>.graphql and <id>.cases.jsonl\n");
        return 2;
    }
    DIR *folder = opendir(argv[1]);
    if (folder == NULL) {
        fprintf(stderr, "%s cannot be read\n", argv[1]);
        return 2;
    }
    struct tally tally = {0};
    struct dirent *entry;
    while ((entry = readdir(folder)) != NULL) {
        char *cases = strstr(entry->d_name, ".cases.jsonl");
        if (cases == NULL)
            continue;
        *cases = '\0';
        run_cases(argv[1], entry->d_name, &tally);
    }
    closedir(folder);
    printf("%u passed, %u failed\n", tally.passed, tally.failed);
    return tally.failed == 0 && tally.passed > 0 ? 0 : 1;
}

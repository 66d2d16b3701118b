/* found: every difference that random documents once showed is still gone.
 *
 * Each line of data/found.jsonl has a question (answer.h) and what the reference implementation
 * answers.
 */
#include "answer.h"
#include "base/arena.h"
#include <stdio.h>
#include <stdlib.h>

struct tally {
    unsigned passed;
    unsigned failed;
};

/* What is compared of an error: where it is and what it says. */
static json_t *plain_error(const json_t *error)
{
    static const char *const members[] = {"message", "locations", "path"};
    json_t *plain = json_object();
    for (size_t i = 0; i < sizeof(members) / sizeof(members[0]); i++) {
        json_t *value = json_object_get(error, members[i]);
        if (value != NULL)
            json_object_set(plain, members[i], value);
    }
    return plain;
}

static json_t *plain_answer(json_t *answer)
{
    json_t *errors = json_object_get(answer, "errors");
    json_t *plain = json_array();
    size_t index;
    json_t *error;
    json_array_foreach(errors, index, error) json_array_append_new(plain, plain_error(error));
    if (json_array_size(plain) > 0)
        json_object_set(answer, "errors", plain);
    else
        json_object_del(answer, "errors");
    json_decref(plain);
    return answer;
}

/* Member for member, so that the order of keys counts inside of data and not between its
 * neighbours. */
static bool same_answer(const json_t *got, const json_t *want)
{
    if (json_object_size(got) != json_object_size(want))
        return false;
    const char *key;
    json_t *value;
    json_object_foreach((json_t *)want, key, value)
    {
        char *ours = json_dumps(json_object_get(got, key), JSON_COMPACT | JSON_ENCODE_ANY);
        char *theirs = json_dumps(value, JSON_COMPACT | JSON_ENCODE_ANY);
        bool same = ours != NULL && strcmp(ours, theirs) == 0;
        free(ours);
        free(theirs);
        if (!same)
            return false;
    }
    return true;
}

static void run_line(struct answers *answers, const char *line, size_t len, unsigned number,
                     struct tally *tally)
{
    struct arena *arena = arena_create();
    json_t *test = json_loadb(line, len, JSON_ALLOW_NUL, NULL);
    const json_t *question = json_object_get(test, "question");
    const char *problem = NULL;
    struct str text = answer(answers, arena, json_string_value(json_object_get(question, "op")),
                             question, &problem);
    json_t *got =
        text.at == NULL ? NULL : plain_answer(json_loadb(text.at, text.len, JSON_ALLOW_NUL, NULL));
    bool same = got != NULL && same_answer(got, json_object_get(test, "expected"));
    tally->passed += same;
    tally->failed += !same;
    printf("%sok %u - data/found.jsonl line %u\n", same ? "" : "not ", number, number);
    if (!same)
        printf("# %.*s\n#  got: " STR_FMT "\n", (int)len, line,
               STR_ARG(text.at == NULL ? str_of(problem) : text));
    json_decref(got);
    json_decref(test);
    arena_destroy(arena);
}

int main(int argc, char **argv)
{
    FILE *file = argc == 2 ? fopen(argv[1], "r") : NULL;
    if (file == NULL) {
        fprintf(stderr, "usage: conformance_found FILE, as data/found.jsonl\n");
        return 2;
    }
    struct answers *answers = answers_create();
    struct tally tally = {0};
    char *line = NULL;
    size_t capacity = 0;
    ssize_t len;
    for (unsigned number = 1; (len = getline(&line, &capacity, file)) > 0; number++)
        run_line(answers, line, (size_t)len - (line[len - 1] == '\n'), number, &tally);
    free(line);
    fclose(file);
    answers_destroy(answers);
    printf("1..%u\n%u passed, %u failed\n", tally.passed + tally.failed, tally.passed,
           tally.failed);
    return tally.failed == 0 && tally.passed > 0 ? 0 : 1;
}

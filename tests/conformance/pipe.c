/* pipe: a question on each line of standard input, its answer on each line of standard output.
 *
 *     {"op":"execute","schema":"type Query { a: Int }","query":"{ a }"}
 *     {"data":{"a":2}}
 *
 * A line that is no question is answered with {"problem":…}.
 */
#include "answer.h"
#include "base/arena.h"
#include "base/buf.h"
#include <stdio.h>
#include <stdlib.h>

static void write_problem(struct arena *arena, const char *problem)
{
    struct buf out;
    buf_init(&out, arena, 256);
    buf_add(&out, STR("{\"problem\":"));
    buf_add_json_string(&out, str_of(problem));
    buf_add_char(&out, '}');
    fwrite(out.at, 1, out.len, stdout);
}

static void answer_line(struct answers *answers, const char *line, size_t len)
{
    struct arena *arena = arena_create();
    json_error_t malformed;
    json_t *question = json_loadb(line, len, JSON_ALLOW_NUL, &malformed);
    const char *problem = malformed.text;
    struct str text = {0};
    if (question != NULL)
        text = answer(answers, arena, json_string_value(json_object_get(question, "op")), question,
                      &problem);
    if (text.at == NULL)
        write_problem(arena, problem);
    else
        fwrite(text.at, 1, text.len, stdout);
    fputc('\n', stdout);
    json_decref(question);
    arena_destroy(arena);
}

int main(void)
{
    struct answers *answers = answers_create();
    char *line = NULL;
    size_t capacity = 0;
    ssize_t len;
    while ((len = getline(&line, &capacity, stdin)) > 0) {
        answer_line(answers, line, (size_t)len);
        if (fflush(stdout) != 0)
            return 1;
    }
    free(line);
    answers_destroy(answers);
    return 0;
}

/* moment: as of when each fetch is answered: as an argument with @asOf says, else as its parent is.
 */
#include "run/run.h"

#include "base/clock.h"
#include <stdio.h>
#include <time.h>

enum { MICROSECONDS = 1000000, FRACTION_AT = 19, FRACTION_DIGITS = 6 };

/* The clocks of the database and of this machine may be that far apart. */
enum { CLOCKS_APART_SECONDS = 5 };

int64_t moment_microseconds(struct str text)
{
    char whole[FRACTION_AT + 1] = {0};
    struct tm tm = {0};
    memcpy(whole, text.at, FRACTION_AT);
    sscanf(whole, "%4d-%2d-%2dT%2d:%2d:%2d", &tm.tm_year, &tm.tm_mon, &tm.tm_mday, &tm.tm_hour,
           &tm.tm_min, &tm.tm_sec);
    tm.tm_year -= 1900;
    tm.tm_mon--;
    int64_t fraction = 0;
    for (size_t i = 1; i <= FRACTION_DIGITS; i++) {
        size_t at = FRACTION_AT + i;
        bool digit = at < text.len && text.at[at] >= '0' && text.at[at] <= '9';
        fraction = fraction * 10 + (digit ? text.at[at] - '0' : 0);
    }
    return (int64_t)timegm(&tm) * MICROSECONDS + fraction;
}

static bool is_ahead(int64_t microseconds)
{
    return microseconds > clock_unix_us() + CLOCKS_APART_SECONDS * MICROSECONDS;
}

static bool refuse(struct run *run, const struct fetch *fetch, const struct input_value *argument)
{
    uint32_t at = fetch->ast->at;
    for (uint32_t i = 0; i < fetch->ast->arguments.count; i++) {
        if (str_equal(fetch->ast->arguments.items[i].name.text, argument->name))
            at = fetch->ast->arguments.items[i].value.at;
    }
    struct error *error = errors_add(
        &run->errors, "BAD_USER_INPUT",
        "\"" STR_FMT "\" lies in the future. Give a moment that has passed, or none for now.",
        STR_ARG(argument->name));
    error_at(&run->errors, error, run->plan->document, at);
    return false;
}

bool moment_bind(struct run *run, const struct fetch *fetch)
{
    struct cell *moment = &run->moments[fetch->index];
    if (fetch->parent != NULL)
        *moment = run->moments[fetch->parent->index];
    const struct binding *binding = fetch->field == NULL ? NULL : fetch->field->binding;
    const struct input_value *argument = binding == NULL ? NULL : binding->moment_argument;
    if (argument == NULL || !run->live[fetch->condition] || run->problems[fetch->arguments].len > 0)
        return true;
    uint32_t index = (uint32_t)(argument - fetch->field->arguments);
    const struct input *value = &run->arguments[fetch->arguments][index];
    if (value->kind != INPUT_STRING)
        return true;
    *moment = (struct cell){.kind = CELL_TIME, .integer = moment_microseconds(value->text)};
    return !is_ahead(moment->integer) || refuse(run, fetch, argument);
}

const struct cell *moment_of(const struct batch *batch)
{
    const struct cell *moment = &batch->run->moments[batch->fetch->index];
    return moment->kind == CELL_NULL ? NULL : moment;
}

bool moment_equal(const struct batch *a, const struct batch *b)
{
    const struct cell *first = moment_of(a), *second = moment_of(b);
    if (first == NULL || second == NULL)
        return first == second;
    return first->integer == second->integer;
}

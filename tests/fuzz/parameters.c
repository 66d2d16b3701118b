/* parameters: whatever the body or the query string, parameters or words about what is wrong. */
#include "http/parameters.h"

#include "base/arena.h"
#include "base/encode.h"
#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check(enum status status, const struct parameters *parameters, const char *problem)
{
    if ((status == STATUS_OK) != (problem == NULL))
        abort();
    if (status != STATUS_OK)
        return;
    if ((parameters->query.at == NULL) == (parameters->document_id.at == NULL))
        abort();
    if (!utf8_valid(parameters->query) || !utf8_valid(parameters->operation_name) ||
        (parameters->variables != NULL && !json_is_object(parameters->variables)))
        abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const struct parameter_limits limits = {
        .body = 1 << 18, .json_depth = 32, .variables = 1 << 16};
    struct arena *arena = arena_create();
    char *text = malloc(size);
    if (size > 0)
        memcpy(text, data, size);
    struct str input = {.at = text, .len = size};
    struct parameters parameters;
    const char *problem = NULL;
    enum status status = parameters_from_json(&parameters, arena, &limits, input, &problem);
    check(status, &parameters, problem);
    problem = NULL;
    status = parameters_from_url(&parameters, arena, &limits, input, &problem);
    check(status, &parameters, problem);
    arena_destroy(arena);
    free(text);
    return 0;
}

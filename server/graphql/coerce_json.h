/* coerce_json: JSON values as the types of the schema want them (specification §3, "Input
 * Coercion"). */
#pragma once

#include "graphql/coerce.h"
#include "graphql/errors.h"

struct coerce_json {
    struct arena *arena;
    uint64_t rights;
    void (*report)(void *context, struct str message, const struct path_step *path);
    void *context;
};

/* `json` NULL: nothing was given. False after every problem has been reported. */
bool coerce_json_value(const struct coerce_json *coerce, const json_t *json,
                       const struct type_use *use, struct input *out);

/* input_check: is a literal a value of a type (specification §5.6)? Variables in it are not looked
 * at. */
#pragma once

#include "graphql/errors.h"
#include "graphql/schema.h"

struct input_check {
    struct arena *arena;
    uint64_t rights; /* fields and enum values the viewer does not see are unknown */
    void (*report)(void *context, struct str message, uint32_t at, const struct path_step *path);
    void *context;
};

void input_check_literal(const struct input_check *check, const struct ast_value *literal,
                         const struct type_use *use);

/* A value must be given: non-null without a default. */
bool input_value_required(const struct input_value *input);
bool input_value_visible(const struct input_value *input, uint64_t rights);

/* " at .field[0]", or nothing at the root. */
struct str input_path_text(struct arena *arena, const struct path_step *path);

/* The messages that literals and JSON values have in common. */
struct str input_problem_one_of(struct arena *arena, const struct type *type);
struct str input_problem_null(struct arena *arena, const struct type_use *use);
struct str type_use_text(struct arena *arena, const struct type_use *use);

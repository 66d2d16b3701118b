/* coerce: looking up what was coerced. */
#include "graphql/coerce.h"

const struct input *variable_value(const struct variables *variables, struct str name)
{
    for (uint32_t i = 0; i < variables->operation->variable_count; i++) {
        if (str_equal(variables->operation->variables[i].name.text, name))
            return &variables->values[i];
    }
    return NULL;
}

const struct input *input_member(const struct input *object, const char *name)
{
    for (uint32_t i = 0; i < object->count; i++) {
        if (str_is(object->fields[i].definition->name, name))
            return &object->fields[i].value;
    }
    return NULL;
}

/* schema_built_in: what every schema has without saying so: scalars, directives, introspection. */
#pragma once

#include "graphql/ast.h"

struct arena;

/* In the language itself. The fields of __Meta are those that every query may ask for: it is no
 * type. */
struct document *schema_built_in(struct arena *arena);

bool schema_built_in_directive(struct str name);
bool schema_built_in_type(struct str name); /* scalars and introspection types */

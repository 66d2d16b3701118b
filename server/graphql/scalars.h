/* scalars: how messages show the values that scalars refuse. */
#pragma once

#include "graphql/coerce.h"

struct buf;

/* As graphql-js shows values: strings quoted, objects two levels deep, at most ten items of a list.
 */
void inspect_json(struct buf *buf, const json_t *json);

/* The scalars that Dossier adds to those of the specification; NULL: none by that name. */
const struct scalar *scalar_own_find(struct str name);

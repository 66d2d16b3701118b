/* plain_body: the usual body of a request, read without making a tree of it. */
#pragma once

#include "http/parameters.h"

/* True: it is an object of query, documentId, operationName and variables, each at most once, and
 * its texts have no other escapes than the short ones (\n, \", …); *variables is then the text of
 * the variables' object, not yet looked at, .at NULL when there is none. False says nothing: what
 * is unusual and what is wrong are told apart by who reads all of JSON. */
bool plain_body_read(struct parameters *parameters, struct arena *arena, struct str body,
                     struct str *variables);

/* kept_json: members of the JSON in which facts and reasons are kept; what is not there is nothing.
 */
#pragma once

#include "base/str.h"
#include <jansson.h>

struct arena;

/* .at NULL: it is not there, or no text. */
struct str kept_json_text(const json_t *object, const char *name, struct arena *arena);
/* 0 and false: the same. */
int64_t kept_json_number(const json_t *object, const char *name);
bool kept_json_flag(const json_t *object, const char *name);
/* FEASIBILITY_NO_DAY: the same, or no date. */
int64_t kept_json_day(const json_t *object, const char *name);

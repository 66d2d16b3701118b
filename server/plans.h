/* plans: `dossier schema plan`: what documents become, in words. */
#pragma once

#include "base/str.h"

struct arena;
struct config;
struct instance;

/* Of the file that config->arguments names, or of all documents the server trusts; on standard
 * output. False with the reason in *problem. */
bool plans_print(const struct config *config, struct instance *instance, struct arena *arena,
                 struct str *problem);

/* chores: what fills a database, as steps that commands are made of. Each tells what it does. */
#pragma once

#include "base/str.h"

struct arena;
struct config;
struct instance;

/* False with the reason in *problem. */
bool chores_migrate(const struct config *config, struct instance *instance, struct arena *arena,
                    struct str *problem);
bool chores_load_tabs(const struct config *config, struct instance *instance, struct arena *arena,
                      struct str *problem);
bool chores_make_sieves(const struct config *config, struct instance *instance, struct arena *arena,
                        struct str *problem);
bool chores_load_demo(const struct config *config, struct instance *instance, struct arena *arena,
                      struct str *problem);

/* config->arguments: LOGIN ROLE [PARTNER]. Prints the password on standard output. */
bool chores_make_user(const struct config *config, struct instance *instance, struct arena *arena,
                      struct str *problem);

/* What rules_command() does. */
bool chores_rule(const struct config *config, struct instance *instance, struct arena *arena,
                 struct str *problem);

/* config->arguments: telco FILE. */
bool chores_import(const struct config *config, struct instance *instance, struct arena *arena,
                   struct str *problem);

/* Reads an e-mail from standard input and files it, or says that it waits. */
bool chores_receive_mail(const struct config *config, struct instance *instance,
                         struct arena *arena, struct str *problem);

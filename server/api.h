/* api: the schema bound to the database, its resolvers and trusted documents, as one engine. */
#pragma once

#include "base/str.h"
#include "run/resolver.h"
#include "schema/loader.h"

struct account_tabs;
struct arena;
struct config;
struct engine;
struct instance;
struct memory;

/* Reads the schema's files and the database's catalogue. All that is wrong goes to *problem. */
bool api_load_schema(struct loaded_schema *loaded, struct rights *rights, struct arena *arena,
                     const struct config *config, struct database *database, struct str *problem);

struct api {
    struct engine *engine;
    struct resolver_source objects;
    struct account_tabs *tabs; /* NULL: the schema is somebody else's */
    struct memory *memory;     /* NULL: no type has @reference */
    uint64_t metrics_right;    /* who has it may see the server's numbers */
};

/* Everything a document can ask for, ready to be asked: schema, tabs, and the app's own documents
 * (webapp/dist/documents.json). Lives in the arena, but has to be closed before the database is. */
bool api_open(struct api *api, struct arena *arena, const struct config *config,
              struct instance *instance, struct str *problem);

/* When no call is in flight any more; also when it could not be opened. */
void api_close(struct api *api);

/* plans: `dossier schema plan`: what documents become, in words. */
#include "plans.h"

#include "api.h"
#include "base/arena.h"
#include "base/buf.h"
#include "config.h"
#include "run/engine.h"
#include "run/explain.h"
#include <errno.h>
#include <stdio.h>

enum { READ_BYTES = 16 * 1024 };

static bool read_document(const char *path, struct arena *arena, struct str *text,
                          struct str *problem)
{
    struct buf buf;
    buf_init(&buf, arena, READ_BYTES);
    FILE *file = fopen(path, "r");
    size_t got = 1;
    while (file != NULL && got > 0) {
        got = fread(buf_reserve(&buf, READ_BYTES), 1, READ_BYTES, file);
        buf.len += got;
    }
    if (file == NULL || ferror(file)) {
        *problem = str_printf(arena, "%s cannot be read: %s", path, strerror(errno));
        if (file != NULL)
            fclose(file);
        return false;
    }
    fclose(file);
    *text = buf_str(&buf);
    return true;
}

static bool set_viewer(const struct config *config, struct explain *explain, struct str *problem)
{
    static const char *const kinds[] = {[VIEWER_OPERATOR] = "operator",
                                        [VIEWER_PARTNER] = "partner",
                                        [VIEWER_CUSTOMER] = "customer"};
    for (size_t i = 0; i < sizeof(kinds) / sizeof(*kinds); i++) {
        if (strcmp(config->viewer, kinds[i]) == 0) {
            explain->viewer = (enum viewer_kind)i;
            return true;
        }
    }
    *problem = STR("--viewer must be operator, partner or customer");
    return false;
}

static void release_json(void *json)
{
    json_decref(json);
}

static bool set_variables(const struct config *config, struct arena *arena, struct explain *explain,
                          struct str *problem)
{
    if (config->variables == NULL)
        return true;
    json_t *variables = json_loads(config->variables, JSON_REJECT_DUPLICATES, NULL);
    if (variables != NULL)
        arena_defer(arena, release_json, variables);
    explain->variables = variables;
    if (json_is_object(variables))
        return true;
    *problem = STR("--variables must be a JSON object, for example '{\"first\": 10}'");
    return false;
}

static bool explain_file(struct engine *engine, const struct explain *explain, const char *path,
                         struct arena *arena, struct buf *out, struct str *problem)
{
    struct str text, id, reason;
    if (!read_document(path, arena, &text, problem))
        return false;
    if (engine_trust(engine, text, arena, &id, &reason) != STATUS_OK) {
        *problem = str_printf(arena, "%s: " STR_FMT, path, STR_ARG(reason));
        return false;
    }
    return explain_document(engine, explain, id, arena, out, problem) == STATUS_OK;
}

bool plans_print(const struct config *config, struct instance *instance, struct arena *arena,
                 struct str *problem)
{
    struct explain explain = {.chart = config->mermaid,
                              .operation_name = str_of(config->operation)};
    struct api api = {0};
    struct buf out;
    if (!set_viewer(config, &explain, problem) || !set_variables(config, arena, &explain, problem))
        return false;
    buf_init(&out, arena, 64 * 1024);
    bool told = api_open(&api, arena, config, instance, problem);
    if (told && config->argument_count == 1)
        told = explain_all(api.engine, &explain, arena, &out, problem) == STATUS_OK;
    else if (told)
        told = explain_file(api.engine, &explain, config->arguments[1], arena, &out, problem);
    api_close(&api);
    if (told)
        fwrite(out.at, 1, out.len, stdout);
    return told;
}

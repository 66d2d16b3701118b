/* errors: the list of what went wrong, and its JSON. */
#include "graphql/errors.h"

#include "base/arena.h"
#include "base/buf.h"
#include <stdarg.h>
#include <stdio.h>

void errors_init(struct errors *errors, struct arena *arena, uint32_t limit)
{
    *errors = (struct errors){.arena = arena, .limit = limit};
}

struct error *errors_add_text(struct errors *errors, const char *code, struct str message)
{
    errors->count++;
    if (errors->limit != 0 && errors->count > errors->limit) {
        errors->unkept = (struct error){0};
        return &errors->unkept;
    }
    struct error *error = arena_new(errors->arena, struct error);
    error->message = message;
    error->code = code;
    if (errors->last == NULL)
        errors->first = error;
    else
        errors->last->next = error;
    errors->last = error;
    return error;
}

struct error *errors_add(struct errors *errors, const char *code, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    struct str text = str_vprintf(errors->arena, format, arguments);
    va_end(arguments);
    return errors_add_text(errors, code, text);
}

void error_at(struct errors *errors, struct error *error, const struct document *document,
              uint32_t at)
{
    if (error == &errors->unkept || error->location_count == ERROR_LOCATION_LIMIT)
        return;
    struct location *locations =
        arena_array(errors->arena, struct location, error->location_count + 1);
    if (error->location_count > 0)
        memcpy(locations, error->locations, error->location_count * sizeof(*locations));
    locations[error->location_count++] = document_location(document, at);
    error->locations = locations;
    error->document = document;
}

static void write_locations(const struct error *error, struct buf *buf)
{
    buf_add(buf, STR(",\"locations\":["));
    for (uint32_t i = 0; i < error->location_count; i++)
        buf_printf(buf, "%s{\"line\":%u,\"column\":%u}", i == 0 ? "" : ",",
                   error->locations[i].line, error->locations[i].column);
    buf_add_char(buf, ']');
}

/* From the root down; the depth is bounded by that of the document. */
static void write_path_steps(const struct path_step *step, struct buf *buf)
{
    if (step->parent != NULL) {
        write_path_steps(step->parent, buf);
        buf_add_char(buf, ',');
    }
    if (step->key.at != NULL)
        buf_add_json_string(buf, step->key);
    else
        buf_add_uint(buf, step->index);
}

static void write_error(const struct error *error, struct buf *buf)
{
    buf_add(buf, STR("{\"message\":"));
    buf_add_json_string(buf, error->message);
    if (error->location_count > 0)
        write_locations(error, buf);
    if (error->path != NULL) {
        buf_add(buf, STR(",\"path\":["));
        write_path_steps(error->path, buf);
        buf_add_char(buf, ']');
    }
    if (error->code != NULL) {
        buf_add(buf, STR(",\"extensions\":{\"code\":"));
        buf_add_json_string(buf, str_of(error->code));
        buf_add_char(buf, '}');
    }
    buf_add_char(buf, '}');
}

void errors_write(const struct errors *errors, struct buf *buf)
{
    buf_add_char(buf, '[');
    for (const struct error *error = errors->first; error != NULL; error = error->next) {
        if (error != errors->first)
            buf_add_char(buf, ',');
        write_error(error, buf);
    }
    buf_add_char(buf, ']');
}

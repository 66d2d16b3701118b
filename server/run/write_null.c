/* write_null: what happens where a value is missing: the error, and null as far up as it must go.
 */
#include "run/writer.h"

#include "base/arena.h"

static const struct path_step *keep_path(struct arena *arena, const struct path_step *path)
{
    if (path == NULL)
        return NULL;
    struct path_step *copy = arena_new(arena, struct path_step);
    *copy = *path;
    copy->parent = keep_path(arena, path->parent);
    return copy;
}

static void add_error_at(struct writer *writer, uint32_t at, const struct path_step *path,
                         const char *code, struct str message)
{
    struct run *run = writer->run;
    struct error *error = errors_add_text(&run->errors, code, message);
    error_at(&run->errors, error, run->plan->document, at);
    error->path = keep_path(run->arena, path);
}

void write_error(struct writer *writer, const struct shape_field *field,
                 const struct path_step *path, const char *code, struct str message)
{
    add_error_at(writer, field->ast->at, path, code, message);
}

void write_argument_error(struct writer *writer, uint32_t list, const struct path_step *path)
{
    const struct run *run = writer->run;
    add_error_at(writer, run->problems_at[list], path, "BAD_USER_INPUT", run->problems[list]);
}

bool write_refuses(const struct run *run, uint32_t list)
{
    return list != UINT32_MAX && run->problems[list].len > 0;
}

void write_batch_error(struct writer *writer, const struct shape_field *field,
                       const struct batch *batch, const struct path_step *path)
{
    struct str message = batch->problem;
    if (write_refuses(writer->run, batch->fetch->arguments)) {
        write_argument_error(writer, batch->fetch->arguments, path);
        return;
    }
    if (batch->status != STATUS_INVALID)
        message = str_printf(writer->run->arena, "This could not be read: %s.",
                             status_meaning(batch->status));
    write_error(writer, field, path, status_code(batch->status), message);
}

bool write_null(struct writer *writer, const struct type_use *use)
{
    if (use->kind == USE_NON_NULL)
        return false;
    buf_add(&writer->out, STR("null"));
    return true;
}

bool write_missing(struct writer *writer, const struct shape_field *field,
                   const struct type_use *use, const struct path_step *path)
{
    if (use->kind == USE_NON_NULL)
        write_error(writer, field, path, "INTERNAL",
                    str_printf(writer->run->arena,
                               "Cannot return null for non-nullable field " STR_FMT "." STR_FMT ".",
                               STR_ARG(field->field->parent->name), STR_ARG(field->field->name)));
    return write_null(writer, use);
}

bool write_roll_back(struct writer *writer, size_t mark, const struct type_use *use)
{
    writer->out.len = mark;
    return write_null(writer, use);
}

const struct type_use *write_nullable(const struct type_use *use)
{
    return use->kind == USE_NON_NULL ? use->of : use;
}

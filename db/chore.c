/* chore: telling what goes on and what went wrong. */
#include "chore.h"

#include "base/arena.h"
#include "mariadb/database.h"
#include <stdarg.h>
#include <stdio.h>

static struct str format_text(struct arena *arena, const char *format, va_list arguments)
{
    va_list again;
    va_copy(again, arguments);
    int length = vsnprintf(NULL, 0, format, again);
    va_end(again);
    if (length < 0)
        return STR("(a message that cannot be written)");
    char *text = arena_text(arena, (size_t)length + 1);
    vsnprintf(text, (size_t)length + 1, format, arguments);
    return (struct str){.at = text, .len = (size_t)length};
}

void chore_tell(struct chore *chore, const char *format, ...)
{
    if (chore->tell == NULL)
        return;
    struct arena *arena = arena_create();
    va_list arguments;
    va_start(arguments, format);
    struct str line = format_text(arena, format, arguments);
    va_end(arguments);
    chore->tell(chore->context, line);
    arena_destroy(arena);
}

enum status chore_fail(struct chore *chore, enum status status, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    chore->problem = format_text(chore->arena, format, arguments);
    va_end(arguments);
    return status;
}

enum status chore_database_failed(struct chore *chore, enum status status, const char *what)
{
    struct str reason = database_problem(chore->database);
    return chore_fail(chore, status, "%s: " STR_FMT, what, STR_ARG(reason));
}

/* dump: a plan in words, for tests that hold it and for people who wonder what a document costs. */
#include "plan/plan.h"

#include "base/buf.h"
#include "base/viewer.h"

static const char *kind_name(const struct fetch *fetch)
{
    switch (fetch->kind) {
    case FETCH_ROWS:
        return fetch->binding->kind == BIND_ONE    ? "one"
               : fetch->binding->kind == BIND_LIST ? "list"
                                                   : "page";
    case FETCH_COUNT:
        return "count";
    case FETCH_OBJECTS:
        return fetch->source == OBJECTS_INTROSPECTION ? "introspection" : "objects";
    default:
        return "root";
    }
}

static void dump_fetch(const struct fetch *fetch, uint32_t depth, struct buf *out)
{
    buf_printf(out, "%*s%s", (int)depth * 2, "", kind_name(fetch));
    if (fetch->field != NULL)
        buf_printf(out, " " STR_FMT "." STR_FMT, STR_ARG(fetch->field->parent->name),
                   STR_ARG(fetch->field->name));
    if (fetch->condition != 0)
        buf_printf(out, " when %u", fetch->condition);
    buf_add_char(out, '\n');
    if (fetch->sql.select.len > 0) {
        buf_printf(out, "%*s  " STR_FMT, (int)depth * 2, "", STR_ARG(fetch->sql.select));
        if (fetch->sql.key.len > 0)
            buf_printf(out, " WHERE " STR_FMT " IN (?)", STR_ARG(fetch->sql.key));
        if (fetch->sql.scope[VIEWER_PARTNER].len > 0)
            buf_printf(out, "\n%*s  for a partner: " STR_FMT "\n%*s  for a customer: " STR_FMT,
                       (int)depth * 2, "", STR_ARG(fetch->sql.scope[VIEWER_PARTNER]),
                       (int)depth * 2, "", STR_ARG(fetch->sql.scope[VIEWER_CUSTOMER]));
        buf_add_char(out, '\n');
    }
    for (uint32_t i = 0; i < fetch->child_count; i++)
        dump_fetch(fetch->children[i], depth + 1, out);
}

void plan_dump(const struct plan *plan, struct buf *out)
{
    dump_fetch(plan->root, 0, out);
}
